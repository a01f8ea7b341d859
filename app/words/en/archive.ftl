# What is over: the archive, and what became of an order there.

# The screen, and the way to it.
archive = All orders
# Where nobody is signed in.
archive-is-nobodys = Whose orders?
archive-sign-in = Sign in to see and search the orders that you had a part in.
archive-needs-network =
    All orders are kept on the server and not on this device, so they need the network. What is under way is here
    without it. As soon as the server can be reached, this page fills by itself.
archive-is-empty = There are none yet. An order is here a moment after it was placed.
archive-search = Search in all orders
# What may be typed.
archive-hint = A dish, a restaurant, a number…
archive-look = Search
archive-earlier = Earlier orders
archive-finds-nothing =
    Nothing was found for “{ $words }”. All words have to be in the order: dishes, the restaurant, its number.

# Where the list of one's orders is empty, or does not have the one that is looked for. The quotes hold the archive's name.
no-orders =
    What you order is listed here for a month, also without a network. Older ones are under “All orders”.
order-elsewhere = The server has it. What ended more than a month ago is under “All orders”.
no-such-order =
    It may belong to another account, or not be loaded yet. What ended more than a month ago is under “All orders”.

paper-wanted = Wanted

# Amounts on the paper, and how it was paid.
paper-tip = Tip
paper-refund = Given back
paper-total = In all
paper-paid = Paid
paper-by-card = By card
paper-at-hand-over = At hand-over

# Of what was bought at the counter, and eaten at a table.
at-counter = Counter
at-table = Table { $name }

# What became of it.
became-submitted = Waits for the kitchen
became-received = Accepted
became-preparing = Being cooked
became-prepared = Ready
became-picked-up = On its way
became-handed-over = Handed over
became-delivered = Delivered
became-cancelled = Cancelled
became-rejected = Refused by the kitchen
became-paid = Paid
became-closed = Paid and closed
became-under-way = Under way
