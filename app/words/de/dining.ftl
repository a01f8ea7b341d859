# Was im Haus gegessen wird: Der Service führt Tische, die Küche kocht für sie.

tables = Tische
all-tables = Alle Tische
table-named = Tisch { $name }
counter-named = Theke { $letters }

stage-open = Offen
stage-billed = Rechnung ist raus
stage-paid = Bezahlt
stage-closed = Geschlossen

line-not-billed = Nicht berechnet: { $reason }
line-added = Noch nicht geschickt
line-to-serve = Zu servieren
line-in-kitchen = In der Küche
line-one-more = Es war noch eins da: zu servieren
line-gone = Ausverkauft: den Gästen sagen
line-taken-back = Zurückgenommen
line-served = Serviert

paid-cash = { $sum } bar bezahlt.
paid-cash-tip = { $sum } bar bezahlt, dazu { $tip } Trinkgeld.
paid-cash-back = { $sum } bar bezahlt; { $back } zurückgegeben.
paid-cash-tip-back = { $sum } bar bezahlt, dazu { $tip } Trinkgeld; { $back } zurückgegeben.
paid-card = { $sum } mit Karte bezahlt.
paid-card-tip = { $sum } mit Karte bezahlt, dazu { $tip } Trinkgeld.
paid-card-back = { $sum } mit Karte bezahlt; { $back } zurückgegeben.
paid-card-tip-back = { $sum } mit Karte bezahlt, dazu { $tip } Trinkgeld; { $back } zurückgegeben.

no-such-table = So einen Tisch gibt es hier nicht.
no-such-line = Das steht nicht auf der Liste des Tisches.
no-menu-yet = Die Karte ist noch nicht auf diesem Gerät.
not-on-menu = Es steht nicht mehr auf der Karte. Sag es den Gästen; nichts wurde hinzugefügt.
cannot-be-had-so = { $reason } Nichts wurde hinzugefügt.
bill-was-out = Die Rechnung war schon raus. Nimm sie zurück, dann können sie weiter bestellen.
was-paid = Die Rechnung war schon bezahlt, vielleicht auf einem anderen Gerät im Team.
was-closed = Der Tisch war vorher schon geschlossen.
was-served = { $dish } wurde schon serviert und bleibt auf der Rechnung.
was-not-served = { $dish } wurde nicht serviert: Nimm es stattdessen zurück.
not-ready-yet = { $dish } ist in der Küche noch nicht fertig.
still-to-serve = { $lines ->
    [one] { $lines } Zeile ist noch zu servieren oder zurückzunehmen.
   *[other] { $lines } Zeilen sind noch zu servieren oder zurückzunehmen.
}
comes-to = Die Rechnung beträgt inzwischen { $sum }.
comes-to-nothing = Auf der Rechnung steht inzwischen nichts mehr.
no-bill = Es gibt noch keine Rechnung.
not-paid = Die Rechnung ist noch nicht bezahlt.
owes = Die Gäste bekommen erst { $sum } zurück.
table-is-gone = Diesen Tisch gibt es nicht mehr.
tip-at-most = Ein Trinkgeld ist höchstens { $most }.
sign-in-first = Melde dich zuerst als Restaurant an.
nothing = nichts

act-open = Tisch { $name } öffnen
act-open-counter = Bestellung an der Theke beginnen
act-add = { $table }: { NUMBER($count) }× { $dish }
act-take-back = { $table }: { $dish } zurücknehmen
act-send = { $lines ->
    [one] { $table }: { $lines } Zeile schicken
   *[other] { $table }: { $lines } Zeilen schicken
}
act-ready = { $lines ->
    [one] { $table }: { $lines } Zeile fertig
   *[other] { $table }: { $lines } Zeilen fertig
}
act-serve = { $lines ->
    [one] { $table }: { $lines } Zeile serviert
   *[other] { $table }: { $lines } Zeilen serviert
}
act-bill = { $table }: die Rechnung, { $sum }
act-bill-nothing = { $table }: die Rechnung, nichts
act-write-off = { $table }: { $dish } wird nicht berechnet: { $reason }
act-give-back = { $table }: Geld zurückgegeben
act-order-on = { $table }: Rechnung zurücknehmen
act-declined = { $table }: Eine Karte wurde abgelehnt
act-paid-cash = { $table }: { $sum } bar bezahlt
act-paid-card = { $table }: { $sum } mit Karte bezahlt
act-left = { $table }: Die Gäste sind gegangen

tables-are-whose = Hier werden die Tische des Restaurants geführt, dessen Konto angemeldet ist.
no-table = Kein Tisch ist offen
no-table-says = Öffne einen, wenn sich Gäste setzen. Das geht auch ohne Netz.
closed-last = Geschlossen, die letzten { NUMBER($tables) }
table = Tisch
open = Öffnen
counter-order = Bestellung an der Theke
closed-at = geschlossen { $time }
to-serve = { NUMBER($lines) } zu servieren
gone = { NUMBER($lines) } ausverkauft: den Gästen sagen
opened-twice = Zweimal geöffnet

not-here = Dieser Tisch ist nicht auf diesem Gerät
not-here-says = Vielleicht gehört er einem anderen Haus, oder er ist noch nicht geladen.
ordered = Bestellt
nothing-ordered = Noch ist nichts bestellt: Tippe unten auf ein Gericht.
total = Summe
card-declined = Eine Karte wurde um { $time } abgelehnt. Nichts ist bezahlt: Versuche eine andere Karte oder Bargeld.
owed-back = Gib { $sum } zurück: Es wurde bezahlt und war nicht zu haben.
has-a-twin =
    Dieser Tisch wurde zweimal geöffnet. { $link } hat eigene Zeilen und eine eigene Rechnung: Nimm hier auf, was dort
    noch fehlt.
other-list = Die andere Liste

served = Serviert
take-back = Zurücknehmen
guests-know = Die Gäste wissen es
write-off = Nicht berechnen …
write-off-title = Nicht auf die Rechnung?
write-off-says =
    Es bleibt als serviert auf der Liste und ist nicht zu bezahlen. Eine Rechnung, die schon raus ist, wird neu gemacht.
write-off-it = Von der Rechnung nehmen
off-on-the-house = Aufs Haus
off-by-mistake = Aus Versehen angetippt
off-guests-left = Die Gäste sind gegangen

all-served = Alle { NUMBER($lines) } serviert
send-lines = { $lines ->
    [one] Bestellung schicken: { $lines } Zeile
   *[other] Bestellung schicken: { $lines } Zeilen
}
bill = Rechnung: { $sum }
leave = Schließen: nichts ist zu bezahlen
pay-cash = Bar bezahlt: { $sum }
pay-card = Mit Karte bezahlt: { $sum }
declined = Karte abgelehnt
order-on = Sie bestellen weiter
give-back-owed = { $sum } zurückgegeben
guests-have-left = Die Gäste sind gegangen
tip = Trinkgeld, wenn es welches gibt

from-tables = Von den Tischen
ready = Fertig
ready-dish = Fertig: { $dish }
ready-table = { $table } fertig
all-ready = Alles fertig
all-ready-for = Alles fertig für { $table }
gone-do-not-cook = Ausverkauft: nicht kochen
taken-back-do-not-cook = Zurückgenommen: nicht kochen

search-menu = Karte durchsuchen
number-options-note = { $dish }: Anzahl, Auswahl, Notiz
added = { NUMBER($count) }× { $dish } hinzugefügt.
word-to-kitchen = Ein Wort an die Küche
