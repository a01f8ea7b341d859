# Wer hier ist: Ein Gast bestellt sofort, wer ein Konto hat, meldet sich an, und beide kann man vergessen.

sign-in = Anmelden
sign-out = Abmelden
guest = Gast, nicht angemeldet

your-account = Dein Konto
account = Konto
password = Passwort
signing-in = Du wirst angemeldet …
sending-first = Zuerst wird gesendet, was wartet …
sign-in-all-the-same = Trotzdem anmelden
needs-server =
    Zum Anmelden braucht es den Server, und er ist gerade nicht zu erreichen. Du kannst dich inzwischen umsehen und
    bestellen.
one-account =
    Dieser Browser behält immer nur die Bestellungen einer Person. Um daneben ein zweites Konto zu nutzen, etwa die
    Demo-Küche neben dem Demo-Kunden, öffne ein privates Fenster.

can-order = Du kannst bestellen und deinen Bestellungen folgen.
for-restaurant = Für { $restaurant }.
belongs-elsewhere = Dieses Konto gehört zu einem anderen Teil von Carryout.
go-there = Dorthin
go-on = Weiter
give-up-title = Aufgeben, was wartet?
keep-it = Behalten

take-over = Ich habe hier bestellt: in mein Konto übernehmen
guest-taken-over = Was du hier als Gast getan hast, gehört jetzt dir.
guest-stays =
    Etwas, das hier als Gast getan wurde, ist noch nicht gesendet, deshalb kam nichts in dein Konto. Es geht weiter,
    nachdem du dich abgemeldet hast.
being-taken-over = Was du als Gast bestellt hast, kommt gerade in dein Konto.
keep-order =
    Nur dieses Handy zeigt diese Bestellung. Melde dich an, um sie in deinem Konto zu behalten und ihr auch auf anderen
    Geräten zu folgen; sie kommt mit dir.
not-your-device = Nicht dein Gerät?
forget-guest = Mich auf diesem Gerät vergessen
forget-title = Vergessen, was du hier getan hast?
forgetting-guest =
    Dein Name, dein Warenkorb und deine Bestellungen verschwinden von diesem Gerät. Eine Bestellung, die die Küche hat,
    geht weiter, und niemand kann ihr von hier aus mehr folgen oder sie stornieren.

your-data = Deine Daten
export = Kopie meiner Daten sichern
export-says = Deine Bestellungen, dein Eingang und was du hier getan hast, als Datei. Das braucht kein Netz.
erase = Meine Daten löschen
erase-title = Alles löschen?
erasing-says =
    Dein Name, deine Adressen, deine Notizen und dein Konto werden gelöscht, auf unseren Servern und auf jedem Gerät,
    das du nutzt. Was du bestellt hast, bleibt ohne sie erhalten.
erasing-cannot-be-undone =
    Niemand kann es zurückholen, und niemand kann sich mit diesem Konto wieder anmelden. Eine Bestellung, die unterwegs
    ist, wird vorher zu Ende gebracht.
erased = Deine Daten sind gelöscht, hier und auf unseren Servern.
