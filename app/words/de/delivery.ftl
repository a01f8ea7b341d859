# Die Schicht eines Fahrers: was angeboten, geholt und gebracht wird.

shift = Deine Schicht
shift-with = { $meals ->
    [one] Deine Schicht: { $meals } Essen
   *[other] Deine Schicht: { $meals } Essen
}
shift-offer = Ein Essen für dich
other-signed-in = In diesem Browser ist jemand anderes angemeldet. Nimm ein privates Fenster oder melde dich mit deinem eigenen Konto an.
nobody-signed-in = Essen werden Fahrern angeboten, die angemeldet sind.
sign-in-as-driver = Als Fahrer anmelden
on-duty = Du bist im Dienst. Dir werden Essen angeboten.
off-duty = Du bist nicht im Dienst.
go-off-duty = Dienst beenden
go-on-duty = Dienst beginnen

offer-left = Noch { NUMBER($left) } s kannst du es nehmen
offer-any-moment = Es kann jeden Moment an jemand anderen gehen
take-it = Nehmen
leave-it = Jemand anderem überlassen
offer-head = Ein Essen abzuholen
claimed-head = Du hast zugesagt
claimed-unheard = Es ist deins, sobald der Server dich rechtzeitig gehört hat; fahr vorher nicht los.

ready-on-the-pass = Steht fertig am Pass
not-ready-yet = Noch nicht fertig
fetch-at = Abholen bei
wanted-for = Gewünscht
bring-to = Bringen zu
phone = Telefon
note = Notiz
money = Geld
called-off = Dieses Essen will niemand mehr. Du musst es nicht holen.
i-have-it = Ich habe es
cannot-fetch = Ich kann es nicht holen
delivered = Geliefert

nobody-there-ask = Niemand ist da …
nobody-there-title = Ist niemand da?
nobody-there-says =
    Klingle, ruf an und warte erst ein paar Minuten. Der Kunde liest, was du getan hast; eine Karte wird belastet, weil
    gekocht und gebracht wurde.
nobody-there-confirm = Niemand ist da
tried-rang = Geklingelt und angerufen, niemand öffnet
tried-phone-off = Niemand öffnet, das Telefon ist aus
fails-ask = Ich kann es nicht bringen …
fails-title = Nicht geliefert?
fails-says = Der Kunde liest den Grund und zahlt nichts.
fails-confirm = Es ist nicht geliefert
fails-address = Die Adresse gibt es nicht
fails-spoilt = Das Essen ist verdorben

takings = Bargeld und Trinkgeld
takings-what =
    Ein Lohn wird hier nicht gerechnet: nur die Essen, die du gebracht hast, das Bargeld, das du für das Haus bei dir hast, und
    Trinkgeld per Karte, das dir zusteht.
takings-carried = Du hast bei dir
takings-nothing = Noch ist kein Essen gezählt. Was du an der Tür nimmst, zählt, sobald du „Geliefert“ tippst.
takings-waiting = { $meals ->
    [one] Davon wartet { $meals } Essen auf diesem Handy aufs Senden
   *[other] Davon warten { $meals } Essen auf diesem Handy aufs Senden
}
takings-amount = Wie viel du abgegeben hast ({ $currency })
takings-all-of-it = Alles
takings-hand-in = Ich habe es abgegeben
takings-today = Heute
takings-before = Davor
takings-day-ends = Ein Tag endet hier um { $clock }.
takings-no-meal = Noch kein Essen
takings-meals = Essen
takings-cash = Bar an der Tür
takings-tips = Trinkgeld per Karte
takings-owed = Zusammen { $tips }, vom Haus auszuzahlen
takings-handed-in = Abgegeben
takings-latest = Die letzten Essen
takings-by-card = Per Karte
takings-by-card-with-tip = Per Karte, { $tip } gehören dir
takings-waits = Wartet aufs Senden

# A driver's place. It is told while they look at the page, and kept nowhere.
sighted = Solange du ein Essen in der Tasche hast und diese Seite ansiehst, sieht ungefähr, wo du bist, wer darauf wartet.
not-sighted = Dein Telefon sagt gerade nicht, wo es ist; also sieht es niemand.
