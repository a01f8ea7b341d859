# Was vorbei ist: das Archiv, und was dort aus einer Bestellung geworden ist.

archive = Alle Bestellungen
archive-is-nobodys = Wessen Bestellungen?
archive-sign-in = Melde dich an, um die Bestellungen zu sehen und zu durchsuchen, an denen du beteiligt warst.
archive-needs-network =
    Alle Bestellungen liegen auf dem Server und nicht auf diesem Gerät, deshalb brauchen sie das Netz. Was läuft, ist
    auch ohne es hier. Sobald der Server zu erreichen ist, füllt sich diese Seite von selbst.
archive-is-empty = Noch gibt es keine. Eine Bestellung ist hier, kurz nachdem sie aufgegeben wurde.
archive-search = In allen Bestellungen suchen
archive-hint = Ein Gericht, ein Restaurant, eine Nummer …
archive-look = Suchen
archive-earlier = Frühere Bestellungen
archive-finds-nothing =
    Für „{ $words }“ wurde nichts gefunden. Alle Wörter müssen in der Bestellung stehen: Gerichte, das Restaurant, ihre
    Nummer.

no-orders =
    Was du bestellst, steht hier einen Monat lang, auch ohne Netz. Ältere findest du unter „Alle Bestellungen“.
order-elsewhere = Der Server hat sie. Was vor mehr als einem Monat endete, findest du unter „Alle Bestellungen“.
no-such-order =
    Vielleicht gehört sie zu einem anderen Konto oder ist noch nicht geladen. Was vor mehr als einem Monat endete,
    findest du unter „Alle Bestellungen“.

paper-wanted = Gewünscht

paper-tip = Trinkgeld
paper-refund = Zurückgegeben
paper-total = Insgesamt
paper-paid = Bezahlt
paper-by-card = Mit Karte
paper-at-hand-over = Bei der Übergabe

at-counter = Theke
at-table = Tisch { $name }

became-submitted = Wartet auf die Küche
became-received = Angenommen
became-preparing = Wird gekocht
became-prepared = Fertig
became-picked-up = Unterwegs
became-handed-over = Übergeben
became-delivered = Geliefert
became-cancelled = Storniert
became-rejected = Von der Küche abgelehnt
became-paid = Bezahlt
became-closed = Bezahlt und geschlossen
became-under-way = Läuft
