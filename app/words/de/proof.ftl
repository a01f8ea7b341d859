# Nachweis an der Tür: was ein Fahrer von einer Lieferung festhält, wie weit es ist, und was Kunde und Leitstelle davon sehen.

title = An der Tür
hint = Füge ein Foto, eine Unterschrift oder ein Wort hinzu, wenn es hilft. Es wird auf diesem Handy gespeichert und nach der Meldung gesendet.
take-photo = Foto
reading = Das Foto wird gespeichert …
take-signature = Unterschrift
take-word = In Worten
done = Fertig
pad = Hier mit Finger oder Stift unterschreiben
pad-hint = Wer nicht unterschreiben kann: schließ dies und wähle „In Worten“.
undo = Rückgängig
clear = Leeren
save = Speichern
back = Zurück
word-title = Wie wurde es übergeben?
left-at-door = Vor die Tür gestellt
to-neighbour = Bei Nachbarn abgegeben
word-field = Oder in eigenen Worten, etwa wer es nahm
unreadable = Dieses Bild lässt sich hier nicht lesen. Nimm ein anderes auf.
huge = Diese Datei ist zu groß für dieses Handy. Nimm ein Foto mit der Kamera auf.
nothing-signed = Es ist noch nichts unterschrieben.
there = Es ist schon gespeichert.
on-phone = Fotos und Unterschriften
delete = Von diesem Handy löschen
of-delivery = Nachweis der Lieferung
not-loaded = Es wird gezeigt, sobald der Server zu erreichen ist.
not-kept = Es wurde 30 Tage lang aufbewahrt und ist nicht mehr da.

delivered-to = Geliefert an { $name }
not-delivered-to = Nicht geliefert an { $name }
delivered-at = Geliefert um { $clock }
not-delivered-at = Nicht geliefert, um { $clock }

photo = Foto
signature = Unterschrift
word = In Worten
photo-at = Foto, { $moment }
signature-at = Unterschrift, { $moment }
word-at = In den Worten des Fahrers, { $moment }
picture-photo = Foto des Fahrers, { $moment }
picture-signature = Unterschrift an der Tür, { $moment }

stage-being-sent = Wird gesendet
stage-only-here = Nur in diesem Fenster
stage-saved = Auf diesem Handy gespeichert
stage-sent = Gesendet
stage-not-sent = Nicht gesendet

end-act-refused = Wozu es gehört, wurde abgelehnt; deshalb wird es nicht gesendet.
end-lost = Es ist nicht mehr auf diesem Handy und kann nicht gesendet werden.
end-called-off = Dieses Essen wurde abgesagt, deshalb wird kein Nachweis aufbewahrt. Die Leitstelle hat, was du gemeldet hast.
end-erased = Der Kunde wurde gelöscht, deshalb wird nichts über ihn aufbewahrt.
end-too-late = Die Lieferung liegt mehr als 30 Tage zurück, deshalb wird es nicht mehr aufbewahrt.
end-too-many = Diese Lieferung hat schon so viele Nachweise, wie sie haben darf.
end-not-yours = Dieses Essen war nie deins, deshalb nimmt der Server es nicht an.
end-too-large = Es ist zu groß für den Server.
end-refused = Der Server nimmt es nicht an.

full = Auf diesem Handy ist kein Platz für mehr. Verbinde dich, warte, bis gesendet ist, was wartet, und versuche es noch einmal. Dies wurde nicht gespeichert.
signed-out = Niemand ist angemeldet; es wurde nichts gespeichert.
no-act = Wozu es gehört, ist nicht mehr auf diesem Handy; es wurde nichts gespeichert.
too-large = Es ist zu groß zum Senden; es wurde nichts gespeichert. Nimm ein kleineres auf.
