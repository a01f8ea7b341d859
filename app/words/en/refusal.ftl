# Why something was not to be: a no of the trade, of the server, or of the device.

no-such-restaurant = This restaurant is not here any more.
claimed-before = These orders were moved to another account before.
no-such-place = This phone does not know where it is.
no-zone = This account drives nowhere yet.
offer-gone = The meal is somebody else’s by now, or nobody wants it any more.

# An order.
empty-cart = There is nothing in the cart.
other-prices = { $dishes ->
    [one] A dish has another price now.
   *[other] Some dishes have another price now.
}
dishes-gone = { $dishes ->
    [one] { $dishes } dish cannot be had as you wanted.
   *[other] { $dishes } dishes cannot be had as you wanted.
}
prices-and-dishes = Prices changed, and not everything can be had.
opens-in = The restaurant is closed and opens in { $time }.
closed = The restaurant takes no orders just now.
last-orders-over = The restaurant closes before your meal would be ready.
last-orders-over-opens-in = The restaurant closes before your meal would be ready, and opens again in { $time }.
# Why a time that was chosen cannot be had; slot is "18:30 – 18:45".
slot-past = The time you chose, { $slot }, is over.
slot-too-soon = The kitchen cannot have it ready for the time you chose, { $slot }.
slot-closed = The kitchen is not open for the time you chose, { $slot }.
slot-paused = The restaurant takes no orders just now, for the time you chose either: { $slot }.
slot-too-far = The time you chose, { $slot }, is too far ahead.
already-placed = This order was placed already. There is one order, not two.
no-such-order = There is no such order.
late-ready = It is too late to cancel: the order is ready.
late-on-its-way = It is too late to cancel: your meal is on its way.
late-delivered = It is too late to cancel: your meal was delivered.
late-handed-over = It is too late to cancel: the order was handed over.
late-over = There is nothing to cancel: the order had ended.
late-cooking = It is too late to cancel: the kitchen has begun to cook.

# A ticket.
no-such-ticket = There is no such ticket.
ticket-taken-back = The customer took the order back before that.
ticket-refused = The order had been refused.
ticket-left = The order had left the kitchen.
ticket-accepted = The order had been accepted, perhaps on another screen.
ticket-not-accepted = The order must be accepted first.
no-more-to-give-back = No more than { $most } is left to give back.
nothing-to-give-back = There is nothing to give back: no card has paid, or all of it was given back.

# A delivery.
no-such-errand = There is no such delivery.
picked-up = You have the meal already: bring it, or say why you cannot.
not-picked-up = You do not have the meal yet: give it back instead.

# What the desk sees to.
kitchen-has-answered = The kitchen has answered, or the order is over.
driver-has-it = A driver has it, or the order is over.
seen-to = It was seen to meanwhile, perhaps by a colleague.
not-to-be-given-up = This order is over already. Settle it once it is seen to.
not-to-be-settled = It needs a kitchen or a driver, or an end.

# The menu.
no-such-dish = This dish is not on the menu any more.
edited-meanwhile = Somebody else changed the same dish meanwhile.

# Why an act came back.
rested-on-refused = Something it rested on was refused, so it was not done either.
stale = It reached the server { $time } after you tapped, so it was not cooked unasked.
not-allowed = This account may not do that.
already-settled = That was settled already, perhaps on another device.

# What happened, as a heading.
title-menu-changed = The menu changed before your order arrived
title-closed = The restaurant was closed when your order arrived
title-slot-gone = The time you chose cannot be had
title-already-placed = Ordered once, tapped twice
title-not-cancelled = The order could not be cancelled
title-not-placed = The order could not be placed
title-ticket = The ticket had moved on
title-edited-meanwhile = Two people changed the same dish
title-dish = The dish was not changed
title-driver = You are not on duty
title-offer = The meal went to somebody else
title-errand = The delivery had moved on
title-case = The order had moved on
title-bill = The bill had changed
title-table = The table had moved on
title-guest = The guest’s orders were not moved
title-stale = Your order took too long to arrive
title-not-done = This was not done

# Why an act was not even begun.
sign-in-first = Sign in first; what you wrote is kept.
somebody-else = Somebody signed in here meanwhile, so it was not done. If you still want it, do it again.
outbox-full =
    { NUMBER($waiting) } things wait on this device already, which is all that it takes. They are kept; this one was not
    done. Reconnect, so that they can leave, and do it again.
stays-left = It cannot be changed any more: it has already left this device.
stays-gone = It cannot be changed any more: it is not there any more.
stays-rested-on = It cannot be changed any more: { NUMBER($later) } later acts rest on it.

# What the device's storage says; a reason is a sentence of those that follow.
not-saved = It could not be saved on this device: { $reason }
# The browser's own name for it stands in brackets.

# A number or a text that cannot be.
reason-too-long = A reason has at most { NUMBER($most) } characters.
reason-needed = A reason is needed.
note-too-long = A note has at most { NUMBER($most) } characters.
table-name-too-long = A table's name has at most { NUMBER($most) } characters.
table-name-needed = A table's name is needed.
order-too-long = An order has at most { NUMBER($most) } lines; this one has { NUMBER($number) }.
price-negative = A price is not negative.
price-impossible = A price is not negative, and not that large.
address-needed = A delivery needs an address.
name-needed = The kitchen needs a name to call.
text-too-long = A note, a name or an address has at most { NUMBER($most) } characters.
one-currency = The lines of an order are in one currency.
tip-too-large = A tip is at most { NUMBER($most) } percent.
slot-is-none = A time to choose begins at a quarter of an hour.
tip-needs-card = A tip by card needs a card.
card-label-too-long = What a card is called has at most { NUMBER($most) } characters.
card-number = A card's number is not sent here; the payment provider takes it.
promise-between = Promise between { NUMBER($least) } and { NUMBER($most) } minutes.
time-between = A kitchen is given between { NUMBER($least) } and { NUMBER($most) } minutes.
left-too-many = At most { NUMBER($most) } portions are counted.
dish-name-needed = A dish needs a name.
dish-name-too-long = A name has at most { NUMBER($most) } characters.
tab-too-long = A tab has at most { NUMBER($most) } lines.
tab-full = A tab has at most { NUMBER($most) } lines; open another one.
count-between =
    { NUMBER($number) } of one dish: between { NUMBER($least) } and { NUMBER($most) } can be added.
bill-tip-too-large = A tip is more than nothing, and at most { NUMBER($times) } times the bill.
prices-in = Prices here are in { $currency }.
bill-currency = A bill has one currency, here { $currency }.
more-than-carried = You carry { $carried }; no more than that can be handed in.
nothing-handed-in = What is handed in is more than nothing.
too-many-meals = Too many deliveries wait to be sent. Hand the cash in once they are.
title-takings = The cash was not noted
