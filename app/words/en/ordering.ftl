# From a cart to a meal that is tracked.

# The carts, one a restaurant.
cart = Cart
cart-empty = Your cart is empty
cart-empty-says = What you add stays here on this device, also without a network.
find-something = Find something to eat
total = Total
to-checkout = Go to checkout
empty-cart = Empty this cart
# Read out, of a number that is stepped up and down.
how-many-of = How many { $dish }
in-cart = { NUMBER($quantity) } × { $dish } is in your cart.
view-cart = { $dishes ->
    [one] View cart · { $dishes } dish
   *[other] View cart · { $dishes } dishes
}
# A dish among others in one line, with how many of it.
times = { NUMBER($count) }× { $dish }
# What somebody wrote to the cook.
quoted = “{ $note }”

# What changed on a menu since something was picked from it; then the heads of the table.
menu-changed = Here is what changed on the menu
taking-changes = Taking the changes pays the new prices and leaves out what cannot be had.
take-changes = Take the changes
change-dish = Dish
change-before = You saw
change-now = Now

# The checkout.
checkout = Checkout
checkout-at = Checkout: { $restaurant }
nothing-to-check-out = There is nothing to check out
nothing-to-check-out-says = This cart is empty.
to-the-menu = To the menu
your-order = Your order
place-order = Place order
send-anyway = Send it anyway
take-changes-first = As it is, this order will probably be refused: take the changes first.
# Why it will probably be refused is a sentence.
looked-so-last = { $why } That is how it looked last; you may send it anyway.
who-is-it-for = Who is it for?
name-to-call = Name to call out
phone = Phone, in case of questions
how-to-you = How does it get to you?
collect-it = I collect it
deliver-it = Deliver it
address = Address
word-to-the-kitchen = A word to the kitchen (optional)
no-account-needed = You need no account to order. Sign in if you have one, and the order is kept in it.

# When it is wanted. soonest is a length of time, "35 min"; slot is a quarter of an hour, "18:30 – 18:45".
when = When do you want it?
when-time = Time
as-soon-as-possible = As soon as possible
soonest-in = As soon as possible (about { $soonest })
choose-a-time = Choose a time
time-gone = { $slot }: not to be had any more
closed-choose-a-time = The restaurant is closed now. Choose a time when it is open again; nothing is chosen for you.
last-orders-choose-a-time =
    The restaurant closes before a meal that is ordered now would be ready. Choose a time when it is open again;
    nothing is chosen for you.
ready-in-slot = It is ready for you in that quarter of an hour.
brought-in-slot = It comes to you in that quarter of an hour.

# How it is paid, and what is said of it in small letters. The cards are a sandbox's.
how-do-you-pay = How do you pay?
pay-at-hand-over = When you get it
pay-at-hand-over-says = in cash, or by the restaurant’s terminal
card-succeeds = it is charged
card-declined = the bank says no
card-silent = the provider never answers
card-late = the answer comes late
card-twice = every answer comes twice

a-tip = A tip?
no-tip = No tip
percent = { NUMBER($percent) } %
tip-of-the-driver = It is for who brings it, or for the house where it brings its meals itself.
tip-of-the-house = It is for the house.
with-the-tip = With the tip

# An order was placed or changed, in a browser that keeps things and in one that does not.
placed = Your order is saved on this phone.
placed-in-window = Your order is in this window. It is not saved: keep the window open until it is sent.
leaves-later =
    You are not connected. The order is saved on this phone and leaves by itself when the server can be reached.
leaves-later-in-window =
    You are not connected, and this window keeps nothing. The order leaves when the server can be reached, if this
    window is still open then.

# One order.
orders = Orders
order-at = Order at { $restaurant }
not-kept-here = This order is not kept here any more
not-here = No such order here
ready-in = Ready in about { NUMBER($minutes) } min, at { $clock }
# On an order for later; slot is "18:30 – 18:45", with the day where it is not today.
wanted-for = Wanted { $slot }
ready-any-moment = Ready any moment, at { $clock }
cancel-asked = You asked to cancel. The kitchen has the last word while it has not begun to cook.
no-answer-yet =
    The restaurant has not answered yet. You can cancel, and nothing is charged; if it does not answer soon, we cancel
    for you.
to-the-restaurant = On its way to the restaurant
number = Number
until-a-number = Until the kitchen gives a number
# When a step was taken that only this phone knows of; then the same without a time.
by-this-phone-at = { $when } · by this phone
by-this-phone = by this phone
what-you-ordered = What you ordered
tip = Tip
fact-for = For
fact-when = When
fact-how = How
fact-note = Note
change-order = Change this order
order-again = Order this again
cancel-order = Cancel this order
cancel-title = Take this order back?
cancel-says = You can until the kitchen begins to cook. Nothing is charged then.
cancel-why = Why, if you like to say; the kitchen reads it
cancel-confirm = Cancel the order

# An order that came back and waits for a decision.
held = Held: it needs your decision
nothing-happened = Nothing was cooked and nothing is charged.
decide-in-inbox = Decide in the inbox
see-outbox = See the outbox
total-as-seen = Total as you saw it

# The list of one's orders.
your-orders = Your orders
on-their-way = On their way
earlier = Earlier
none-on-this-phone = No orders yet on this phone
none-on-this-phone-says = You can order without an account. Sign in to see the orders of yours.
none-here = No orders here

# Changing an order that has not left.
change-your-order = Change your order
none-waits = No such order waits here
none-waits-says = Only an order that has not left this phone can be changed.
save-anyway = Save it anyway
save-change = Save the change
takes-its-place = It takes the place of the order that waits. There is one order, before and after.
add-from-menu = Add something from the menu
add-from-cart = { $dishes ->
    [one] Add { $dishes } dish from your cart
   *[other] Add { $dishes } dishes from your cart
}
order-has-left =
    This order has left this phone, so it cannot be changed any more. You can ask to cancel it, and order again.

# Where the driver was last seen.
driver-asked = Asking where your driver is…
driver-unseen = Where your driver is cannot be seen just now.
driver-seen-now = Your driver was seen a moment ago
driver-seen = { $minutes ->
    [one] Your driver was seen a minute ago
   *[other] Your driver was seen { $minutes } minutes ago
}
# wind: a direction, such as “north-east”.
driver-from-kitchen = { $distance } { $wind } of { $restaurant }
driver-at-kitchen = At { $restaurant }
driver-from-here = { $distance } from you
how-far-from-here = How far is it from me?
how-far-is-asked = Asking this phone…
here-stays = Where you are stays on this phone.
sketch-driver = Your driver
sketch-here = You
# A picture of where driver, kitchen and customer are. length: how long the bar in it is.
sketch-scale = North is up; the bar is { $length }.
