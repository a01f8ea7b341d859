# Der Weg einer Aktion vom Antippen bis zum letzten Wort; Ausgang, Eingang und Abgleich.

stage-saved = Auf diesem Handy gespeichert
stage-in-window = Nur in diesem Fenster
stage-sent = Gesendet, noch nicht bestätigt
stage-accepted = Bestätigt
stage-asked = Die Küche wird gefragt
stage-done = Erledigt
stage-refused = Nicht geschehen
stage-needs-you = Braucht dich
short-saved = Gespeichert
short-in-window = Hier
short-sent = Gesendet
short-asked = Gefragt
saved-says =
    Auf diesem Handy gespeichert. Es wird gesendet, sobald der Server zu erreichen ist; du kannst diese Seite schließen.
in-window-says =
    Nicht gespeichert: Dieser Browser behält nichts. Es wird gesendet, sobald der Server zu erreichen ist, wenn dieses
    Fenster dann noch offen ist.
sent-says = Unterwegs. Vielleicht ist es angekommen; die Antwort ist noch nicht hier.
accepted-says = Der Server hat es sicher. Dieser Bildschirm folgt gleich.
asked-says = Die Küche wurde gefragt und hat noch nicht geantwortet.
done-says = Erledigt.
refused-says = Es ist nicht geschehen.
needs-you-says = Es konnte nicht übergeben werden und braucht dich. Sieh im Ausgang nach.

act-dismiss = Etwas im Eingang gut sein lassen
act-place = { $dishes ->
    [one] Bestellung bei { $restaurant }: { $dishes } Gericht, { $sum }
   *[other] Bestellung bei { $restaurant }: { $dishes } Gerichte, { $sum }
}
act-for-later = { $act }, gewünscht { $slot }
act-cancel = Bestellung { $order } stornieren
act-accept = { $order } annehmen, fertig in { NUMBER($minutes) } min
act-accept-for = { $order } für { $clock } annehmen
act-refuse = { $order } ablehnen: { $reason }
act-call-off = { $order } absagen: { $reason }
act-start-cooking = { $order } zu kochen beginnen
act-mark-ready = { $order } ist fertig
act-hand-over = { $order } übergeben
act-give-back = { $sum } von { $order } zurückgeben
act-on-duty = Schicht beginnen
act-off-duty = Schicht beenden
act-claim = Das angebotene Essen übernehmen
act-decline = Das angebotene Essen jemand anderem überlassen
act-pick-up = Essen { $letters } abgeholt
act-pick-up-for = Essen für { $name } abgeholt
act-deliver = Essen { $letters } geliefert
act-deliver-for = Essen für { $name } geliefert
act-drop-out = Essen { $letters } abgeben
act-drop-out-for = Essen für { $name } abgeben
act-not-deliver = Essen { $letters } nicht geliefert: { $reason }
act-not-deliver-for = Essen für { $name } nicht geliefert: { $reason }
act-give-time = Der Küche { NUMBER($minutes) } min mehr für die Bestellung { $letters } geben
act-give-time-of = Der Küche { NUMBER($minutes) } min mehr für die Bestellung { $letters } von { $name } geben
act-give-up = Die Bestellung { $letters } aufgeben
act-give-up-of = Die Bestellung { $letters } von { $name } aufgeben
act-choose = { $driver } holt die Bestellung { $letters }
act-choose-of = { $driver } holt die Bestellung { $letters } von { $name }
act-desk-gives-back = { $sum } der Bestellung { $letters } zurückgeben
act-desk-gives-back-of = { $sum } der Bestellung { $letters } von { $name } zurückgeben
act-settle = Die Bestellung { $letters } wurde erledigt: { $note }
act-settle-of = Die Bestellung { $letters } von { $name } wurde erledigt: { $note }
unknown-table = Tisch { $letters }
a-line = eine Zeile
act-needs-no-kitchen = { $dish } braucht keine Küche
act-is-cooked = { $dish } wird gekocht
act-sold-out = { $dish } ist ausverkauft
act-can-be-had = { $dish } ist wieder zu haben
act-left = { $left ->
    [one] { $dish }: noch { $left } Portion
   *[other] { $dish }: noch { $left } Portionen
}
act-not-counted = { $dish } wird nicht mehr gezählt
act-change-dish = { $dish } ändern
act-change-name = { $dish } ändern: Name „{ $name }“
act-change-price = { $dish } ändern: Preis { $before } → { $after }
act-change-name-and-price = { $dish } ändern: Name „{ $name }“, Preis { $before } → { $after }
act-open-doors = Wieder Bestellungen annehmen
act-close-doors = Vorerst keine Bestellungen mehr annehmen
act-rush = Essen dauern gerade { NUMBER($minutes) } min länger
act-rush-over = Essen dauern wieder so lange wie sonst
act-take-guest-over = Die Bestellungen des Gasts in dieses Konto übernehmen
act-of-newer-release = etwas aus einer neueren Version

waits-behind = Es wartet, bis das erledigt ist: { $act }.
forecast = Wird wohl abgelehnt: { $why }
parked-unknown = Der Server kennt diese Aktion noch nicht. Nach einer Aktualisierung wird es noch einmal versucht.
parked-id-reused = Der Server hat unter diesem Namen eine andere Aktion. Sichere eine Kopie und mache es noch einmal.
parked-too-large =
    Es ist größer, als der Server annimmt. Sichere eine Kopie und mache es noch einmal in kleineren Teilen.
parked-unreadable-answer =
    Eine neuere Version des Servers hat geantwortet. Aktualisiere diese Seite, um die Antwort zu lesen.
parked-malformed = Der Server kann es nicht lesen. Sichere eine Kopie und mache es noch einmal.
paused-signed-out = Deine Sitzung ist abgelaufen. Melde dich wieder an, und was wartet, wird gesendet.
paused-other-account =
    In diesem Browser ist jemand anderes angemeldet. Was wartet, gehört dir und bleibt hier, bis du dich wieder anmeldest.
paused-update-needed =
    Der Server ist weiter und versteht diese Version nicht mehr. Bitte aktualisiere; was wartet, bleibt erhalten und wird
    dann gesendet.
trying-offline = Es gibt kein Netz. Es wird gesendet, sobald es eines gibt.
trying-unreachable = Der Server wird noch einmal gefragt …
trying = Wird gesendet …

changed-by = Inzwischen von { $by } geändert, { $at }.
changed-by-yourself = Inzwischen von { $by } auf einem anderen Gerät geändert, { $at }.
changed-by-somebody = Inzwischen von jemand anderem geändert.
name-seen = Name, wie du ihn sahst
price-seen = Preis, wie du ihn sahst
you-saw = Du sahst
name-now = Name jetzt
price-now = Preis jetzt
dish-now = Gericht jetzt
order-now = Bestellung jetzt
ticket-now = Bon jetzt
table-now = Tisch jetzt
delivery-now = Lieferung jetzt
doors-now = Türen jetzt
you-want = Du willst
order-is-over = Sie ist zu Ende
takes-no-orders = Nimmt keine Bestellungen an
takes-orders = Nimmt Bestellungen an
no-longer-on-menu = Nicht mehr auf der Karte
menu-moved =
    Die Karte hat sich geändert, seit du bestellt hast. So, wie sie ist, kommt diese Bestellung wohl zu dir zurück.

change-act = Ändern
take-back = Zurücknehmen
take-back-all = Alle { NUMBER($acts) } zurücknehmen
take-this-back = Das zurücknehmen?
keep-it = Behalten
goes-alone = Es hat dieses Handy nicht verlassen, also wird es nie jemand sehen.
goes-with-it = { $number ->
    [one] Das hier und was darauf folgt: { $acts }. Beides hat dieses Handy nicht verlassen.
   *[other] Das hier und die { $number } Sachen, die darauf folgen: { $acts }. Nichts davon hat dieses Handy verlassen.
}
acts-semicolon = { "; " }
taken-back = { $acts ->
    [one] Zurückgenommen. Es hat dieses Handy nie verlassen.
   *[other] { $acts } Sachen zurückgenommen. Sie haben dieses Handy nie verlassen.
}
ask-to-cancel = Um Stornierung bitten
stays-left = Es hat dieses Handy inzwischen verlassen und lässt sich nicht mehr spurlos zurücknehmen.
stays-gone = Es wartet nicht mehr.
stays-rested-on = { $acts ->
    [one] Etwas, das du später getan hast, beruht darauf. Nimm das zuerst zurück.
   *[other] { $acts } Sachen, die du später getan hast, beruhen darauf. Nimm die zuerst zurück.
}
cannot-change = Es lässt sich nicht ändern: { $why }
has-left =
    Es hat dieses Handy inzwischen verlassen und lässt sich nicht mehr spurlos ändern oder zurücknehmen. Eine Bestellung
    lässt sich noch stornieren, bis die Küche zu kochen beginnt.
change-before-it-leaves = Ändern, bevor es abgeht
leave-unchanged = So lassen
save-change = Änderung speichern
ready-in-minutes = Fertig in, Minuten
minutes-needed = Gebraucht wird eine Zahl von Minuten.
reason-for-customer = Der Grund, den der Kunde liest
changed = Deine Änderung ist auf diesem Handy gespeichert.
changed-in-window = Geändert, nur in diesem Fenster.
changed-back = Es ist wie vorher, also wird nichts gesendet.
keep-copy = Kopie sichern
copy = Kopieren

outbox-lead = Was du auf diesem Gerät getan hast, und wie weit jedes davon ist.
outbox-empty = Hier ist nichts
outbox-empty-says = Wenn du etwas bestellst, stornierst oder änderst, ist es zuerst hier und wird von hier gesendet.
list-needs-you = Braucht dich
list-on-their-way = Unterwegs
list-settled = Erledigt
send-now = Jetzt senden
waiting = { $things ->
    [one] { $things } Sache wartet darauf, gesendet zu werden.
   *[other] { $things } Sachen warten darauf, gesendet zu werden.
}
waiting-and-needing-you = { $things ->
    [one] { $things } Sache wartet darauf, gesendet zu werden,
   *[other] { $things } Sachen warten darauf, gesendet zu werden,
} { $needing ->
    [one] { $needing } braucht dich.
   *[other] { $needing } brauchen dich.
}

inbox-lead = Was nicht so ging, wie du wolltest, und auf deine Entscheidung wartet.
inbox-empty = Alles erledigt
inbox-empty-says = Wenn sich etwas nicht mit dem verträgt, was andere getan haben, kommt es hierher zurück, und du entscheidest.
tapped-at = { $act } · von dir angetippt: { $at }
you-wanted = Du wolltest
stood-at = Es stand auf
now = Jetzt
accepted-already = Schon angenommen
not-accepted-yet = Noch nicht angenommen
fell-with-it = Was darauf beruhte, ist auch nicht geschehen:
total = Summe
nothing-left-to-order = nichts mehr zu bestellen
do-not-order = Nicht bestellen
leave-it = Es lassen
close-table = Den Tisch schließen: nichts ist zu zahlen
make-bill = Die Rechnung über { $sum } machen
reopen-bill = Die Rechnung zurückholen und es dazunehmen
menu-is-back = Die Karte ist wieder, wie du sie sahst: bestellen
take-changes = Die Änderungen annehmen und für { $sum } bestellen
order-the-rest = Nur den Rest für { $sum } bestellen
order-now-for = Jetzt für { $sum } bestellen
order-soonest-for = So bald wie möglich, für { $sum }
another-time = Andere Zeit
order-for-time = Für diese Zeit bestellen, für { $sum }
first-time = Die nächste Zeit: { $slot }
no-time = Keine Zeit war zu haben
choice-saved = Deine Wahl ist auf diesem Handy gespeichert und geht ab, sobald der Server zu erreichen ist.
choice-in-window = Deine Wahl ist nur in diesem Fenster und geht ab, sobald der Server zu erreichen ist.
choice-needs-you = Deine Wahl konnte nicht übergeben werden. Sieh im Ausgang nach.
choice-on-its-way = Deine Wahl ist unterwegs.
theirs-now = Von anderen, jetzt
yours = Von dir
use-mine = Meins nehmen
keep-theirs = Das andere behalten
or-another-name = Oder ein anderer Name
or-another-price = Oder ein anderer Preis, { $currency }
use-this = Das nehmen
you-decided = Du hast entschieden: { $act }.
you-let-go = Du hast es gut sein lassen.
settled-elsewhere = Auf einem anderen Gerät erledigt.
settled-elsewhere-first = Zuerst auf einem anderen Gerät erledigt, also wurde deine Wahl hier nicht gebraucht.
choice-refused = Deine Wahl war nicht mehr möglich.

centre-lead = Wie dieses Gerät mit dem Server steht, und wie gut es behält, was du tust.
see-outbox = Zum Ausgang
on-this-device = Auf diesem Gerät
kept = Behalten
asked = Gefragt
room = Platz
room-used-of = { $used } von { $quota } belegt
room-used = { $used } belegt
room-unknown = Der Browser sagt es nicht.
faults = { $faults ->
    [0] Seit diese Seite geöffnet wurde, ist kein Fehler aufgefallen.
    [one] Seit diese Seite geöffnet wurde, ist { $faults } Fehler aufgefallen:
   *[other] Seit diese Seite geöffnet wurde, sind { $faults } Fehler aufgefallen:
}
with-the-server = Mit dem Server
last-word = Letztes Wort
last-word-at = { $at }, nach der Uhr des Servers
no-word = Es kam noch nichts.
read = Gelesen
read-up-to = Bis zur Änderung { NUMBER($position) } im Verlauf des Servers
read-nothing = Noch nichts
history = Verlauf
history-unknown = Noch nicht bekannt
tabs = Tabs
this-tab-leads = Dieser Tab sendet und hört für alle Tabs
another-tab-leads = Ein anderer Tab dieses Browsers sendet und hört
release = Version
device = Gerät
for-developers =
    Für Entwickler: Öffne auf dieser Seite die Konsole des Browsers und tippe { $code }. Das zeigt all dies, Aktion für Aktion
    und Zeile für Zeile.
act-hand-in = { $sum } bar abgegeben

# Before a tunnel: what is on this device, and whether all of it is.
prepare-head = Bereit für einen Tunnel?
prepare-says = All das kommt von selbst, solange Netz da ist. Hier kannst du sichergehen.
prepare = Für unterwegs ohne Netz vorbereiten
preparing = Wird vorbereitet…
preparing-files = Was die App braucht, wird geholt…
preparing-rows = Was der Server für dich hat, wird geholt…
prepared = Alles, was du brauchst, ist auf diesem Gerät, Stand { $clock }.
# used: how much room everything takes, such as “3.4 MB”.
prepared-with = Alles, was du brauchst, ist auf diesem Gerät, Stand { $clock }. Es belegt { $used }.
files-missing = Nicht alles von der App ließ sich holen; ohne Netz öffnet sie vielleicht nicht. Versuch es mit besserem Netz noch einmal.
files-without = Dieser Browser behält keine App; ohne Netz öffnet diese Seite nicht. Lass sie offen.
rows-none = Der Server war nicht zu erreichen, und es ist noch nichts von ihm hier.
rows-old = Der Server war nicht zu erreichen. Was du siehst, ist von { $clock }.
here-restaurants = { $count ->
    [one] { $count } Restaurant
   *[other] { $count } Restaurants
}
here-menus = { $count ->
    [one] { $count } Speisekarte
   *[other] { $count } Speisekarten
}
here-orders = { $count ->
    [one] { $count } Bestellung von dir
   *[other] { $count } Bestellungen von dir
}
here-tickets = { $count ->
    [one] { $count } Bestellung auf der Tafel
   *[other] { $count } Bestellungen auf der Tafel
}
here-tabs = { $count ->
    [one] { $count } Tisch
   *[other] { $count } Tische
}
here-deliveries = { $count ->
    [one] { $count } Essen zu bringen
   *[other] { $count } Essen zu bringen
}
