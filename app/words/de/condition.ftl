# Wie es um dieses Gerät steht: in der Statuszeile, im Abgleich und über jeder Seite.

not-kept = Hier bleibt nichts gespeichert
storage-fails = Speichern misslingt hier
lost = Vielleicht ist etwas verloren
update-needed = Bitte aktualisieren
other-account = Jemand anderes ist angemeldet
session-over = Abgemeldet
offline = Kein Netz
unreachable = Server nicht erreichbar
stalled = Es stockt; neuer Versuch
needs-you = Etwas braucht dich
unreadable = Wartet auf ein Update
nearly-full = Kaum noch Platz
rows-not-kept = Karten bleiben nicht gespeichert
connecting = Verbindung wird aufgebaut …
sending = Wird gesendet …
syncing = Wird nachgeholt …
signed-out = Online, abgemeldet
up-to-date = Auf dem neuesten Stand

not-kept-says =
    { $why } Du kannst bestellen, solange der Server zu erreichen ist. Was noch nicht gesendet ist, wenn du dieses Fenster
    schließt, ist weg.
keeps-nothing = Dieses Fenster behält nichts.
saving-fails = Speichern auf diesem Gerät misslingt.
offline-says =
    Dieses Gerät meldet, dass es kein Netz hat. Was du tust, wird hier gespeichert und geht von selbst ab.
offline-unkept-says =
    Dieses Gerät meldet, dass es kein Netz hat. Was du tust, wartet in diesem Fenster und geht von selbst ab, wenn das
    Fenster dann noch offen ist.
unreachable-says =
    Der Server antwortet nicht, obwohl es vielleicht ein Netz gibt. Was du tust, wird hier gespeichert und geht von selbst
    ab.
unreachable-unkept-says =
    Der Server antwortet nicht, obwohl es vielleicht ein Netz gibt. Was du tust, wartet in diesem Fenster und geht von
    selbst ab, wenn das Fenster dann noch offen ist.
stalled-says = Was wartet, kommt nicht voran, obwohl der Server da ist. Es wird neu versucht.
needs-you-says = { $things ->
    [one] { $things } Sache braucht dich, weil der Server sie nicht annehmen konnte. Sieh im Ausgang nach.
   *[other] { $things } Sachen brauchen dich, weil der Server sie nicht annehmen konnte. Sieh im Ausgang nach.
}
unreadable-says = { $things ->
    [one] { $things } Sache wurde von einer neueren Version geschrieben und wartet hier auf die Aktualisierung. Nichts ist verloren.
   *[other] { $things } Sachen wurden von einer neueren Version geschrieben und warten hier auf die Aktualisierung. Nichts ist verloren.
}
nearly-full-says =
    Auf diesem Gerät ist für Carryout kaum noch Platz. Schaffe etwas, damit noch gespeichert werden kann, was du tust.
rows-not-kept-says =
    Karten und Bestellungen werden vorerst gezeigt und nicht auf diesem Gerät behalten, damit Platz für das ist, was du
    tust. Ohne Netz sind sie weg, wenn du diese Seite schließt; was du tust, wird weiter gespeichert.
connecting-says = Der Server wird gefragt, ob er da ist.
sending-says = { $things ->
    [one] { $things } Sache ist unterwegs zum Server.
   *[other] { $things } Sachen sind unterwegs zum Server.
}
syncing-says = Was andere inzwischen getan haben, wird geholt.
signed-out-says = Niemand ist angemeldet. Du kannst dich umsehen und einen Warenkorb füllen.
up-to-date-says = Alles, was der Server für dich hat, ist auf diesem Gerät.

not-sent = { NUMBER($things) } nicht gesendet
saved-not-sent = { NUMBER($things) } gespeichert, nicht gesendet
to-send = { NUMBER($things) } zu senden
need-you = { $things ->
    [one] { $things } braucht dich
   *[other] { $things } brauchen dich
}
not-all-loaded = noch nicht alles geladen
as-of = Stand { $at }

kept-durably = Bis du es selbst löschst.
kept-while-room = Solange der Browser Platz hat.
kept-while-room-home-screen = Solange der Browser Platz hat. Oft hilft es, Carryout auf den Startbildschirm zu legen.
kept-in-window = Bis dieses Fenster geschlossen wird, und nicht länger.
keeping-moot = Der Browser behält hier nichts, also gibt es nichts zu fragen.
keeping-granted = Der Browser hat zugesagt, es auf Dauer zu behalten.
keeping-denied = Der Browser wurde gebeten, es auf Dauer zu behalten, und hat nicht zugesagt.
keeping-not-asked = Der Browser wird gebeten, es auf Dauer zu behalten, sobald du etwas Wichtiges tust.
browser-may-delete =
    Wenn dem Browser der Platz ausgeht, löscht er vielleicht, was auf diesem Gerät gespeichert ist. Oft hilft es, Carryout
    auf den Startbildschirm zu legen. Was beim Server angekommen ist, ist sicher.

fault-row = Etwas Eingegangenes kann diese Version nicht lesen; der Rest geht ohne es weiter.
fault-act = Etwas, das du getan hast, kann diese Version nicht lesen; es wartet auf die Aktualisierung.
fault-word = Der Server hat etwas gesagt, das diese Version nicht lesen kann.
fault-digest = Was hier ist, stimmte nicht mit dem überein, was der Server hat, und wurde neu geholt.
fault-stalled = Was wartete, kam nicht voran, und das Senden wurde neu begonnen.

bytes = { NUMBER($bytes) } Bytes
kilobytes = { $amount } kB
megabytes = { $amount } MB
gigabytes = { $amount } GB
