# The kitchen: its board, its alarm, and what the days came to.

alarm = Alarm
hush = Hush
turn-alarm-off = Turn the alarm off
turn-alarm-on = Turn the alarm on
ring-again = Ring again
let-it-ring = Let it ring

# The board, and how many orders wait on it for a yes or a no.
board = Board
board-new = Board: { NUMBER($waiting) } new
# What a column is called while nothing is in it.
no-new-orders = No new orders
nothing-accepted = Nothing accepted
nothing-cooking = Nothing on the stove
nothing-ready = Nothing on the pass
# How many tickets are over.
done = Done: { NUMBER($tickets) }
board-is-whose = The board shows the orders of the restaurant whose account is signed in.
customer-is-signed-in =
    A customer is signed in on this browser. Use a private window for the kitchen, or sign in with its account.

# A ticket.
due-in = due in { NUMBER($minutes) } min
due-now = due now
# Of an order for later; slot is "18:30 – 18:45".
wanted-for = for { $slot }
start-by = start by { $clock }
start-now = start now
accept-for = Accept for { $clock }
# On the mark of a meal that is brought to its customer.
deliver = Deliver
# What unfolds, and what is in it.
address-phone-sum = Address, phone, sum
how = How
phone = Phone
sum = Sum
since = Since
dish-times = { NUMBER($times) }× { $dish }
# Buttons: what comes next.
accept = Accept
ready-in = Ready in, for number { NUMBER($ticket) }
start-cooking = Start cooking
ready = Ready
handed-over = Handed over

# Why kitchens give money back most; the customer reads it.
back-missing = Something was missing
back-not-as-ordered = It was not as ordered
back-too-late = It came too late

# No to an order, and the reasons that its customer reads.
refuse = Refuse…
refuse-title = Refuse this order?
refuse-says = The customer reads the reason. Nothing is charged.
refuse-it = Refuse the order
no-too-busy = We are too busy right now
no-run-out = We have run out of something you ordered
no-closing = We are closing
no-delivery-there = We cannot deliver there

# A yes is taken back.
call-off = We cannot make it…
call-off-title = Call off this order?
call-off-says = You said yes to it. The customer reads why it will not come, and nothing is charged.
call-off-it = Call it off
mishap-broke = Something in our kitchen broke
mishap-spoilt = It was spoilt

# What the days came to: the screen, and the way to it.
figures = Figures by day
figures-need-network =
    Figures are added up on the server and not kept on this device, so they need the network. As soon as the server can
    be reached, this page fills by itself.
no-figures = There are none yet. A day is here soon after its first order.
earlier-days = Earlier days
# A bar a day, with what its parts are.
chart-orders = Orders by day
chart-kept = Cooked, or under way
chart-lost = Refused or cancelled
figures-file = Keep as a file (CSV)
figures-as-of = As of { $when }.
figures-as-of-version = As of { $when }, version { NUMBER($version) }: what came later is in it.
# How many orders of a day were…
figure-placed = Placed
figure-accepted = Accepted
figure-refused = Refused
figure-cancelled = Cancelled
figure-handed-over = Handed over
figure-delivered = Delivered by drivers
# How much money of a day.
figure-goods = Dishes, paid
figure-tips = Tips
figure-refunds = Given back
