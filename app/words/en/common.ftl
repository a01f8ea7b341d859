# Words that all screens use.

outbox = Outbox
inbox = Inbox
sync-centre = Sync centre
try-again = Try again
all-right = All right
back = Back
saving = Saving…
copied = Copied.
not-copied = The browser did not let it be copied. Keep a copy as a file instead.
no-file = The browser has no room to make the file. Close other pages, and try it again.
cannot-open = Carryout cannot start here
nothing-yet =
    Nothing has been loaded on this device yet, and the server cannot be reached. As soon as it can, this page fills by
    itself.

# A name with what waits behind it: "Inbox: 2".
with-count = { $name }: { NUMBER($number) }
# Between things that stand one after the other.
list-comma = { ", " }

# How long: as short as it can be read.
minutes = { NUMBER($minutes) } min
hours = { NUMBER($hours) } h
hours-minutes = { NUMBER($hours) } h { NUMBER($minutes) } min
# From two days on.
days = { $days ->
    [one] { $days } day
   *[other] { $days } days
}
# Two times: "18:30 – 18:45", or "20 Nov, 18:30 – 18:45".
from-to = { $from } – { $to }
# Heads of lists of times.
today = Today
tomorrow = Tomorrow
# A day and the time on it: "20 Nov, 14:05".
day-and-clock = { $day }, { $clock }
