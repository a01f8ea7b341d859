# What is eaten in the house: waiters keep tables, the kitchen cooks for them. "The guests" sit at a table.

tables = Tables
all-tables = All tables
# What a tab is called: by its table, or by the letters of an order at the counter.
table-named = Table { $name }
counter-named = Counter { $letters }

# How far a tab has come.
stage-open = Open
stage-billed = Bill is out
stage-paid = Paid
stage-closed = Closed

# Where a line stands. A reason is a sentence.
line-not-billed = Not billed: { $reason }
line-added = Not sent yet
line-to-serve = To serve
line-in-kitchen = In the kitchen
line-one-more = There was one more: to serve
line-gone = Sold out: tell the guests
line-taken-back = Taken back
line-served = Served

# How a tab was paid: by what, with a tip or without, and what was given back of it.
paid-cash = { $sum } paid in cash.
paid-cash-tip = { $sum } paid in cash, and { $tip } tip.
paid-cash-back = { $sum } paid in cash; { $back } given back.
paid-cash-tip-back = { $sum } paid in cash, and { $tip } tip; { $back } given back.
paid-card = { $sum } paid by card.
paid-card-tip = { $sum } paid by card, and { $tip } tip.
paid-card-back = { $sum } paid by card; { $back } given back.
paid-card-tip-back = { $sum } paid by card, and { $tip } tip; { $back } given back.

# Why the house says no.
no-such-table = There is no such table here.
no-such-line = That is not on the table’s list.
no-menu-yet = The menu is not on this device yet.
not-on-menu = It is not on the menu any more. Tell the guests; nothing was added.
cannot-be-had-so = { $reason } Nothing was added.
bill-was-out = The bill was out already. Take the bill back, and they can order on.
was-paid = The bill was paid already, perhaps at a colleague’s screen.
was-closed = The table was closed before that.
was-served = { $dish } was served already, so it stays on the bill.
was-not-served = { $dish } was not served: take it back instead.
not-ready-yet = The kitchen does not have { $dish } ready yet.
still-to-serve = { $lines ->
    [one] { $lines } line is still to be served, or taken back.
   *[other] { $lines } lines are still to be served, or taken back.
}
comes-to = The bill comes to { $sum } by now.
comes-to-nothing = The bill comes to nothing by now.
no-bill = There is no bill yet.
not-paid = The bill is not paid yet.
owes = The guests are to have { $sum } back first.
table-is-gone = This table is gone.
tip-at-most = A tip is at most { $most }.
sign-in-first = Sign in as a restaurant first.
# What something comes to, where it comes to nothing.
nothing = nothing

# What an act is, in the outbox. The table is named as above: "Table 5: the guests left".
act-open = Open table { $name }
act-open-counter = Begin an order at the counter
act-add = { $table }: { NUMBER($count) }× { $dish }
act-take-back = { $table }: take { $dish } back
act-send = { $lines ->
    [one] { $table }: send { $lines } line
   *[other] { $table }: send { $lines } lines
}
act-ready = { $lines ->
    [one] { $table }: { $lines } line ready
   *[other] { $table }: { $lines } lines ready
}
act-serve = { $lines ->
    [one] { $table }: { $lines } line served
   *[other] { $table }: { $lines } lines served
}
act-bill = { $table }: the bill, { $sum }
act-bill-nothing = { $table }: the bill, nothing
act-write-off = { $table }: { $dish } is not billed: { $reason }
act-give-back = { $table }: money given back
act-order-on = { $table }: take the bill back
act-declined = { $table }: a card was declined
act-paid-cash = { $table }: { $sum } paid in cash
act-paid-card = { $table }: { $sum } paid by card
act-left = { $table }: the guests left

# The list of tables.
tables-are-whose = The tables of the restaurant whose account is signed in are kept here.
no-table = No table is open
no-table-says = Open one when guests sit down. It works without a network, too.
closed-last = Closed, the last { NUMBER($tables) }
table = Table
open = Open
counter-order = Counter order
closed-at = closed { $time }
to-serve = { NUMBER($lines) } to serve
gone = { NUMBER($lines) } sold out: tell the guests
opened-twice = Opened twice

# One table.
not-here = This table is not on this device
not-here-says = It may be another house’s, or not loaded yet.
ordered = Ordered
nothing-ordered = Nothing is ordered yet: tap a dish below.
total = Total
card-declined = A card was declined at { $time }. Nothing is paid: try another card, or cash.
owed-back = Give { $sum } back: it was paid and could not be had.
# The link is a place in the sentence that can be tapped: it says `other-list`.
has-a-twin =
    This table was opened twice. { $link } has its own lines and its own bill: take here what is not yet there.
other-list = The other list

# What can be done with a line.
served = Served
take-back = Take back
guests-know = The guests know
write-off = Not billed…
write-off-title = Not on the bill?
write-off-says = It stays on the list as served, and is not to be paid. A bill that is out is made anew.
write-off-it = Take it off the bill
# Why it is not billed, most often.
off-on-the-house = On the house
off-by-mistake = Tapped by mistake
off-guests-left = The guests left

# What comes next for a table: its buttons.
all-served = All { NUMBER($lines) } served
send-lines = { $lines ->
    [one] Send the order: { $lines } line
   *[other] Send the order: { $lines } lines
}
bill = Bill: { $sum }
leave = Close: nothing is to be paid
pay-cash = Paid in cash: { $sum }
pay-card = Paid by card: { $sum }
declined = Card declined
order-on = They order on
give-back-owed = { $sum } given back
guests-have-left = The guests have left
tip = Tip, if any

# On the kitchen's board.
from-tables = From the tables
ready = Ready
ready-dish = Ready: { $dish }
ready-table = { $table } ready
all-ready = All ready
all-ready-for = All ready for { $table }
gone-do-not-cook = Sold out: do not cook
taken-back-do-not-cook = Taken back: do not cook

# The menu to add from.
search-menu = Search the menu
number-options-note = { $dish }: number, options, note
added = { NUMBER($count) }× { $dish } added.
word-to-kitchen = A word to the kitchen
