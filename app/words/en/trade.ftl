# The life of an order, a ticket and a menu.

# Where an order stands, as its customer thinks of it.
status-submitted = Waiting for the kitchen’s yes
status-received = The kitchen said yes
status-preparing = Being cooked
status-prepared = Ready
status-picked-up = On its way to you
status-handed-over = Handed over
status-delivered = Delivered
status-cancelled = Cancelled
status-rejected = The kitchen said no

# A step of the way, named on the track.
step-ordered = Ordered
step-accepted = Accepted
step-cooking = Cooking
step-ready-to-collect = Ready to collect
step-ready-to-leave = Ready to leave
step-on-its-way = On its way to you
step-delivered = Delivered
step-collected = Collected
step-cancelled = Cancelled
step-refused = Refused

# Who brings it, for whoever waits, and for the cook.
driver-found = A driver is found and fetches it.
driver-sought = A driver is being found.
fetched-by-driver = A driver fetches it
no-driver-yet = No driver yet

# Why an order ended early, and what it costs. A reason is a sentence.
cancelled-by-customer = You took it back in time. Nothing is charged.
cancelled-by-restaurant = The restaurant could not take it. Nothing is charged.
cancelled-by-restaurant-because = The restaurant could not take it: { $reason } Nothing is charged.
cancelled-sold-out = The last of it went to somebody else in the same moment: { $dishes }. Nothing is charged.
cancelled-not-paid = The money could not be had: { $reason } Nothing is charged.
cancelled-no-answer = The restaurant did not answer in time. Nothing is charged.
cancelled-no-driver = Nobody could be found to bring it. Nothing is charged.
cancelled-not-delivered = It could not be brought to you. Nothing is charged.
cancelled-not-delivered-because = It could not be brought to you: { $reason } Nothing is charged.
cancelled-nobody-there = Your driver was at the door, and nobody took it.
cancelled-nobody-there-because = Your driver was at the door, and nobody took it. { $reason }
cancelled-nobody-there-paid =
    Your driver was at the door, and nobody took it. It was cooked and brought, so it is paid for.
cancelled-nobody-there-paid-because =
    Your driver was at the door, and nobody took it. { $reason } It was cooked and brought, so it is paid for.

# When money moves, before an order is placed.
pays-at-hand-over = You pay the restaurant when you get your meal. Nothing is charged before.
pays-by-card =
    The sum is reserved on your card before the kitchen has the order, and charged when you get your meal.

# What has become of an order's money. A card is named as its provider names it.
paid-not-yet = To be paid by { $card }. Your bank was not asked yet.
paid-asking = Your bank is asked to reserve { $sum } on { $card }.
paid-provider-busy =
    The payment provider is busy. It is asked again to reserve { $sum } on { $card }; nothing is lost.
paid-reserved = { $sum } are reserved on { $card }. They are charged when you get your meal.
paid-declined = Nothing is charged to { $card }.
paid-let-go = Nothing is charged to { $card }, and nothing is reserved any more.
paid-charged = { $sum } were charged to { $card }.
paid-all-given-back = { $sum } were charged to { $card }, and all of it was given back.
paid-some-given-back = { $sum } were charged to { $card }, and { $back } of it were given back.

# How a ticket is paid, for whoever hands it over.
collects-by-card = { $sum }, paid by card
collects-by-card-with-tip = { $sum }, paid by card, with a tip of { $tip } for you
collects-at-hand-over = { $sum }, to be paid at the hand-over

# What a kitchen gave back.
being-given-back = { $sum } are being given back.
nothing-to-give-back = Nothing was charged, so there is nothing to give back.
were-given-back = { $sum } were given back.
not-given-back = { $sum } could not be given back to the card: { $reason } Give them back otherwise.

# The kitchen's alarm.
alarm-waiting = { $orders ->
    [one] { $orders } order waits for your yes or no.
   *[other] { $orders } orders wait for your yes or no.
}
alarm-off = The alarm of this device is off.
alarm-deaf = This browser cannot ring: watch the board.
alarm-awaits-tap = The browser lets nothing ring before this page was tapped once.
alarm-hushed = Hushed on this device.

# Why a customer asked to cancel, for the cook; and why a ticket was taken back by neither.
cancel-reason = Asked to cancel: { $reason }
withdrawn-no-answer = Nobody said yes in time, so the customer was let go.
withdrawn-no-driver = No driver could be found.
withdrawn-not-delivered = The driver could not bring it.
withdrawn-nobody-there = The driver was at the door, and nobody took it.
withdrawn-not-paid = The money could not be had.

# Where a ticket stands, as the cook thinks of it.
progress-waiting = New
progress-accepted = Accepted
progress-cooking = Cooking
progress-ready = Ready
progress-handed-over = Handed over
progress-cancelled = Cancelled
progress-refused = Refused

# Where a meal on its way stands, as its driver thinks of it.
errand-open = Nobody has it
errand-assigned = To be fetched
errand-picked-up = In your bag
errand-delivered = Delivered
errand-failed = Not delivered
errand-called-off = Called off

# How far a kitchen is, for a driver who has to decide.
distance-unknown = Distance unknown
away = { $distance } away
metres = { NUMBER($metres) } m
kilometres = { $kilometres } km

# In which direction a driver is from a kitchen, as in “1.2 km north-east of …”.
north = north
north-east = north-east
east = east
south-east = south-east
south = south
south-west = south-west
west = west
north-west = north-west

# What a driver takes at the door.
door-by-card = Paid by card: take nothing
door-by-card-with-tip = Paid by card: take nothing. A tip of { $tip } is yours
door-take = Take { $sum }

# How a meal leaves the kitchen.
collect = Collect
deliver-to = Deliver to { $address }

# What is so now of a line that was shown otherwise; it stands behind the dish's name.
change-price = now { $sum }
change-sold-out = sold out
change-left = only { NUMBER($left) } left
change-gone = no longer on the menu
change-choices-gone = no longer offered with these choices

# Whom a dish suits.
diet-vegan = vegan
diet-vegetarian = vegetarian
diet-gluten-free = gluten-free
diet-halal = halal
diet-kosher = kosher
diet-low-lactose = low lactose

# Whether a restaurant takes orders.
open = Open
open-closing-soon = Open, closing soon
opens-in = Opens in { $time }
closed = Closed
# It is open still, and a meal would not be ready before it closes.
last-orders-over = No more orders before it closes
closed-for-now = Not taking orders just now
hours-unknown = Opening hours unknown
