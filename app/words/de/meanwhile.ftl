# Was andere an etwas geändert haben, das noch unterwegs ist.

you-saw = { $field }, wie du es sahst
is-now = { $field } jetzt
you-want = Du willst

dish = Gericht
order = Bestellung
ticket = Bon
table = Tisch
delivery = Lieferung
doors = Türen

no-longer-on-menu = Nicht mehr auf der Karte
is-over = Es ist vorbei
takes-orders = Nimmt Bestellungen an
takes-no-orders = Nimmt keine Bestellungen an
