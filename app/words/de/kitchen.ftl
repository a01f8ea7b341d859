# Die Küche: ihre Tafel, ihr Alarm, und was die Tage ergeben haben.

alarm = Alarm
hush = Stumm
turn-alarm-off = Alarm ausschalten
turn-alarm-on = Alarm einschalten
ring-again = Wieder klingeln
let-it-ring = Klingeln lassen

board = Tafel
board-new = Tafel: { NUMBER($waiting) } neu
no-new-orders = Keine neuen Bestellungen
nothing-accepted = Nichts angenommen
nothing-cooking = Nichts auf dem Herd
nothing-ready = Nichts am Pass
done = Erledigt: { NUMBER($tickets) }
board-is-whose = Die Tafel zeigt die Bestellungen des Restaurants, dessen Konto angemeldet ist.
customer-is-signed-in =
    In diesem Browser ist ein Kunde angemeldet. Nimm für die Küche ein privates Fenster oder melde dich mit ihrem Konto
    an.

due-in = fällig in { NUMBER($minutes) } min
due-now = jetzt fällig
wanted-for = für { $slot }
start-by = beginnen bis { $clock }
start-now = jetzt beginnen
accept-for = Annehmen für { $clock }
deliver = Lieferung
address-phone-sum = Adresse, Telefon, Summe
how = Wie
phone = Telefon
sum = Summe
since = Seit
dish-times = { NUMBER($times) }× { $dish }
accept = Annehmen
ready-in = Fertig in, für Nummer { NUMBER($ticket) }
start-cooking = Kochen beginnen
ready = Fertig
handed-over = Übergeben

back-missing = Es hat etwas gefehlt
back-not-as-ordered = Es war nicht wie bestellt
back-too-late = Es kam zu spät

refuse = Ablehnen …
refuse-title = Diese Bestellung ablehnen?
refuse-says = Wer bestellt hat, liest den Grund. Es wird nichts abgebucht.
refuse-it = Bestellung ablehnen
no-too-busy = Wir haben gerade zu viel zu tun
no-run-out = Etwas, das du bestellt hast, ist uns ausgegangen
no-closing = Wir schließen gerade
no-delivery-there = Dorthin können wir nicht liefern

call-off = Wir schaffen es nicht …
call-off-title = Diese Bestellung absagen?
call-off-says = Du hast Ja gesagt. Wer bestellt hat, liest, warum es nicht kommt, und es wird nichts abgebucht.
call-off-it = Absagen
mishap-broke = In unserer Küche ist etwas kaputtgegangen
mishap-spoilt = Es war verdorben

figures = Zahlen nach Tagen
figures-need-network =
    Die Zahlen werden auf dem Server zusammengezählt und nicht auf diesem Gerät aufbewahrt, also brauchen sie das Netz.
    Sobald der Server zu erreichen ist, füllt sich diese Seite von selbst.
no-figures = Noch gibt es keine. Bald nach der ersten Bestellung eines Tages ist er hier.
earlier-days = Frühere Tage
# A bar a day, with what its parts are.
chart-orders = Bestellungen je Tag
chart-kept = Gekocht oder unterwegs
chart-lost = Abgelehnt oder abgesagt
figures-file = Als Datei sichern (CSV)
figures-as-of = Stand: { $when }.
figures-as-of-version = Stand: { $when }, Fassung { NUMBER($version) }: Was später kam, ist dabei.
figure-placed = Bestellt
figure-accepted = Angenommen
figure-refused = Abgelehnt
figure-cancelled = Storniert
figure-handed-over = Übergeben
figure-delivered = Von Fahrern geliefert
figure-goods = Gerichte, bezahlt
figure-tips = Trinkgeld
figure-refunds = Zurückgegeben
