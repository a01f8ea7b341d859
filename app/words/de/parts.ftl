language = Sprache
language-missing = Die Wörter für { $name } konnten nicht geladen werden. Wähle sie noch einmal, wenn du verbunden bist.
loading = Wird geladen
updating = Wird aktualisiert …
update-now = Jetzt aktualisieren

nothing-here = Hier ist nichts
leads-nowhere = Diese Adresse führt nirgendwohin
an-old-link = Vielleicht ist es ein alter Link.
to-the-start = Zur Startseite

one-fewer = Eins weniger
one-more = Eins mehr

in-your-own-words = In eigenen Worten
how-much-of = Wie viel, von { $most }
amount-at-most = Es muss mehr als nichts sein und höchstens { $most }.
not-an-amount = „{ $text }“ ist kein Geldbetrag.
too-many-decimals = „{ $text }“ hat mehr Nachkommastellen, als { $currency } hat ({ NUMBER($decimals) }).
amount-too-large = „{ $text }“ ist zu viel.

give-back = Geld zurückgeben …
give-back-title = Geld zurückgeben?
give-back-says = Es geht auf die Karte zurück, die bezahlt hat. Dein Team liest den Grund; wer bestellt hat, sieht die Summe.
give-it-back = Zurückgeben

act-news = { $act }: { $step }.
order-news = Bestellung Nummer { $number }: { $step }.
order-unnumbered-news = Bestellung { $letters }: { $step }.

adds = + { $sum }
takes-off = − { $sum }
share = Teilen
address-copied = Die Adresse wurde kopiert.
ready-for-offline = Carryout ist jetzt auf diesem Gerät und öffnet sich auch ohne Netz.
# Asked for a place, by a driver, by who waits, by who is hungry.
here-unknown = Dieses Gerät sagt nicht, wo es ist.
