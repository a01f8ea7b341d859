# Vom Warenkorb bis zum Essen, dem man folgt.

cart = Warenkorb
cart-empty = Dein Warenkorb ist leer
cart-empty-says = Was du hinzufügst, bleibt hier auf diesem Gerät, auch ohne Netz.
find-something = Etwas zu essen finden
total = Summe
to-checkout = Zur Kasse
empty-cart = Diesen Warenkorb leeren
how-many-of = Wie viele: { $dish }
in-cart = { NUMBER($quantity) } × { $dish } ist in deinem Warenkorb.
view-cart = { $dishes ->
    [one] Warenkorb ansehen · { $dishes } Gericht
   *[other] Warenkorb ansehen · { $dishes } Gerichte
}
times = { NUMBER($count) }× { $dish }
quoted = „{ $note }“

menu-changed = Das hat sich auf der Karte geändert
taking-changes = Übernimmst du die Änderungen, gelten die neuen Preise, und was nicht mehr zu haben ist, fällt weg.
take-changes = Änderungen übernehmen
change-dish = Gericht
change-before = Du sahst
change-now = Jetzt

checkout = Kasse
checkout-at = Kasse: { $restaurant }
nothing-to-check-out = Hier ist nichts zu bestellen
nothing-to-check-out-says = Dieser Warenkorb ist leer.
to-the-menu = Zur Karte
your-order = Deine Bestellung
place-order = Bestellen
send-anyway = Trotzdem senden
take-changes-first = So, wie sie ist, wird diese Bestellung wohl abgelehnt: Übernimm zuerst die Änderungen.
looked-so-last = { $why } So sah es zuletzt aus; du kannst sie trotzdem senden.
who-is-it-for = Für wen ist es?
name-to-call = Name zum Aufrufen
phone = Telefon, falls es Fragen gibt
how-to-you = Wie kommt es zu dir?
collect-it = Ich hole es ab
deliver-it = Liefern lassen
address = Adresse
word-to-the-kitchen = Ein Wort an die Küche (wenn du magst)
no-account-needed =
    Zum Bestellen brauchst du kein Konto. Melde dich an, wenn du eines hast, und die Bestellung bleibt darin erhalten.

when = Wann möchtest du es?
when-time = Zeit
as-soon-as-possible = So bald wie möglich
soonest-in = So bald wie möglich (etwa { $soonest })
choose-a-time = Wähle eine Zeit
time-gone = { $slot }: nicht mehr zu haben
closed-choose-a-time =
    Das Restaurant ist gerade geschlossen. Wähle eine Zeit, zu der es wieder offen ist; es wird nichts für dich
    gewählt.
last-orders-choose-a-time =
    Das Restaurant schließt, bevor ein Essen, das jetzt bestellt wird, fertig wäre. Wähle eine Zeit, zu der es
    wieder offen ist; es wird nichts für dich gewählt.
ready-in-slot = In dieser Viertelstunde ist es für dich fertig.
brought-in-slot = In dieser Viertelstunde kommt es zu dir.

how-do-you-pay = Wie zahlst du?
pay-at-hand-over = Wenn du es bekommst
pay-at-hand-over-says = bar oder am Terminal des Restaurants
card-succeeds = es wird abgebucht
card-declined = die Bank sagt Nein
card-silent = der Zahlungsdienst antwortet nie
card-late = die Antwort kommt spät
card-twice = jede Antwort kommt zweimal

a-tip = Trinkgeld?
no-tip = Kein Trinkgeld
percent = { NUMBER($percent) } %
tip-of-the-driver = Es ist für den, der es bringt, oder für das Haus, wo es seine Essen selbst bringt.
tip-of-the-house = Es ist für das Haus.
with-the-tip = Mit Trinkgeld

placed = Deine Bestellung ist auf diesem Handy gespeichert.
placed-in-window =
    Deine Bestellung ist in diesem Fenster. Sie ist nicht gespeichert: Lass das Fenster offen, bis sie gesendet ist.
leaves-later =
    Du bist nicht verbunden. Die Bestellung ist auf diesem Handy gespeichert und geht von selbst ab, sobald der Server
    zu erreichen ist.
leaves-later-in-window =
    Du bist nicht verbunden, und dieses Fenster behält nichts. Die Bestellung geht ab, sobald der Server zu erreichen
    ist, wenn dieses Fenster dann noch offen ist.

orders = Bestellungen
order-at = Bestellung bei { $restaurant }
not-kept-here = Diese Bestellung ist hier nicht mehr
not-here = Keine solche Bestellung hier
ready-in = Fertig in etwa { NUMBER($minutes) } min, um { $clock }
wanted-for = Gewünscht { $slot }
ready-any-moment = Jeden Moment fertig, um { $clock }
cancel-asked = Du möchtest stornieren. Die Küche hat das letzte Wort, solange sie nicht zu kochen begonnen hat.
no-answer-yet =
    Das Restaurant hat noch nicht geantwortet. Du kannst stornieren, und es wird nichts abgebucht; antwortet es nicht
    bald, stornieren wir für dich.
to-the-restaurant = Auf dem Weg zum Restaurant
number = Nummer
until-a-number = Bis die Küche eine Nummer vergibt
by-this-phone-at = { $when } · laut diesem Handy
by-this-phone = laut diesem Handy
what-you-ordered = Was du bestellt hast
tip = Trinkgeld
fact-for = Für
fact-when = Wann
fact-how = Wie
fact-note = Notiz
change-order = Diese Bestellung ändern
order-again = Noch einmal bestellen
cancel-order = Diese Bestellung stornieren
cancel-title = Diese Bestellung zurücknehmen?
cancel-says = Das geht, bis die Küche zu kochen beginnt. Dann wird nichts abgebucht.
cancel-why = Warum, wenn du es sagen magst; die Küche liest es
cancel-confirm = Bestellung stornieren

held = Angehalten: Du musst entscheiden
nothing-happened = Es wurde nichts gekocht, und es wird nichts abgebucht.
decide-in-inbox = Im Eingang entscheiden
see-outbox = Zum Ausgang
total-as-seen = Summe, wie du sie sahst

your-orders = Deine Bestellungen
on-their-way = Unterwegs
earlier = Frühere
none-on-this-phone = Noch keine Bestellungen auf diesem Handy
none-on-this-phone-says = Du kannst ohne Konto bestellen. Melde dich an, um die Bestellungen deines Kontos zu sehen.
none-here = Keine Bestellungen hier

change-your-order = Bestellung ändern
none-waits = Hier wartet keine solche Bestellung
none-waits-says = Nur eine Bestellung, die dieses Handy noch nicht verlassen hat, lässt sich ändern.
save-anyway = Trotzdem speichern
save-change = Änderung speichern
takes-its-place = Sie tritt an die Stelle der Bestellung, die wartet. Es ist eine Bestellung, vorher wie nachher.
add-from-menu = Etwas von der Karte hinzufügen
add-from-cart = { $dishes ->
    [one] { $dishes } Gericht aus deinem Warenkorb hinzufügen
   *[other] { $dishes } Gerichte aus deinem Warenkorb hinzufügen
}
order-has-left =
    Diese Bestellung hat dieses Handy verlassen und lässt sich nicht mehr ändern. Du kannst darum bitten, sie zu
    stornieren, und neu bestellen.

# Where the driver was last seen.
driver-asked = Es wird gefragt, wo dein Essen ist…
driver-unseen = Wo dein Essen ist, lässt sich gerade nicht sehen.
driver-seen-now = Dein Essen wurde gerade eben gesehen
driver-seen = { $minutes ->
    [one] Dein Essen wurde vor einer Minute gesehen
   *[other] Dein Essen wurde vor { $minutes } Minuten gesehen
}
# wind: a direction, such as “north-east”.
driver-from-kitchen = { $distance } { $wind } von { $restaurant }
driver-at-kitchen = Bei { $restaurant }
driver-from-here = { $distance } von dir
how-far-from-here = Wie weit ist es von mir?
how-far-is-asked = Dieses Telefon wird gefragt…
here-stays = Wo du bist, bleibt auf diesem Telefon.
sketch-driver = Dein Essen
sketch-here = Du
# A picture of where driver, kitchen and customer are. length: how long the bar in it is.
sketch-scale = Norden ist oben; der Balken ist { $length } lang.
