# Wörter, die alle Seiten brauchen.

outbox = Ausgang
inbox = Eingang
sync-centre = Abgleich
try-again = Noch einmal versuchen
all-right = In Ordnung
back = Zurück
saving = Wird gespeichert …
copied = Kopiert.
not-copied = Der Browser hat das Kopieren nicht zugelassen. Sichere die Kopie stattdessen als Datei.
no-file = Der Browser hat keinen Platz für die Datei. Schließe andere Seiten und versuche es noch einmal.
cannot-open = Carryout kann hier nicht starten
nothing-yet =
    Auf diesem Gerät ist noch nichts geladen, und der Server ist nicht zu erreichen. Sobald er es ist, füllt sich diese
    Seite von selbst.

with-count = { $name }: { NUMBER($number) }
list-comma = { ", " }

minutes = { NUMBER($minutes) } min
hours = { NUMBER($hours) } h
hours-minutes = { NUMBER($hours) } h { NUMBER($minutes) } min
days = { $days ->
    [one] { $days } Tag
   *[other] { $days } Tage
}
from-to = { $from } – { $to }
today = Heute
tomorrow = Morgen
day-and-clock = { $day }, { $clock }
