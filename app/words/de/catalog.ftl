# Was Restaurants anbieten.

hungry-for = Worauf hast du Hunger?
restaurants = Restaurants
all-restaurants = Alle Restaurants
search-restaurants = Restaurants und Gerichte suchen
search-example = Ramen, Pizza, ein Restaurant …
filters = Filter
open-now = Jetzt geöffnet
nearest-first = Nächste zuerst
restaurants-found = { $found ->
    [one] { $found } Restaurant
   *[other] { $found } Restaurants
}
nothing-like-that = Nichts dergleichen hier
nothing-like-that-says = Versuche ein anderes Wort oder sieh dir alle Restaurants an.
show-all = Alle zeigen
no-restaurants = Noch keine Restaurants
no-restaurants-says = Sobald hier eines öffnet, erscheint es von selbst.
nothing-here = Hier ist noch nichts

menu = Karte
menu-not-here = Diese Karte ist nicht auf diesem Gerät
menu-not-here-says = Sie wird geladen, sobald der Server zu erreichen ist.
no-dish-like-that = Kein solches Gericht
no-dish-like-that-says = Versuche ein anderes Wort.
search-this-menu = Diese Karte durchsuchen
diets = Ernährung
fill-a-cart = { $openness }. Du kannst schon einen Warenkorb füllen.
order-for-later = { $openness }. Du kannst für später bestellen.
price-from = ab { $sum }
suits = Passt für
contains = Enthält { $allergens }
sold-out = Ausverkauft
left = noch { NUMBER($left) }

dish = Gericht
not-on-menu = Dieses Gericht steht nicht auf der Karte
not-on-menu-says = Vielleicht wurde es heruntergenommen.
add = { NUMBER($count) } hinzufügen · { $sum }
word-to-the-cook = Ein Wort an die Küche
optional = (wenn du magst)
word-example = Bitte ohne Zwiebeln
how-many = Wie viele
choose-one = Wähle eins
choose-one-if-you-like = Wähle eins, wenn du magst
as-many-as-you-like = So viele du magst
up-to = Bis zu { NUMBER($most) }
choose-exactly = Wähle { NUMBER($count) }
choose-between = Wähle { NUMBER($least) } bis { NUMBER($most) }
chosen-twice = { $option } ist zweimal gewählt
choose-at-least = Wähle mindestens { NUMBER($least) } von { $group }
choose-at-most = Wähle höchstens { NUMBER($most) } von { $group }
choice-not-offered = Eine Auswahl wird nicht mehr angeboten
dish-gone = Dieses Gericht steht nicht mehr auf der Karte
cart-full = Ein Warenkorb fasst höchstens { NUMBER($lines) } Zeilen

sign-in-as-restaurant = Melde dich als Restaurant an
sign-in-as-restaurant-says = Hier wird die Karte des Restaurants bearbeitet, dessen Konto angemeldet ist.
no-menu = Hier ist noch keine Karte
search-your-menu = Deine Karte durchsuchen
name = Name
price = Preis
price-in = Preis, { $currency }
left-field = Übrig
left-says = Wie viele Portionen übrig sind; leer: sie werden nicht gezählt
not-portions = Portionen sind eine ganze Zahl, oder nichts, wo sie nicht gezählt werden
save = Speichern
undo = Rückgängig
needs-no-kitchen = Braucht keine Küche
needs-no-kitchen-says = Wird sofort serviert, wie ein Getränk: Tische müssen nicht auf die Küche warten

how-long-now = Wie lange Essen gerade dauern
takes-usual = { $usual }, wie sonst
takes-longer = { $time }, es ist viel los

take-orders-again = Wieder Bestellungen annehmen
stop-taking-orders = Keine Bestellungen mehr annehmen

allergen-gluten = Gluten
allergen-crustaceans = Krebstiere
allergen-eggs = Eier
allergen-fish = Fisch
allergen-peanuts = Erdnüsse
allergen-soy = Soja
allergen-milk = Milch
allergen-nuts = Schalenfrüchte
allergen-celery = Sellerie
allergen-mustard = Senf
allergen-sesame = Sesam
allergen-sulphites = Sulfite
allergen-lupin = Lupinen
allergen-molluscs = Weichtiere
