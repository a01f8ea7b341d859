# Who is here: a guest orders at once, a person signs in, and both can be forgotten.

# To begin a session, and to end it.
sign-in = Sign in
sign-out = Sign out
guest = Guest, not signed in

# The form.
your-account = Your account
account = Account
password = Password
signing-in = Signing in…
# While what a guest did is being sent, before somebody signs in.
sending-first = Sending what waits first…
# To begin a session although something stays behind.
sign-in-all-the-same = Sign in all the same
needs-server =
    Signing in needs the server, and it cannot be reached just now. You can look around and order meanwhile.
# Why one profile knows one person.
one-account =
    This browser keeps one person’s orders at a time. To use a second account beside it, such as the demo kitchen beside
    the demo customer, open a private window.

# Who is signed in: what they can do here.
can-order = You can order, and follow your orders.
for-restaurant = For { $restaurant }.
belongs-elsewhere = This account belongs to another part of Carryout.
go-there = Go there
go-on = Go on
give-up-title = Give up what waits?
keep-it = Keep it

# A guest, and what becomes of what they did. The first is on a box that takes a guest over.
take-over = It was me who ordered here: move it to my account
guest-taken-over = What you did here as a guest is yours now.
# Another tab did something as the guest at the very moment of the sign-in.
guest-stays =
    Something done here as a guest has not been sent yet, so nothing was moved to your account. It goes on after you
    sign out.
being-taken-over = What you ordered as a guest is being moved to your account.
# Under a guest's order.
keep-order =
    Only this phone shows this order. Sign in to keep it in your account and to follow it on other devices too; it is
    moved with you.
# To leave no trace of a guest on this device.
not-your-device = Not your device?
forget-guest = Forget me on this device
forget-title = Forget what you did here?
forgetting-guest =
    Your name, your cart and your orders are gone from this device. An order that the kitchen has goes on, and nobody
    can follow or cancel it from here any more.

# What can be done about one's data.
your-data = Your data
export = Keep a copy of my data
export-says = Your orders, your inbox and what you did here, as a file. It needs no network.
erase = Erase my data
erase-title = Erase everything?
erasing-says =
    Your name, your addresses, your notes and your account are erased, on our servers and on every device that you use.
    What you ordered is kept without them.
erasing-cannot-be-undone =
    Nobody can bring it back, and nobody can sign in to this account again. An order that is under way is brought to its
    end first.
erased = Your data is erased, here and on our servers.
