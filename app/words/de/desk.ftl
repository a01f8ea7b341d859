# Die Leitstelle: was einer Bestellung fehlt, was sich dagegen tun lässt, und was mit ihr geschehen ist.

desk = Leitstelle
desk-troubled = { $orders ->
    [one] Leitstelle: { $orders } Bestellung mit Problemen
   *[other] Leitstelle: { $orders } Bestellungen mit Problemen
}
sign-in-as-operator = Melde dich als Leitstelle an
signed-out-says = Bestellungen mit Problemen sieht, wer als Leitstelle angemeldet ist.
somebody-else-says =
    In diesem Browser ist jemand anderes angemeldet. Nimm ein privates Fenster oder melde dich mit deinem eigenen Konto an.
all-is-well = Alles ist gut
all-is-well-says = Keine Bestellung hat Probleme. Wenn eine welche hat, kommt sie von selbst hierher.
seen-to = In der letzten Stunde erledigt
drivers = Fahrer
on-duty = Im Dienst: { $drivers }.
nobody-on-duty = Im Dienst: niemand.
on-duty-and-waiting = { $meals ->
    [one] Im Dienst: { $drivers }. { $meals } Essen wartet auf jemanden.
   *[other] Im Dienst: { $drivers }. { $meals } Essen warten auf jemanden.
}
nobody-on-duty-and-waiting = { $meals ->
    [one] Im Dienst: niemand. { $meals } Essen wartet auf jemanden.
   *[other] Im Dienst: niemand. { $meals } Essen warten auf jemanden.
}
driver-carries = { $meals ->
    [one] { $driver } ({ $meals } Essen)
   *[other] { $driver } ({ $meals } Essen)
}

over-at = Die Bestellung ist zu Ende, { $at }
goes-on-at = Die Bestellung geht weiter, { $at }
order = Bestellung
customer = Kunde
kitchen = Küche
sum = Summe
zone = Gebiet

said-by = { $by }: { $words }
kitchen-silent = { $restaurant } hat weder Ja noch Nein gesagt.
nobody-found = Kein Fahrer hat sie übernommen.
not-delivered = Sie wurde nicht geliefert. Nichts wird abgebucht.
not-delivered-said = Sie wurde nicht geliefert ({ $words }). Nichts wird abgebucht.
nobody-there = Niemand hat sie an der Tür angenommen. Von einer Karte wird trotzdem abgebucht.
nobody-there-said = Niemand hat sie an der Tür angenommen ({ $words }). Von einer Karte wird trotzdem abgebucht.
contradicted = Jemand meldet, was nach unserem Wissen nicht sein kann.
contradicted-said = Jemand meldet, was nach unserem Wissen nicht sein kann ({ $words }).
restaurant-not-given-back =
    Geld konnte nicht auf die Karte zurückgegeben werden. Das Restaurant wollte es zurückgeben und weiß, dass es das auf
    anderem Weg tun muss.
restaurant-not-given-back-said =
    Geld konnte nicht auf die Karte zurückgegeben werden ({ $words }). Das Restaurant wollte es zurückgeben und weiß, dass es
    das auf anderem Weg tun muss.
not-given-back = Geld konnte nicht auf die Karte zurückgegeben werden. Gib es auf anderem Weg zurück.
not-given-back-said = Geld konnte nicht auf die Karte zurückgegeben werden ({ $words }). Gib es auf anderem Weg zurück.
not-charged = Es wurde gegessen, und die Karte hat nicht gezahlt. Es wird noch einmal versucht.
not-charged-said = Es wurde gegessen, und die Karte hat nicht gezahlt ({ $words }). Es wird noch einmal versucht.
ends-any-moment = Die Bestellung endet jeden Moment.
ends-in = Die Bestellung endet von selbst in { $left }.
looked-for-once-more = Es wird noch einmal gesucht, oder die Bestellung endet.
drivers-asked-for = Fahrer werden noch { $left } gefragt.
nobody-has-looked = Seit { $time } hat niemand nachgesehen.
look-within = Jemand sollte innerhalb von { $left } nachsehen.

give-kitchen-time = Der Küche mehr Zeit geben
give-it-time = Mehr Zeit geben
choose-driver = Einen Fahrer wählen
nobody-there-on-duty = Dort ist niemand im Dienst.
give-it-to = Geben an
driver-is-free = { $driver }, ist frei
driver-has = { $meals ->
    [one] { $driver }, hat { $meals } Essen
   *[other] { $driver }, hat { $meals } Essen
}
end-order = Die Bestellung beenden …
end-this-order = Diese Bestellung beenden?
end-it = Beenden
end-silent-says =
    Die Küche muss sie nicht kochen, das Geld wird freigegeben, und der Kunde erfährt, dass die Küche nicht geantwortet hat.
end-nobody-found-says =
    Die Küche erfährt es, das Geld wird freigegeben, und der Kunde erfährt, dass kein Fahrer zu finden war.
saw-to-it = Ich habe es erledigt …
what-was-done = Was wurde getan?
what-was-done-says = Dein Team liest es; der Kunde nicht.
it-is-seen-to = Es ist erledigt
called-customer = Den Kunden angerufen
called-driver = Den Fahrer angerufen
called-restaurant = Das Restaurant angerufen
never-brought = Es wurde nie gebracht
something-missing = Etwas hat gefehlt
our-mistake = Es war unser Fehler
done-time-given = { $by } gab der Küche Zeit bis { $until }
done-given-up = { $by } hat sie aufgegeben
done-chosen = { $by } hat { $driver } gewählt
done-given-back = { $by } hat { $sum } zurückgegeben: { $note }
done-settled = { $by } hat es erledigt
done-settled-with-note = { $by } hat es erledigt: { $note }

what-happened = Was mit ihr geschehen ist
all-facts = Alle { NUMBER($facts) } Fakten, mit den Notizen der Dienste
fact-order-submitted = Der Kunde hat bestellt
fact-stock-hold-requested = Die Portionen werden angefragt
fact-stock-held = Die Portionen sind zurückgelegt
fact-stock-short = Es fehlen Portionen
fact-stock-released = Die Portionen sind wieder frei
fact-stock-used-up = Die Portionen sind verbraucht
fact-payment-authorization-requested = Das Geld wird angefragt
fact-payment-authorized = Das Geld ist reserviert
fact-payment-declined = Die Karte hat Nein gesagt
fact-payment-voided = Das Geld ist wieder freigegeben
fact-payment-captured = Das Geld ist abgebucht
fact-payment-capture-failed = Die Karte hat nicht gezahlt
fact-payment-refund-asked = Geld ist zurückzugeben
fact-payment-refunded = Geld wurde zurückgegeben
fact-payment-refund-failed = Geld konnte nicht zurückgegeben werden
fact-restaurant-refund-requested = Das Restaurant gibt Geld zurück
fact-desk-refund-requested = Die Leitstelle gibt Geld zurück
fact-order-confirmed = Die Küche darf sie haben
fact-ticket-opened = Sie ist auf der Tafel der Küche
fact-order-received = Die Küche hat Ja gesagt
fact-order-rejected = Die Küche hat Nein gesagt
fact-order-preparing = Sie wird gekocht
fact-order-prepared = Sie ist fertig
fact-order-handed-over = Die Küche hat sie übergeben
fact-order-submission-expired = Die Küche hat zu lange geschwiegen
fact-driver-assignment-requested = Ein Fahrer wird gesucht
fact-driver-assignment-aborted = Es war nicht rechtzeitig ein Fahrer zu finden
fact-offer-made = Ein Fahrer wird gefragt
fact-offer-claimed = Der Fahrer hat Ja gesagt
fact-offer-declined = Der Fahrer hat Nein gesagt
fact-offer-expired = Der Fahrer hat nichts gesagt
fact-driver-assigned = Ein Fahrer hat sie
fact-driver-dropped-out = Der Fahrer hat sie abgegeben
fact-driver-released = Der Fahrer ist frei
fact-order-picked-up = Der Fahrer hat sie abgeholt
fact-delivery-completed = Der Fahrer hat sie geliefert
fact-delivery-failed = Der Fahrer konnte sie nicht bringen
fact-order-cancellation-requested = Der Kunde möchte stornieren
fact-order-cancellation-granted = Die Küche lässt sie gehen
fact-order-cancellation-refused = Die Küche hatte zu kochen begonnen
fact-order-cancelled = Die Bestellung endete vorzeitig
fact-order-fulfilled = Alles ist erledigt und bezahlt
fact-order-cancellation-settled = Sie ist bezahlt und zu Ende
fact-task-raised = Sie kam vor die Leitstelle
fact-task-passed = Dieses Problem ist vorbei
fact-task-settled = Die Leitstelle hat es erledigt
fact-kitchen-time-given = Die Leitstelle gab der Küche Zeit
fact-order-given-up = Die Leitstelle hat sie aufgegeben
fact-driver-chosen = Die Leitstelle hat einen Fahrer gewählt
