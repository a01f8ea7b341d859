# What the parts of every screen say by themselves.

# On the sign's own menu of languages.
language = Language
language-missing = The words for { $name } could not be fetched. Choose it again when you are connected.
loading = Loading
updating = Updating…
update-now = Update now

nothing-here = There is nothing here
leads-nowhere = This address leads nowhere
an-old-link = It may be an old link.
to-the-start = To the start

one-fewer = One fewer
one-more = One more

in-your-own-words = In your own words
how-much-of = How much, of { $most }
# What was typed is no such amount.
amount-at-most = It must be more than nothing, and at most { $most }.
not-an-amount = "{ $text }" is not an amount of money.
too-many-decimals = "{ $text }" has more decimals than { $currency } has ({ NUMBER($decimals) }).
amount-too-large = "{ $text }" is too large.

give-back = Give money back…
give-back-title = Give money back?
give-back-says = It goes back to the card that paid. Your colleagues read why; the customer sees the sum.
give-it-back = Give it back

# Read out: an act of one's own, and how far it has come.
act-news = { $act }: { $step }.
# Read out: an order, by its number or by the letters that it has until then.
order-news = Order number { $number }: { $step }.
order-unnumbered-news = Order { $letters }: { $step }.

# An option's price on top of the dish's, and one that makes it cheaper.
adds = + { $sum }
takes-off = − { $sum }
share = Share
address-copied = The address was copied.
ready-for-offline = Carryout is on this device now, and opens without a network too.
# Asked for a place, by a driver, by who waits, by who is hungry.
here-unknown = This device does not say where it is.
