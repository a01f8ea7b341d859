# What restaurants offer: customers browse it, staff edit their own.

# The list of restaurants.
hungry-for = What are you hungry for?
restaurants = Restaurants
all-restaurants = All restaurants
search-restaurants = Search restaurants and dishes
search-example = Ramen, pizza, a restaurant…
filters = Filters
open-now = Open now
nearest-first = Nearest first
restaurants-found = { $found ->
    [one] { $found } restaurant
   *[other] { $found } restaurants
}
nothing-like-that = Nothing like that here
nothing-like-that-says = Try another word, or look at all restaurants.
show-all = Show all
no-restaurants = No restaurants yet
no-restaurants-says = As soon as one opens its doors here, it shows up by itself.
nothing-here = Nothing here yet

# A menu.
menu = Menu
menu-not-here = This menu is not on this device
menu-not-here-says = It is loaded as soon as the server can be reached.
no-dish-like-that = No dish like that
no-dish-like-that-says = Try another word.
search-this-menu = Search this menu
diets = Diets
fill-a-cart = { $openness }. You can fill a cart already.
# The restaurant is closed by its hours.
order-for-later = { $openness }. You can order for later.
# A dish whose options may make it dearer.
price-from = from { $sum }
suits = Suits
contains = Contains { $allergens }
sold-out = Sold out
# How many portions there still are.
left = { NUMBER($left) } left

# A dish.
dish = Dish
not-on-menu = This dish is not on the menu
not-on-menu-says = It may have been taken off.
add = Add { NUMBER($count) } · { $sum }
word-to-the-cook = A word to the cook
optional = (optional)
word-example = No onions, please
how-many = How many
# How many may be chosen of a group of options.
choose-one = Choose one
choose-one-if-you-like = Choose one, if you like
as-many-as-you-like = As many as you like
up-to = Up to { NUMBER($most) }
choose-exactly = Choose { NUMBER($count) }
choose-between = Choose { NUMBER($least) } to { NUMBER($most) }
# Why it cannot be added.
chosen-twice = { $option } is chosen twice
choose-at-least = Choose at least { NUMBER($least) } of { $group }
choose-at-most = Choose at most { NUMBER($most) } of { $group }
choice-not-offered = A choice is not offered any more
dish-gone = This dish is not on the menu any more
cart-full = A cart holds at most { NUMBER($lines) } lines

# The menu editor.
sign-in-as-restaurant = Sign in as a restaurant
sign-in-as-restaurant-says = The menu of the restaurant whose account is signed in is edited here.
no-menu = No menu here yet
search-your-menu = Search your menu
name = Name
price = Price
price-in = Price, { $currency }
left-field = Left
left-says = How many portions are left; empty: they are not counted
not-portions = Portions are a whole number, or nothing where they are not counted
save = Save
undo = Undo
needs-no-kitchen = Needs no kitchen
needs-no-kitchen-says = Served at once, such as a drink: tables need not wait for the kitchen

# The rush: how long meals take for now. usual and time are lengths of time, "20 min".
how-long-now = How long meals take now
takes-usual = { $usual }, as usual
takes-longer = { $time }, there is a rush

# The doors.
take-orders-again = Take orders again
stop-taking-orders = Stop taking orders

# The fourteen allergens of Regulation (EU) No 1169/2011, as they stand behind "Contains".
allergen-gluten = gluten
allergen-crustaceans = crustaceans
allergen-eggs = eggs
allergen-fish = fish
allergen-peanuts = peanuts
allergen-soy = soy
allergen-milk = milk
allergen-nuts = nuts
allergen-celery = celery
allergen-mustard = mustard
allergen-sesame = sesame
allergen-sulphites = sulphites
allergen-lupin = lupin
allergen-molluscs = molluscs
