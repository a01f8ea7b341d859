# Das Leben einer Bestellung, eines Bons und einer Karte.

status-submitted = Wartet auf das Ja der Küche
status-received = Die Küche hat Ja gesagt
status-preparing = Wird gekocht
status-prepared = Fertig
status-picked-up = Auf dem Weg zu dir
status-handed-over = Übergeben
status-delivered = Geliefert
status-cancelled = Storniert
status-rejected = Die Küche hat Nein gesagt

step-ordered = Bestellt
step-accepted = Angenommen
step-cooking = Wird gekocht
step-ready-to-collect = Abholbereit
step-ready-to-leave = Bereit zur Fahrt
step-on-its-way = Auf dem Weg zu dir
step-delivered = Geliefert
step-collected = Abgeholt
step-cancelled = Storniert
step-refused = Abgelehnt

driver-found = Ein Fahrer ist gefunden und holt es ab.
driver-sought = Ein Fahrer wird gesucht.
fetched-by-driver = Ein Fahrer holt es ab
no-driver-yet = Noch kein Fahrer

cancelled-by-customer = Du hast rechtzeitig storniert. Es wird nichts abgebucht.
cancelled-by-restaurant = Das Restaurant konnte die Bestellung nicht annehmen. Es wird nichts abgebucht.
cancelled-by-restaurant-because = Das Restaurant konnte die Bestellung nicht annehmen: { $reason } Es wird nichts abgebucht.
cancelled-sold-out = Das Letzte davon ging im selben Moment an jemand anderen: { $dishes }. Es wird nichts abgebucht.
cancelled-not-paid = Das Geld war nicht zu bekommen: { $reason } Es wird nichts abgebucht.
cancelled-no-answer = Das Restaurant hat nicht rechtzeitig geantwortet. Es wird nichts abgebucht.
cancelled-no-driver = Es ließ sich niemand finden, der es bringt. Es wird nichts abgebucht.
cancelled-not-delivered = Es konnte dir nicht gebracht werden. Es wird nichts abgebucht.
cancelled-not-delivered-because = Es konnte dir nicht gebracht werden: { $reason } Es wird nichts abgebucht.
cancelled-nobody-there = Dein Fahrer war an der Tür, und niemand hat es angenommen.
cancelled-nobody-there-because = Dein Fahrer war an der Tür, und niemand hat es angenommen. { $reason }
cancelled-nobody-there-paid =
    Dein Fahrer war an der Tür, und niemand hat es angenommen. Es wurde gekocht und gebracht, also ist es bezahlt.
cancelled-nobody-there-paid-because =
    Dein Fahrer war an der Tür, und niemand hat es angenommen. { $reason } Es wurde gekocht und gebracht, also ist es
    bezahlt.

pays-at-hand-over = Du zahlst beim Restaurant, wenn du dein Essen bekommst. Vorher wird nichts abgebucht.
pays-by-card =
    Die Summe wird auf deiner Karte reserviert, bevor die Küche die Bestellung hat, und abgebucht, wenn du dein Essen
    bekommst.

paid-not-yet = Wird mit { $card } bezahlt. Deine Bank wurde noch nicht gefragt.
paid-asking = Deine Bank wird gebeten, { $sum } auf { $card } zu reservieren.
paid-provider-busy =
    Der Zahlungsdienst ist überlastet. Er wird noch einmal gebeten, { $sum } auf { $card } zu reservieren; nichts ist
    verloren.
paid-reserved = { $sum } sind auf { $card } reserviert. Sie werden abgebucht, wenn du dein Essen bekommst.
paid-declined = Von { $card } wird nichts abgebucht.
paid-let-go = Von { $card } wird nichts abgebucht, und es ist nichts mehr reserviert.
paid-charged = { $sum } wurden von { $card } abgebucht.
paid-all-given-back = { $sum } wurden von { $card } abgebucht und ganz zurückgegeben.
paid-some-given-back = { $sum } wurden von { $card } abgebucht, { $back } davon wurden zurückgegeben.

collects-by-card = { $sum }, mit Karte bezahlt
collects-by-card-with-tip = { $sum }, mit Karte bezahlt, mit { $tip } Trinkgeld für dich
collects-at-hand-over = { $sum }, bei der Übergabe zu zahlen

being-given-back = { $sum } werden gerade zurückgegeben.
nothing-to-give-back = Es wurde nichts abgebucht, also ist nichts zurückzugeben.
were-given-back = { $sum } wurden zurückgegeben.
not-given-back = { $sum } konnten nicht auf die Karte zurückgegeben werden: { $reason } Gib sie auf anderem Weg zurück.

alarm-waiting = { $orders ->
    [one] { $orders } Bestellung wartet auf dein Ja oder Nein.
   *[other] { $orders } Bestellungen warten auf dein Ja oder Nein.
}
alarm-off = Der Alarm dieses Geräts ist aus.
alarm-deaf = Dieser Browser kann nicht klingeln: Behalte die Tafel im Blick.
alarm-awaits-tap = Der Browser lässt nichts klingeln, bevor diese Seite einmal angetippt wurde.
alarm-hushed = Auf diesem Gerät stumm.

cancel-reason = Möchte stornieren: { $reason }
withdrawn-no-answer = Niemand hat rechtzeitig Ja gesagt, also wurde der Kunde entlassen.
withdrawn-no-driver = Es war kein Fahrer zu finden.
withdrawn-not-delivered = Der Fahrer konnte es nicht bringen.
withdrawn-nobody-there = Der Fahrer war an der Tür, und niemand hat es angenommen.
withdrawn-not-paid = Das Geld war nicht zu bekommen.

progress-waiting = Neu
progress-accepted = Angenommen
progress-cooking = Wird gekocht
progress-ready = Fertig
progress-handed-over = Übergeben
progress-cancelled = Storniert
progress-refused = Abgelehnt

errand-open = Noch bei niemandem
errand-assigned = Abzuholen
errand-picked-up = In deiner Tasche
errand-delivered = Geliefert
errand-failed = Nicht geliefert
errand-called-off = Abgesagt

distance-unknown = Entfernung unbekannt
away = { $distance } entfernt
metres = { NUMBER($metres) } m
kilometres = { $kilometres } km

# In which direction a driver is from a kitchen, as in “1.2 km north-east of …”.
north = nördlich
north-east = nordöstlich
east = östlich
south-east = südöstlich
south = südlich
south-west = südwestlich
west = westlich
north-west = nordwestlich

door-by-card = Mit Karte bezahlt: nichts kassieren
door-by-card-with-tip = Mit Karte bezahlt: nichts kassieren. { $tip } Trinkgeld gehören dir
door-take = { $sum } kassieren

collect = Abholung
deliver-to = Liefern an { $address }

change-price = jetzt { $sum }
change-sold-out = ausverkauft
change-left = nur noch { NUMBER($left) } da
change-gone = nicht mehr auf der Karte
change-choices-gone = mit dieser Auswahl nicht mehr zu haben

diet-vegan = vegan
diet-vegetarian = vegetarisch
diet-gluten-free = glutenfrei
diet-halal = halal
diet-kosher = koscher
diet-low-lactose = laktosearm

open = Geöffnet
open-closing-soon = Geöffnet, schließt bald
opens-in = Öffnet in { $time }
closed = Geschlossen
last-orders-over = Keine Bestellungen mehr, bevor es schließt
closed-for-now = Nimmt gerade keine Bestellungen an
hours-unknown = Öffnungszeiten unbekannt
