# Wer hier ist, was man übernimmt und was zurückbleibt.

signed-in-as = Angemeldet als { $account }

sealed-until-you-return = { $things ->
    [one]
        { $things } Sache ist noch zu senden. Meldest du dich ab, bleibt sie versiegelt auf diesem Gerät, bis du dich
        wieder anmeldest.
   *[other]
        { $things } Sachen sind noch zu senden. Meldest du dich ab, bleiben sie versiegelt auf diesem Gerät, bis du dich
        wieder anmeldest.
}
sealed-in-window = { $things ->
    [one]
        { $things } Sache ist noch zu senden. Meldest du dich ab, bleibt sie versiegelt in diesem Fenster, bis du dich
        wieder anmeldest.
   *[other]
        { $things } Sachen sind noch zu senden. Meldest du dich ab, bleiben sie versiegelt in diesem Fenster, bis du
        dich wieder anmeldest.
}
send-and-sign-out = { $things ->
    [one] Erst { $things } Sache senden
   *[other] Erst { $things } Sachen senden
}
discard-and-sign-out = { $things ->
    [one] { $things } Sache verwerfen und abmelden
   *[other] { $things } Sachen verwerfen und abmelden
}
discarding = { $things ->
    [one] { $things } Sache wird nie gesendet. Das lässt sich nicht rückgängig machen.
   *[other] { $things } Sachen werden nie gesendet. Das lässt sich nicht rückgängig machen.
}
not-sent = { $things ->
    [one] { $things } Sache wartet noch auf diesem Handy, deshalb bist du noch angemeldet.
   *[other] { $things } Sachen warten noch auf diesem Handy, deshalb bist du noch angemeldet.
}
sealed-here = { $things ->
    [one]
        { $things } Sache wird auf diesem Gerät versiegelt für jemand anderen aufbewahrt. Nur wer sich selbst anmeldet,
        sendet sie.
   *[other]
        { $things } Sachen werden auf diesem Gerät versiegelt für jemand anderen aufbewahrt. Nur wer sich selbst
        anmeldet, sendet sie.
}

orders-move-with-you = { $orders ->
    [one] Deine Bestellung kommt in dein Konto.
   *[other] Deine { $orders } Bestellungen kommen in dein Konto.
}
orders-and-cart-move-with-you = { $orders ->
    [one] Deine Bestellung und dein Warenkorb kommen in dein Konto.
   *[other] Deine { $orders } Bestellungen und dein Warenkorb kommen in dein Konto.
}
cart-moves-with-you = Dein Warenkorb kommt in dein Konto.

left-behind-for-now = { $things ->
    [one]
        { $things } Sache, die du als Gast getan hast, konnte nicht gesendet werden. Sie bleibt versiegelt auf diesem
        Gerät. Bis alles fort ist, kommt nichts in ein Konto: Warte, oder melde dich trotzdem an, und es geht weiter,
        nachdem du dich abgemeldet hast.
   *[other]
        { $things } Sachen, die du als Gast getan hast, konnten nicht gesendet werden. Sie bleiben versiegelt auf diesem
        Gerät. Bis alles fort ist, kommt nichts in ein Konto: Warte, oder melde dich trotzdem an, und es geht weiter,
        nachdem du dich abgemeldet hast.
}
left-behind = { $things ->
    [one]
        { $things } Sache, die du als Gast getan hast, konnte nicht gesendet werden. Sie bleibt versiegelt auf diesem
        Gerät. Der Rest kommt in dein Konto.
   *[other]
        { $things } Sachen, die du als Gast getan hast, konnten nicht gesendet werden. Sie bleiben versiegelt auf diesem
        Gerät. Der Rest kommt in dein Konto.
}
not-forgotten-while = { $things ->
    [one]
        { $things } Sache, die du hier getan hast, ist noch zu senden, und niemand sonst könnte es. Sende zuerst, was
        wartet, oder nimm es zurück.
   *[other]
        { $things } Sachen, die du hier getan hast, sind noch zu senden, und niemand sonst könnte es. Sende zuerst, was
        wartet, oder nimm es zurück.
}

carts-joined = Was du ausgesucht hattest, kam in den Warenkorb, den du bei demselben Restaurant schon hattest.
carts-joined-in-part = { $lines ->
    [one]
        Was du ausgesucht hattest, kam in den Warenkorb, den du bei demselben Restaurant schon hattest, aber
        { $lines } Zeile hatte keinen Platz.
   *[other]
        Was du ausgesucht hattest, kam in den Warenkorb, den du bei demselben Restaurant schon hattest, aber
        { $lines } Zeilen hatten keinen Platz.
}

erasing = Deine Daten werden gleich gelöscht: Es dauert ein, zwei Minuten. Dann vergisst dich dieses Gerät.
erasing-after = { $orders ->
    [one]
        Deine Daten werden gelöscht, wenn deine Bestellung vorbei ist. Bis dahin brauchen die Küche und der Fahrer sie.
   *[other]
        Deine Daten werden gelöscht, wenn deine { $orders } Bestellungen vorbei sind. Bis dahin brauchen die Küche und
        der Fahrer sie.
}
