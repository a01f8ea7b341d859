# The operators’ desk: what troubles an order, what can be done about it, and what happened to it.

desk = Desk
desk-troubled = { $orders ->
    [one] Desk: { $orders } order in trouble
   *[other] Desk: { $orders } orders in trouble
}
sign-in-as-operator = Sign in as an operator
signed-out-says = Orders in trouble are shown to operators who are signed in.
somebody-else-says =
    Somebody else is signed in on this browser. Use a private window, or sign in with your own account.
all-is-well = All is well
all-is-well-says = No order is in trouble. One that is comes here by itself.
seen-to = Seen to in the last hour
drivers = Drivers
# Who is on duty in a zone. Those who carry something are named with how much it is.
on-duty = On duty: { $drivers }.
nobody-on-duty = On duty: nobody.
on-duty-and-waiting = { $meals ->
    [one] On duty: { $drivers }. { $meals } meal waits for somebody.
   *[other] On duty: { $drivers }. { $meals } meals wait for somebody.
}
nobody-on-duty-and-waiting = { $meals ->
    [one] On duty: nobody. { $meals } meal waits for somebody.
   *[other] On duty: nobody. { $meals } meals wait for somebody.
}
driver-carries = { $meals ->
    [one] { $driver } ({ $meals } meal)
   *[other] { $driver } ({ $meals } meals)
}

# A case.
over-at = The order is over, { $at }
goes-on-at = The order goes on, { $at }
order = Order
customer = Customer
kitchen = Kitchen
sum = Sum
zone = Zone

# What troubles an order. Some come with what somebody said of it, and with who that was.
said-by = { $by }: { $words }
kitchen-silent = { $restaurant } has said neither yes nor no.
nobody-found = No driver has taken it.
not-delivered = It was not delivered. Nothing is charged.
not-delivered-said = It was not delivered ({ $words }). Nothing is charged.
nobody-there = Nobody took it at the door. A card is charged all the same.
nobody-there-said = Nobody took it at the door ({ $words }). A card is charged all the same.
contradicted = Somebody reports what cannot be, as far as we know.
contradicted-said = Somebody reports what cannot be, as far as we know ({ $words }).
restaurant-not-given-back =
    Money could not be given back to the card. The restaurant gave it, and was told to give it otherwise.
restaurant-not-given-back-said =
    Money could not be given back to the card ({ $words }). The restaurant gave it, and was told to give it otherwise.
not-given-back = Money could not be given back to the card. Give it back otherwise.
not-given-back-said = Money could not be given back to the card ({ $words }). Give it back otherwise.
not-charged = It was eaten, and the card did not pay. It is tried again.
not-charged-said = It was eaten, and the card did not pay ({ $words }). It is tried again.
# What happens when nobody does anything, and when.
ends-any-moment = The order ends any moment.
ends-in = The order ends by itself in { $left }.
looked-for-once-more = It is looked for once more, or the order ends.
drivers-asked-for = Drivers are asked for { $left } more.
nobody-has-looked = Nobody has looked for { $time }.
look-within = Somebody should look within { $left }.

# What can be done about it.
give-kitchen-time = Give the kitchen more time
give-it-time = Give it more time
choose-driver = Choose a driver
nobody-there-on-duty = Nobody is on duty there.
give-it-to = Give it to
driver-is-free = { $driver }, is free
driver-has = { $meals ->
    [one] { $driver }, has { $meals } meal
   *[other] { $driver }, has { $meals } meals
}
end-order = End the order…
end-this-order = End this order?
end-it = End it
end-silent-says =
    The kitchen need not cook it, its money is let go, and the customer is told that the kitchen did not answer.
end-nobody-found-says =
    The kitchen is told, its money is let go, and the customer is told that no driver was found.
saw-to-it = I saw to it…
what-was-done = What was done?
what-was-done-says = Your colleagues read it; the customer does not.
it-is-seen-to = It is seen to
# What is noted most, and why money is given back most.
called-customer = Called the customer
called-driver = Called the driver
called-restaurant = Called the restaurant
never-brought = It was never brought
something-missing = Something was missing
our-mistake = It was our mistake
# What an operator did, behind the time. A note is a sentence.
done-time-given = { $by } gave the kitchen until { $until }
done-given-up = { $by } gave it up
done-chosen = { $by } chose { $driver }
done-given-back = { $by } gave back { $sum }: { $note }
done-settled = { $by } saw to it
done-settled-with-note = { $by } saw to it: { $note }

# What happened to an order, fact by fact.
what-happened = What happened to it
all-facts = All { NUMBER($facts) } facts, with the notes of services
fact-order-submitted = The customer ordered
fact-stock-hold-requested = Its portions are asked for
fact-stock-held = Its portions are set aside
fact-stock-short = Portions are missing
fact-stock-released = Its portions are given back
fact-stock-used-up = Its portions are used up
fact-payment-authorization-requested = Its money is asked for
fact-payment-authorized = Its money is reserved
fact-payment-declined = The card said no
fact-payment-voided = Its money is let go
fact-payment-captured = Its money is charged
fact-payment-capture-failed = The card did not pay
fact-payment-refund-asked = Money is to be given back
fact-payment-refunded = Money was given back
fact-payment-refund-failed = Money could not be given back
fact-restaurant-refund-requested = The restaurant gives money back
fact-desk-refund-requested = The desk gives money back
fact-order-confirmed = The kitchen may have it
fact-ticket-opened = It is on the kitchen’s board
fact-order-received = The kitchen said yes
fact-order-rejected = The kitchen said no
fact-order-preparing = It is being cooked
fact-order-prepared = It is ready
fact-order-handed-over = The kitchen handed it over
fact-order-submission-expired = The kitchen was silent for too long
fact-driver-assignment-requested = A driver is looked for
fact-driver-assignment-aborted = No driver was found in time
fact-offer-made = A driver is asked
fact-offer-claimed = The driver said yes
fact-offer-declined = The driver said no
fact-offer-expired = The driver said nothing
fact-driver-assigned = A driver has it
fact-driver-dropped-out = The driver gave it back
fact-driver-released = The driver is let go
fact-order-picked-up = The driver picked it up
fact-delivery-completed = The driver delivered it
fact-delivery-failed = The driver could not bring it
fact-order-cancellation-requested = The customer asks to cancel
fact-order-cancellation-granted = The kitchen lets it go
fact-order-cancellation-refused = The kitchen had begun to cook
fact-order-cancelled = The order ended early
fact-order-fulfilled = All is done and paid
fact-order-cancellation-settled = It is paid for, and over
fact-task-raised = It came before the desk
fact-task-passed = That trouble is over
fact-task-settled = The desk saw to it
fact-kitchen-time-given = The desk gave the kitchen time
fact-order-given-up = The desk gave it up
fact-driver-chosen = The desk chose a driver
