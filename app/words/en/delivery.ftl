# A driver's shift: what is offered, what is fetched, and what is brought.

shift = Your shift
# meals: how many the driver has taken on.
shift-with = { $meals ->
    [one] Your shift: { $meals } meal
   *[other] Your shift: { $meals } meals
}
shift-offer = A meal for you
other-signed-in = Somebody else is signed in on this browser. Use a private window, or sign in with your own account.
nobody-signed-in = Meals are offered to drivers who are signed in.
sign-in-as-driver = Sign in as a driver
on-duty = You are on duty. Meals are offered to you.
off-duty = You are off duty.
go-off-duty = Go off duty
go-on-duty = Go on duty

# An offer; left: the seconds until somebody else may have it.
offer-left = Yours to take for { NUMBER($left) } s
offer-any-moment = It may be somebody else’s any moment
take-it = Take it
leave-it = Leave it to somebody else
offer-head = A meal to fetch
claimed-head = You said yes
claimed-unheard = It is yours once the server has heard you in time; until then do not set out for it.

# A meal that the driver fetches or has.
ready-on-the-pass = Ready on the pass
not-ready-yet = Not ready yet
fetch-at = Fetch at
wanted-for = Wanted
bring-to = Bring to
phone = Phone
note = Note
money = Money
called-off = Nobody wants this meal any more. You need not fetch it.
i-have-it = I have it
cannot-fetch = I cannot fetch it
delivered = Delivered

# Why it could not be brought: questions, and what drivers answer most.
nobody-there-ask = Nobody is there…
nobody-there-title = Nobody is there?
nobody-there-says =
    Ring, call, and wait some minutes first. The customer reads what you did; a card is charged, because it was cooked and
    brought.
nobody-there-confirm = Nobody is there
tried-rang = Rang and called, nobody opens
tried-phone-off = Nobody opens, the phone is off
fails-ask = I cannot bring it…
fails-title = Not delivered?
fails-says = The customer reads the reason and pays nothing.
fails-confirm = It is not delivered
fails-address = The address is not there
fails-spoilt = The meal is spoilt

# What a driver took in. There is no wage here: cash that is the house’s, and tips that are the driver’s.
takings = Cash and tips
takings-what =
    No wage is counted here: the meals that you brought, the cash that you carry for the house, and tips by card that are owed to
    you.
takings-carried = You carry
takings-nothing = No meal is counted yet. What you take at a door is counted when you tap “Delivered”.
# meals: deliveries that were tapped on this phone and that the server has not heard of.
takings-waiting = { $meals ->
    [one] { $meals } meal of it waits on this phone to be sent
   *[other] { $meals } meals of it wait on this phone to be sent
}
# currency: its three letters, such as EUR.
takings-amount = How much you handed in ({ $currency })
takings-all-of-it = All of it
takings-hand-in = I handed it in
takings-today = Today
takings-before = Before that
takings-day-ends = A day here ends at { $clock }.
takings-no-meal = No meal yet
takings-meals = Meals
takings-cash = Cash at the door
takings-tips = Tips by card
takings-owed = { $tips } in all, to be paid out by the house
takings-handed-in = Handed in
takings-latest = The latest meals
takings-by-card = By card
takings-by-card-with-tip = By card, { $tip } is yours
takings-waits = Waits to be sent

# A driver's place. It is told while they look at the page, and kept nowhere.
sighted = While you have a meal in your bag and look at this page, whoever waits for it sees about where you are.
not-sighted = Your phone does not say where it is just now, so nobody sees it.
