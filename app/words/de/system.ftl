# Wie es dem ganzen System geht, für die Leitstelle.

system = System
said-at = Das ist der Stand von { $at }.
parts = Teile
what-is-well = Was gut läuft
server-as-of = Server { $version }, Stand { $at }
verdict = { $parts ->
    [0] Alle Teile laufen gut.
    [one] { $parts } Teil läuft nicht gut.
   *[other] { $parts } Teile laufen nicht gut.
}

the-store = Der Speicher
part-trigger = Veröffentlichen von Fakten
part-live = Neues an Bildschirme
part-clock = Wecker
part-resubmit = Fehler neu versuchen
part-payment-egress = Anrufe bei der Bank
part-payment-look = Nach Geld sehen
part-partner-egress = Anrufe bei Partnern
part-push-egress = Benachrichtigungen
part-erasure = Löschen
part-delivery-proofs = Löschen alter Fotos
part-replay = Wiederholungen
part-dashboard = Zählen für diese Seite
part-drift = Bestellungen vergleichen
part-reporting = Zahlen nach Tagen
part-archive = Aufbewahren, was vorbei ist
part-search = Bestellungen wiederfinden
part-payments = Die Bank
part-partners = Eigene Systeme der Restaurants
part-push = Push-Dienste der Browser
part-service = Dienst { $name }

commit-fast = ein Commit dauert weniger als 1 ms
commit-takes = ein Commit dauert { NUMBER($milliseconds) } ms
store-holds = { NUMBER($facts) } Fakten, { $truth } und { $views }
task-well = tut, wozu es da ist
task-behind = { $facts ->
    [one] { $facts } Fakt im Rückstand
   *[other] { $facts } Fakten im Rückstand
}
task-behind-for = { $facts ->
    [one] { $facts } Fakt im Rückstand, der erste seit { $age }
   *[other] { $facts } Fakten im Rückstand, der erste seit { $age }
}
task-waits = { $facts ->
    [one] { $facts } Fakt wartet auf einen neuen Versuch
   *[other] { $facts } Fakten warten auf einen neuen Versuch
}
task-failed = gescheitert, und beginnt von selbst neu
began-again = { $times ->
    [one] begann { $times } Mal neu, zuletzt { $at }: { $why }
   *[other] begann { $times } Mal neu, zuletzt { $at }: { $why }
}
outside-absent = nicht in Gebrauch
outside-answers = antwortet
calls-wait = { $calls ->
    [one] { $calls } Anruf wartet
   *[other] { $calls } Anrufe warten
}
calls-wait-for = { $calls ->
    [one] { $calls } Anruf wartet, der erste seit { $age }
   *[other] { $calls } Anrufe warten, der erste seit { $age }
}
silent-calls-wait = { $calls ->
    [one] antwortet nicht; { $calls } Anruf wartet
   *[other] antwortet nicht; { $calls } Anrufe warten
}
silent-calls-wait-for = { $calls ->
    [one] antwortet nicht; { $calls } Anruf wartet, der erste seit { $age }
   *[other] antwortet nicht; { $calls } Anrufe warten, der erste seit { $age }
}
under-a-minute = weniger als einer Minute

orders-under-way = Laufende Bestellungen
no-orders-under-way = Es gibt keine.
orders-since = { NUMBER($orders) }, die erste seit { $age }
status-for = { $status }, seit { $age }
not-compared = Was Dienste von Bestellungen halten, wurde noch nicht verglichen.
compared-alike = { $orders ->
    [one] { $orders } Bestellung wurde mit dem verglichen, was jeder Dienst hält, { $at }: Nichts wich ab.
   *[other] { $orders } Bestellungen wurden mit dem verglichen, was jeder Dienst hält, { $at }: Nichts wich ab.
}
compared-mended = { $orders ->
    [one] { $orders } Bestellung wurde mit dem verglichen, was jeder Dienst hält, { $at }: Abgewichen und berichtigt: { NUMBER($differed) }.
   *[other] { $orders } Bestellungen wurden mit dem verglichen, was jeder Dienst hält, { $at }: Abgewichen und berichtigt: { NUMBER($differed) }.
}

what-happens = Was geschieht
fact = Fakt
minute = Minute
hour = Stunde
day = Tag

apps-in-use = Apps in Gebrauch
talks = { $screens ->
    [one] { $screens } Bildschirm hört jetzt Neues.
   *[other] { $screens } Bildschirme hören jetzt Neues.
}
devices-and-acts = { $devices ->
    [one] { $devices } Gerät,
   *[other] { $devices } Geräte,
} { $acts ->
    [one] { $acts } Aktion wartet
   *[other] { $acts } Aktionen warten
}
heard-of-at = zuletzt gehört: { $at }
release-unnamed = eine Version, die nicht sagt, welche

faults = Fehler
could-not-do = Was es nicht tun konnte
nothing-went-wrong = Nichts ging schief, worum sich jemand kümmern müsste.
service-waits = { $facts ->
    [one] { $service }: { $facts } Fakt wartet
   *[other] { $service }: { $facts } Fakten warten
}
waits-behind-them = { $facts ->
    [one] Dahinter wartet noch { $facts } weiterer.
   *[other] Dahinter warten noch { $facts } weitere.
}
tried-times = { $kinds }, { NUMBER($tries) } Mal versucht, seit { $since }
try-these-again = { $facts ->
    [one] Noch einmal versuchen
   *[other] Diese { $facts } noch einmal versuchen
}
tried-again = Noch einmal versucht
tried-by = { $faults ->
    [one] { $at } { $by }: { $faults } Fehler von { $services }. { $how }
   *[other] { $at } { $by }: { $faults } Fehler von { $services }. { $how }
}
tried-well = { $faults ->
    [one] { $faults } ist erledigt
   *[other] { $faults } sind erledigt
}
tried-in-vain = { $faults ->
    [one] { $faults } ist wieder gescheitert
   *[other] { $faults } sind wieder gescheitert
}
tried-gone = { $faults ->
    [one] { $faults } wartete nicht mehr
   *[other] { $faults } warteten nicht mehr
}
still-to-be-tried = { $faults ->
    [one] { $faults } ist noch zu versuchen.
   *[other] { $faults } sind noch zu versuchen.
}
told-of = Gemeldet
told = { $at } { $kind } ({ NUMBER($times) }×): { $detail }
what-about = Worum es ging
kind-unreadable-row = unlesbare Zeile
kind-unreadable-act = unlesbare Aktion
kind-unreadable-word = unlesbares Wort
kind-digest-differs = Prüfsumme weicht ab
kind-stalled = kam nicht voran
kind-act-failed = Aktion gescheitert
kind-fact-parked = Fakt zurückgestellt
kind-replay-failed = Wiederholung gescheitert
kind-drifted = abgewichen
kind-task-failed = Aufgabe gescheitert
kind-money-stuck = Geld kommt nicht voran
kind-clock-failed = Wecker gescheitert
kind-partner-not-told = Partner nicht verständigt
kind-push-refused = Push-Dienst lehnte ab
