# Warum etwas nicht sein sollte: ein Nein des Hauses, des Servers oder des Geräts.

no-such-restaurant = Dieses Restaurant gibt es hier nicht mehr.
claimed-before = Diese Bestellungen wurden schon in ein anderes Konto übernommen.
no-such-place = Dieses Handy weiß nicht, wo es ist.
no-zone = Dieses Konto fährt noch nirgends.
offer-gone = Das Essen hat inzwischen jemand anders, oder niemand will es mehr.

empty-cart = Im Warenkorb ist nichts.
other-prices = { $dishes ->
    [one] Ein Gericht hat jetzt einen anderen Preis.
   *[other] Einige Gerichte haben jetzt einen anderen Preis.
}
dishes-gone = { $dishes ->
    [one] { $dishes } Gericht ist nicht so zu haben, wie du es wolltest.
   *[other] { $dishes } Gerichte sind nicht so zu haben, wie du es wolltest.
}
prices-and-dishes = Preise haben sich geändert, und nicht alles ist zu haben.
opens-in = Das Restaurant ist geschlossen und öffnet in { $time }.
closed = Das Restaurant nimmt gerade keine Bestellungen an.
last-orders-over = Das Restaurant schließt, bevor dein Essen fertig wäre.
last-orders-over-opens-in = Das Restaurant schließt, bevor dein Essen fertig wäre, und öffnet wieder in { $time }.
slot-past = Die Zeit, die du gewählt hast, { $slot }, ist vorbei.
slot-too-soon = Die Küche wird zu der Zeit, die du gewählt hast, { $slot }, nicht fertig.
slot-closed = Die Küche ist zu der Zeit, die du gewählt hast, { $slot }, nicht offen.
slot-paused =
    Das Restaurant nimmt gerade keine Bestellungen an, auch nicht für die Zeit, die du gewählt hast: { $slot }.
slot-too-far = Die Zeit, die du gewählt hast, { $slot }, liegt zu weit voraus.
already-placed = Diese Bestellung wurde schon aufgegeben. Es gibt eine Bestellung, nicht zwei.
no-such-order = So eine Bestellung gibt es nicht.
late-ready = Zum Stornieren ist es zu spät: Die Bestellung ist fertig.
late-on-its-way = Zum Stornieren ist es zu spät: Dein Essen ist unterwegs.
late-delivered = Zum Stornieren ist es zu spät: Dein Essen wurde geliefert.
late-handed-over = Zum Stornieren ist es zu spät: Die Bestellung wurde übergeben.
late-over = Es gibt nichts zu stornieren: Die Bestellung war schon zu Ende.
late-cooking = Zum Stornieren ist es zu spät: Die Küche hat angefangen zu kochen.

no-such-ticket = So einen Bon gibt es nicht.
ticket-taken-back = Der Kunde hat die Bestellung vorher zurückgenommen.
ticket-refused = Die Bestellung war abgelehnt.
ticket-left = Die Bestellung war nicht mehr in der Küche.
ticket-accepted = Die Bestellung war angenommen, vielleicht auf einem anderen Bildschirm.
ticket-not-accepted = Die Bestellung muss zuerst angenommen werden.
no-more-to-give-back = Es sind höchstens noch { $most } zurückzugeben.
nothing-to-give-back = Es ist nichts zurückzugeben: Keine Karte hat bezahlt, oder alles wurde zurückgegeben.

no-such-errand = So eine Lieferung gibt es nicht.
picked-up = Du hast das Essen schon: Bring es oder sag, warum du nicht kannst.
not-picked-up = Du hast das Essen noch nicht: Gib den Auftrag stattdessen zurück.

kitchen-has-answered = Die Küche hat geantwortet, oder die Bestellung ist vorbei.
driver-has-it = Ein Fahrer hat sie, oder die Bestellung ist vorbei.
seen-to = Das wurde inzwischen erledigt, vielleicht von jemandem aus dem Team.
not-to-be-given-up = Diese Bestellung ist schon vorbei. Schließe den Fall ab, sobald alles erledigt ist.
not-to-be-settled = Sie braucht eine Küche oder einen Fahrer, oder ein Ende.

no-such-dish = Dieses Gericht steht nicht mehr auf der Karte.
edited-meanwhile = Jemand anders hat dasselbe Gericht inzwischen geändert.

rested-on-refused = Etwas, worauf es beruhte, wurde abgelehnt, also wurde auch das nicht getan.
stale = Es kam { $time } nach deinem Tippen beim Server an, also wurde es nicht ungefragt gekocht.
not-allowed = Dieses Konto darf das nicht.
already-settled = Das war schon erledigt, vielleicht auf einem anderen Gerät.

title-menu-changed = Die Karte hat sich geändert, bevor deine Bestellung ankam
title-closed = Das Restaurant war geschlossen, als deine Bestellung ankam
title-slot-gone = Die Zeit, die du gewählt hast, ist nicht zu haben
title-already-placed = Einmal bestellt, zweimal getippt
title-not-cancelled = Die Bestellung konnte nicht storniert werden
title-not-placed = Die Bestellung konnte nicht aufgegeben werden
title-ticket = Der Bon war schon weiter
title-edited-meanwhile = Zwei Leute haben dasselbe Gericht geändert
title-dish = Das Gericht wurde nicht geändert
title-driver = Du bist nicht im Dienst
title-offer = Das Essen ging an jemand anders
title-errand = Die Lieferung war schon weiter
title-case = Die Bestellung war schon weiter
title-bill = Die Rechnung hatte sich geändert
title-table = Der Tisch war schon weiter
title-guest = Die Bestellungen des Gasts wurden nicht übernommen
title-stale = Deine Bestellung brauchte zu lange
title-not-done = Das wurde nicht getan

sign-in-first = Melde dich zuerst an; was du geschrieben hast, bleibt.
somebody-else = Inzwischen hat sich hier jemand anders angemeldet, also wurde es nicht getan. Wenn du es noch willst, tu es noch einmal.
outbox-full =
    Auf diesem Gerät warten schon { NUMBER($waiting) } Sachen; mehr fasst es nicht. Sie bleiben; diese wurde nicht getan.
    Verbinde das Gerät, damit sie abgehen können, und tu es noch einmal.
stays-left = Es lässt sich nicht mehr ändern: Es hat dieses Gerät schon verlassen.
stays-gone = Es lässt sich nicht mehr ändern: Es ist nicht mehr da.
stays-rested-on = { $later ->
    [one] Es lässt sich nicht mehr ändern: { $later } spätere Sache beruht darauf.
   *[other] Es lässt sich nicht mehr ändern: { $later } spätere Sachen beruhen darauf.
}

not-saved = Es konnte auf diesem Gerät nicht gespeichert werden: { $reason }

reason-too-long = Ein Grund hat höchstens { NUMBER($most) } Zeichen.
reason-needed = Es fehlt ein Grund.
note-too-long = Eine Notiz hat höchstens { NUMBER($most) } Zeichen.
table-name-too-long = Der Name eines Tisches hat höchstens { NUMBER($most) } Zeichen.
table-name-needed = Der Tisch braucht einen Namen.
order-too-long = Eine Bestellung hat höchstens { NUMBER($most) } Zeilen; diese hat { NUMBER($number) }.
price-negative = Ein Preis ist nicht negativ.
price-impossible = Ein Preis ist nicht negativ und nicht so hoch.
address-needed = Eine Lieferung braucht eine Adresse.
name-needed = Die Küche braucht einen Namen, den sie aufrufen kann.
text-too-long = Eine Notiz, ein Name oder eine Adresse hat höchstens { NUMBER($most) } Zeichen.
one-currency = Die Zeilen einer Bestellung haben eine Währung.
tip-too-large = Ein Trinkgeld ist höchstens { NUMBER($most) } Prozent.
slot-is-none = Eine Zeit, die zu wählen ist, beginnt mit einer Viertelstunde.
tip-needs-card = Trinkgeld mit Karte braucht eine Karte.
card-label-too-long = Der Name einer Karte hat höchstens { NUMBER($most) } Zeichen.
card-number = Die Nummer einer Karte wird nicht hierher geschickt; der Zahlungsdienst nimmt sie entgegen.
promise-between = Versprich zwischen { NUMBER($least) } und { NUMBER($most) } Minuten.
time-between = Eine Küche bekommt zwischen { NUMBER($least) } und { NUMBER($most) } Minuten.
left-too-many = Es werden höchstens { NUMBER($most) } Portionen gezählt.
dish-name-needed = Ein Gericht braucht einen Namen.
dish-name-too-long = Ein Name hat höchstens { NUMBER($most) } Zeichen.
tab-too-long = Ein Tisch hat höchstens { NUMBER($most) } Zeilen.
tab-full = Ein Tisch hat höchstens { NUMBER($most) } Zeilen; öffne einen weiteren.
count-between =
    { NUMBER($number) } von einem Gericht: Zwischen { NUMBER($least) } und { NUMBER($most) } lassen sich hinzufügen.
bill-tip-too-large = Ein Trinkgeld ist mehr als nichts und höchstens das { NUMBER($times) }-Fache der Rechnung.
prices-in = Preise sind hier in { $currency }.
bill-currency = Eine Rechnung hat eine Währung, hier { $currency }.
more-than-carried = Du hast { $carried } bei dir; mehr kannst du nicht abgeben.
nothing-handed-in = Abgegeben wird mehr als nichts.
too-many-meals = Zu viele Lieferungen warten noch aufs Senden. Gib das Bargeld ab, wenn sie gesendet sind.
title-takings = Das Bargeld wurde nicht vermerkt
