# The way of an act, from the tap to the final word; the outbox, the inbox, and the sync centre.

# How far an act has come, on its own.
stage-saved = Saved on this phone
# Where nothing is kept.
stage-in-window = Only in this window
stage-sent = Sent, not confirmed yet
stage-accepted = Confirmed
stage-asked = Asking the kitchen
stage-done = Done
stage-refused = Not done
stage-needs-you = Needs you
# Among the others, in a word.
short-saved = Saved
short-in-window = Here
short-sent = Sent
short-asked = Asked
# As a sentence beside what was done.
saved-says = Saved on this phone. It is sent as soon as the server can be reached; you may close this page.
in-window-says =
    Not saved: this browser keeps nothing. It is sent as soon as the server can be reached, if this window is still open.
sent-says = On its way. It may have arrived; the answer is not here yet.
accepted-says = The server has it for good. This screen follows in a moment.
asked-says = The kitchen has been asked and has not answered yet.
done-says = Done.
refused-says = It was not done.
needs-you-says = It could not be handed over and needs you. See the outbox.

# What an act is, in the words of the trade. An order is named by its number, "#12", or by letters; a reason and a note are sentences.
act-dismiss = Let an inbox item go
act-place = { $dishes ->
    [one] Order at { $restaurant }: { $dishes } dish, { $sum }
   *[other] Order at { $restaurant }: { $dishes } dishes, { $sum }
}
# An order for later: act is the order, slot is "18:30 – 18:45".
act-for-later = { $act }, wanted { $slot }
act-cancel = Cancel order { $order }
act-accept = Accept { $order }, ready in { NUMBER($minutes) } min
act-accept-for = Accept { $order } for { $clock }
act-refuse = Refuse { $order }: { $reason }
act-call-off = Call off { $order }: { $reason }
act-start-cooking = Start cooking { $order }
act-mark-ready = { $order } is ready
act-hand-over = Hand over { $order }
act-give-back = Give back { $sum } of { $order }
act-on-duty = Go on duty
act-off-duty = Go off duty
act-claim = Take the meal that is offered
act-decline = Leave the meal that is offered to somebody else
# A driver's acts: for whom, or by letters where nobody is known.
act-pick-up = meal { $letters } picked up
act-pick-up-for = meal for { $name } picked up
act-deliver = meal { $letters } delivered
act-deliver-for = meal for { $name } delivered
act-drop-out = Give meal { $letters } back
act-drop-out-for = Give meal for { $name } back
act-not-deliver = meal { $letters } not delivered: { $reason }
act-not-deliver-for = meal for { $name } not delivered: { $reason }
# The desk's acts: whose order, where that is known.
act-give-time = Give the kitchen { NUMBER($minutes) } min more for the order { $letters }
act-give-time-of = Give the kitchen { NUMBER($minutes) } min more for the order { $letters } of { $name }
act-give-up = Give the order { $letters } up
act-give-up-of = Give the order { $letters } of { $name } up
act-choose = { $driver } fetches the order { $letters }
act-choose-of = { $driver } fetches the order { $letters } of { $name }
act-desk-gives-back = Give back { $sum } of the order { $letters }
act-desk-gives-back-of = Give back { $sum } of the order { $letters } of { $name }
act-settle = the order { $letters } was seen to: { $note }
act-settle-of = the order { $letters } of { $name } was seen to: { $note }
# A table that is not known here, and a line of which no more is known.
unknown-table = Table { $letters }
a-line = a line
# The menu's and the doors'.
act-needs-no-kitchen = { $dish } needs no kitchen
act-is-cooked = { $dish } is cooked
act-sold-out = { $dish } is sold out
act-can-be-had = { $dish } can be had again
act-left = { $left ->
    [one] { $dish }: { $left } portion left
   *[other] { $dish }: { $left } portions left
}
act-not-counted = { $dish } is not counted any more
act-change-dish = Change { $dish }
act-change-name = Change { $dish }: name “{ $name }”
act-change-price = Change { $dish }: price { $before } → { $after }
act-change-name-and-price = Change { $dish }: name “{ $name }”, price { $before } → { $after }
act-open-doors = Take orders again
act-close-doors = Take no more orders for now
act-rush = Meals take { NUMBER($minutes) } min longer for now
act-rush-over = Meals take as long as usual again
act-take-guest-over = Move the guest’s orders to this account
act-of-newer-release = something of a newer release

# What became of it.
waits-behind = It waits until this is settled: { $act }.
forecast = Will probably be refused: { $why }
parked-unknown = The server does not know this act yet. It is tried again after an update.
parked-id-reused = The server has another act under this name. Keep a copy, and do it again.
parked-too-large = It is larger than the server takes. Keep a copy, and do it again in smaller parts.
parked-unreadable-answer = A newer release of the server answered. Update this page to read the answer.
parked-malformed = The server cannot read it. Keep a copy, and do it again.
paused-signed-out = Your session has ended. Sign in again, and what waits is sent.
paused-other-account =
    Somebody else is signed in on this browser. What waits is yours and stays here until you sign in again.
paused-update-needed =
    The server has moved on and no longer understands this version. Please update; what waits is kept, and sent then.
trying-offline = There is no network. It is sent as soon as there is one.
trying-unreachable = Asking the server again…
trying = Sending…

# What others changed meanwhile, and what stands there now. "You saw" and "now" follow a field's name.
changed-by = Changed meanwhile by { $by }, at { $at }.
changed-by-yourself = Changed meanwhile by { $by } on another device, at { $at }.
changed-by-somebody = Changed meanwhile by somebody else.
name-seen = Name, you saw
price-seen = Price, you saw
you-saw = You saw
name-now = Name now
price-now = Price now
dish-now = Dish now
order-now = Order now
ticket-now = Ticket now
table-now = Table now
delivery-now = Delivery now
doors-now = Doors now
you-want = You want
order-is-over = It is over
takes-no-orders = Takes no orders
takes-orders = Takes orders
no-longer-on-menu = No longer on the menu
menu-moved = The menu changed since you ordered. As it is, this order will probably come back to you.

# Second thoughts.
change-act = Change
take-back = Take back
take-back-all = Take back all { NUMBER($acts) }
take-this-back = Take this back?
keep-it = Keep it
goes-alone = It has not left this phone, so nobody will ever see it.
# What follows is one after the other.
goes-with-it = { $number ->
    [one] This, and what follows it: { $acts }. Neither has left this phone.
   *[other] This, and the { $number } things that follow it: { $acts }. None has left this phone.
}
acts-semicolon = { "; " }
taken-back = { $acts ->
    [one] Taken back. It never left this phone.
   *[other] { $acts } things taken back. They never left this phone.
}
ask-to-cancel = Ask to cancel it
# Why an act cannot be taken back any more, and why it cannot be changed: the first are sentences of the second.
stays-left = It has left this phone meanwhile, so it cannot be taken back without a trace.
stays-gone = It is not waiting any more.
stays-rested-on = { $acts ->
    [one] Something you did later rests on it. Take that back first.
   *[other] { $acts } things you did later rest on it. Take those back first.
}
cannot-change = It cannot be changed: { $why }
has-left =
    It has left this phone meanwhile, so it cannot be changed or taken back without a trace. An order can still be cancelled
    until the kitchen begins to cook.
change-before-it-leaves = Change it before it leaves
leave-unchanged = Leave it
save-change = Save the change
ready-in-minutes = Ready in, minutes
minutes-needed = A number of minutes is needed.
reason-for-customer = The reason that the customer reads
changed = Your change is saved on this phone.
changed-in-window = Changed, in this window only.
changed-back = It is as it was before, so nothing is sent.
# What cannot be handed over, as a file and on the clipboard.
keep-copy = Keep a copy
copy = Copy

# The outbox.
outbox-lead = What you did on this device, and how far each of it has come.
outbox-empty = Nothing here
outbox-empty-says = When you order, cancel or change something, it is here first, and sent from here.
list-needs-you = Needs you
list-on-their-way = On their way
list-settled = Settled
send-now = Send now
waiting = { $things ->
    [one] { $things } thing waits to be sent.
   *[other] { $things } things wait to be sent.
}
waiting-and-needing-you = { $things ->
    [one] { $things } thing waits to be sent,
   *[other] { $things } things wait to be sent,
} { $needing ->
    [one] { $needing } needs you.
   *[other] { $needing } need you.
}

# The inbox.
inbox-lead = What could not be done as you wanted, and waits for your decision.
inbox-empty = All settled
inbox-empty-says = When something clashes with what others did, it comes back here and you decide.
tapped-at = { $act } · you tapped at { $at }
you-wanted = You wanted
stood-at = It stood at
now = Now
accepted-already = Accepted already
not-accepted-yet = Not accepted yet
fell-with-it = What rested on it was not done either:
total = Total
nothing-left-to-order = nothing left to order
# The choices.
do-not-order = Do not order
leave-it = Leave it
close-table = Close the table: nothing is to be paid
make-bill = Make the bill of { $sum }
reopen-bill = Take the bill back and add it
menu-is-back = The menu is as you saw it again: order
take-changes = Take the changes and order for { $sum }
order-the-rest = Order only the rest for { $sum }
order-now-for = Order now for { $sum }
# Choices for an order whose time is gone.
order-soonest-for = As soon as possible, for { $sum }
another-time = Another time
order-for-time = Order for this time, for { $sum }
# What could be had when the order arrived.
first-time = The next time: { $slot }
no-time = No time could be had
choice-saved = Your choice is saved on this phone and leaves as soon as the server can be reached.
choice-in-window = Your choice is in this window only, and leaves as soon as the server can be reached.
choice-needs-you = Your choice could not be handed over. See the outbox.
choice-on-its-way = Your choice is on its way.
# Two people changed the same field of a dish.
theirs-now = Theirs, now
yours = Yours
use-mine = Use mine
keep-theirs = Keep theirs
or-another-name = Or another name
or-another-price = Or another price, { $currency }
use-this = Use this
# How an item ended.
you-decided = You decided: { $act }.
you-let-go = You let it go.
settled-elsewhere = Settled on another device.
settled-elsewhere-first = Settled on another device first, so your choice here was not needed.
choice-refused = Your choice was not possible any more.

# The sync centre.
centre-lead = How this device stands with the server, and how well it keeps what you do.
see-outbox = See the outbox
on-this-device = On this device
kept = Kept
asked = Asked
room = Room
room-used-of = { $used } of { $quota } used
room-used = { $used } used
room-unknown = The browser does not say.
faults = { $faults ->
    [0] No faults noticed since this page was opened.
    [one] { $faults } fault noticed since this page was opened:
   *[other] { $faults } faults noticed since this page was opened:
}
with-the-server = With the server
last-word = Last word
last-word-at = { $at }, by the server’s clock
no-word = Nothing came yet.
read = Read
read-up-to = Up to change { NUMBER($position) } of the server’s history
read-nothing = Nothing yet
history = History
history-unknown = Not known yet
tabs = Tabs
this-tab-leads = This tab sends and listens for all tabs
another-tab-leads = Another tab of this browser sends and listens
release = Release
device = Device
# What to type is code.
for-developers =
    For developers: open the browser’s console on this page and type { $code }. It shows all of this, act by act and row by
    row.
act-hand-in = { $sum } in cash handed in

# Before a tunnel: what is on this device, and whether all of it is.
prepare-head = Ready for a tunnel?
prepare-says = All of this comes by itself while there is a network. Here you can make sure.
prepare = Prepare for offline
preparing = Preparing…
preparing-files = Fetching what the app needs…
preparing-rows = Fetching what the server has for you…
prepared = All you need is on this device, as of { $clock }.
# used: how much room everything takes, such as “3.4 MB”.
prepared-with = All you need is on this device, as of { $clock }. It takes { $used }.
files-missing = Not all of the app could be fetched, so it may not open without a network. Try again where the network is better.
files-without = This browser keeps no app, so this page does not open without a network. Leave it open.
rows-none = The server could not be reached, and nothing of it is here yet.
rows-old = The server could not be reached. What you see is as of { $clock }.
here-restaurants = { $count ->
    [one] { $count } restaurant
   *[other] { $count } restaurants
}
here-menus = { $count ->
    [one] { $count } menu
   *[other] { $count } menus
}
here-orders = { $count ->
    [one] { $count } order of yours
   *[other] { $count } orders of yours
}
here-tickets = { $count ->
    [one] { $count } order on the board
   *[other] { $count } orders on the board
}
here-tabs = { $count ->
    [one] { $count } table
   *[other] { $count } tables
}
here-deliveries = { $count ->
    [one] { $count } meal to bring
   *[other] { $count } meals to bring
}
