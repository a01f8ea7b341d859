notifications = Benachrichtigungen
tell-me = Sag mir, was daraus wird
tell-me-says = Auch wenn Carryout zu ist. Dein Browser fragt dich einmal.
is-told = Du hörst, was daraus wird, auch wenn Carryout zu ist.
choose = Auswählen, was du hörst

is-off = Wenn Carryout zu ist, hörst du nichts.
is-on = Dieses Gerät hört auch dann davon, wenn Carryout zu ist.
is-to-be-renewed = Dein Browser hat das vergessen. Beim nächsten Start mit Verbindung wird es wieder eingerichtet.
not-yet = Dieser Browser speichert Carryout noch auf diesem Gerät. Versuch es gleich noch einmal.
is-denied = Dein Browser lässt Carryout dich nicht benachrichtigen. In seinen Einstellungen für diese Seite kannst du es erlauben.
is-unsupported = Dieser Browser kann dich nicht benachrichtigen, wenn Carryout zu ist.
wants-home-screen = Auf diesem Handy geht das, sobald Carryout auf dem Home-Bildschirm ist: Teilen, dann Zum Home-Bildschirm.
failed = Das braucht eine Verbindung zum Server und zum Push-Dienst deines Browsers, und einer von beiden hat nicht geantwortet. Nichts wurde geändert.
holds-nothing = Eine Benachrichtigung sagt, was geschehen ist. Namen, Adressen und Gerichte stehen nicht darin.

topic-accepted = Die Küche sagt Ja
topic-ready = Es ist fertig oder unterwegs
topic-delivered = Es wurde gebracht
topic-trouble = Es wurde storniert, oder niemand antwortet
topic-new-order = Eine neue Bestellung wartet auf Ja oder Nein
topic-offer = Dir wird ein Essen angeboten
