# Was zu sagen ist, wenn ein Browser weggeworfen hat, was auf diesem Gerät gespeichert war: was bekannt ist, und nie, dass nichts
# verloren ist.

happened = Dieser Browser hat weggeworfen, was Carryout auf diesem Gerät gespeichert hatte.
noted = { $things ->
    [one] Als es hier zuletzt notiert wurde, wartete { $things } Sache darauf, gesendet zu werden, seit { $since }.
   *[other] Als es hier zuletzt notiert wurde, warteten { $things } Sachen darauf, gesendet zu werden, die älteste seit { $since }.
}

known-awaited = Der Server wird gefragt, was er weiß, sobald er antwortet.
known-nothing = Der Server hatte nicht gehört, was hier wartete.
known-none-waited = Als der Server zuletzt von diesem Gerät hörte, war von nichts bekannt, dass es wartet.
known-all-arrived = Was nach Wissen des Servers auf diesem Gerät wartete, ist angekommen.
known-missing = { $things ->
    [one] { $things } Sache, von der bekannt ist, dass sie auf diesem Gerät wartete, ist nie angekommen.
   *[other] { $things } Sachen, von denen bekannt ist, dass sie auf diesem Gerät warteten, sind nie angekommen.
}

may-be-lost = Was hier vorher getan wurde, ist vielleicht verloren.
may-be-lost-since = Was hier seit { $since } getan wurde, ist vielleicht verloren.
advice = Was beim Server angekommen war, ist dort sicher. Sieh es dir an und mache noch einmal, was fehlt.
was-read = Ich habe das gelesen
