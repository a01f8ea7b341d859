# How the whole system goes, for operators.

system = System
# Behind why there is no newer answer.
said-at = This is as of { $at }.
parts = Parts
what-is-well = What is well
server-as-of = Server { $version }, as of { $at }
verdict = { $parts ->
    [0] All parts are well.
    [one] { $parts } part is not well.
   *[other] { $parts } parts are not well.
}

# The parts, and the store among them.
the-store = The store
part-trigger = Publishing of facts
part-live = News to screens
part-clock = Timers
part-resubmit = Trying faults again
part-payment-egress = Calls to the bank
part-payment-look = Looking for money
part-partner-egress = Calls to partners
part-push-egress = Notifications
part-erasure = Erasing
part-delivery-proofs = Letting old photos go
part-replay = Replays
part-dashboard = Counting for this page
part-drift = Comparing orders
part-reporting = Figures by day
part-archive = Keeping what is over
part-search = Finding orders again
part-payments = The bank
part-partners = Restaurants’ own systems
part-push = Push services of browsers
# By the name that the server has for it.
part-service = Service { $name }

# How a part is, behind its name.
commit-fast = a commit takes less than 1 ms
commit-takes = a commit takes { NUMBER($milliseconds) } ms
store-holds = { NUMBER($facts) } facts, { $truth } and { $views }
task-well = does what it is for
task-behind = { $facts ->
    [one] { $facts } fact behind
   *[other] { $facts } facts behind
}
task-behind-for = { $facts ->
    [one] { $facts } fact behind, the first for { $age }
   *[other] { $facts } facts behind, the first for { $age }
}
task-waits = { $facts ->
    [one] { $facts } fact waits to be tried again
   *[other] { $facts } facts wait to be tried again
}
task-failed = failed, and begins again by itself
# What it failed with is a sentence of the server's, in English.
began-again = { $times ->
    [one] began again { $times } time, last at { $at }: { $why }
   *[other] began again { $times } times, last at { $at }: { $why }
}
outside-absent = not in use
outside-answers = answers
calls-wait = { $calls ->
    [one] { $calls } call waits
   *[other] { $calls } calls wait
}
calls-wait-for = { $calls ->
    [one] { $calls } call waits, the first for { $age }
   *[other] { $calls } calls wait, the first for { $age }
}
silent-calls-wait = { $calls ->
    [one] does not answer; { $calls } call waits
   *[other] does not answer; { $calls } calls wait
}
silent-calls-wait-for = { $calls ->
    [one] does not answer; { $calls } call waits, the first for { $age }
   *[other] does not answer; { $calls } calls wait, the first for { $age }
}
under-a-minute = less than a minute

# Orders.
orders-under-way = Orders under way
no-orders-under-way = There are none.
orders-since = { NUMBER($orders) }, the first for { $age }
status-for = { $status }, for { $age }
not-compared = What services hold of orders was not compared yet.
compared-alike = { $orders ->
    [one] { $orders } order was compared with what every service holds at { $at }: nothing differed.
   *[other] { $orders } orders were compared with what every service holds at { $at }: nothing differed.
}
compared-mended = { $orders ->
    [one] { $orders } order was compared with what every service holds at { $at }: { NUMBER($differed) } differed and mended.
   *[other] { $orders } orders were compared with what every service holds at { $at }: { NUMBER($differed) } differed and mended.
}

# What happens, and how often.
what-happens = What happens
fact = Fact
minute = Minute
hour = Hour
day = Day

# The apps.
apps-in-use = Apps in use
talks = { $screens ->
    [one] { $screens } screen is told of news now.
   *[other] { $screens } screens are told of news now.
}
devices-and-acts = { $devices ->
    [one] { $devices } device,
   *[other] { $devices } devices,
} { $acts ->
    [one] { $acts } act waits
   *[other] { $acts } acts wait
}
heard-of-at = heard of at { $at }
release-unnamed = a release that does not say which

# Faults. Services and causes are named as the server has them, in English.
faults = Faults
could-not-do = What it could not do
nothing-went-wrong = Nothing went wrong that anybody would have to see to.
service-waits = { $facts ->
    [one] { $service }: { $facts } fact waits
   *[other] { $service }: { $facts } facts wait
}
waits-behind-them = { $facts ->
    [one] { $facts } more waits behind them.
   *[other] { $facts } more wait behind them.
}
tried-times = { $kinds }, tried { NUMBER($tries) } times, since { $since }
try-these-again = { $facts ->
    [one] Try it again
   *[other] Try these { $facts } again
}
tried-again = Tried again
# How it ended is a sentence: what is done, what failed again and what was gone, one after the other.
tried-by = { $faults ->
    [one] { $at } { $by }: { $faults } fault of { $services }. { $how }
   *[other] { $at } { $by }: { $faults } faults of { $services }. { $how }
}
tried-well = { $faults ->
    [one] { $faults } is done
   *[other] { $faults } are done
}
tried-in-vain = { NUMBER($faults) } failed again
tried-gone = { NUMBER($faults) } waited no longer
still-to-be-tried = { NUMBER($faults) } are still to be tried.
told-of = Told of
told = { $at } { $kind } ({ NUMBER($times) }×): { $detail }
what-about = What it was about
# What was told of, by its kind.
kind-unreadable-row = unreadable row
kind-unreadable-act = unreadable act
kind-unreadable-word = unreadable word
kind-digest-differs = digest differs
kind-stalled = stalled
kind-act-failed = act failed
kind-fact-parked = fact parked
kind-replay-failed = replay failed
kind-drifted = drifted
kind-task-failed = task failed
kind-money-stuck = money stuck
kind-clock-failed = clock failed
kind-partner-not-told = partner not told
kind-push-refused = push service refused
