# Who is here, what they take over, and what they leave behind. A thing is what somebody did here and what has to reach the server.

signed-in-as = Signed in as { $account }

# What signing out does to what waits, in a browser that keeps things and in one that does not; then the ways out.
sealed-until-you-return = { $things ->
    [one] { $things } thing is still to be sent. Sign out, and it stays on this device, sealed, until you sign in again.
   *[other] { $things } things are still to be sent. Sign out, and it stays on this device, sealed, until you sign in again.
}
sealed-in-window = { $things ->
    [one] { $things } thing is still to be sent. Sign out, and it stays in this window, sealed, until you sign in again.
   *[other] { $things } things are still to be sent. Sign out, and it stays in this window, sealed, until you sign in again.
}
send-and-sign-out = { $things ->
    [one] Send { $things } thing first
   *[other] Send { $things } things first
}
discard-and-sign-out = { $things ->
    [one] Discard { $things } thing and sign out
   *[other] Discard { $things } things and sign out
}
discarding = { $things ->
    [one] { $things } thing will never be sent. This cannot be undone.
   *[other] { $things } things will never be sent. This cannot be undone.
}
not-sent = { $things ->
    [one] { $things } thing still waits on this phone, so you are still signed in.
   *[other] { $things } things still wait on this phone, so you are still signed in.
}
# What somebody else did here, and what this device keeps.
sealed-here = { $things ->
    [one] { $things } thing is kept on this device for somebody else, sealed. Only their own sign-in sends it.
   *[other] { $things } things are kept on this device for somebody else, sealed. Only their own sign-in sends it.
}

# What a person takes over from the guest they were, before they sign in.
orders-move-with-you = { $orders ->
    [one] Your order will be moved to your account.
   *[other] Your { $orders } orders will be moved to your account.
}
orders-and-cart-move-with-you = { $orders ->
    [one] Your order and cart will be moved to your account.
   *[other] Your { $orders } orders and cart will be moved to your account.
}
cart-moves-with-you = Your cart will be moved to your account.

# What a guest did and what did not leave, before somebody signs in: while it still may, and when it no longer may.
left-behind-for-now = { $things ->
    [one]
        { $things } thing you did as a guest could not be sent. It stays on this device, sealed. Until all has left,
        nothing is moved to an account: wait, or sign in all the same, and it goes on after you sign out.
   *[other]
        { $things } things you did as a guest could not be sent. They stay on this device, sealed. Until all has left,
        nothing is moved to an account: wait, or sign in all the same, and it goes on after you sign out.
}
left-behind = { $things ->
    [one]
        { $things } thing you did as a guest could not be sent. It stays on this device, sealed. The rest is moved to
        your account.
   *[other]
        { $things } things you did as a guest could not be sent. They stay on this device, sealed. The rest is moved to
        your account.
}
# Why a guest cannot be forgotten yet.
not-forgotten-while = { $things ->
    [one]
        { $things } thing you did here still waits to be sent, and nobody else could. Send or take back what waits
        first.
   *[other]
        { $things } things you did here still wait to be sent, and nobody else could. Send or take back what waits
        first.
}

# A cart that was filled before the sign-in has joined one that was there; so many lines had no room.
carts-joined = What you had picked was added to the cart you had at the same restaurant.
carts-joined-in-part = { $lines ->
    [one]
        What you had picked was added to the cart you had at the same restaurant, but { $lines } line had no room.
   *[other]
        What you had picked was added to the cart you had at the same restaurant, but { $lines } lines had no room.
}

# Somebody asked to be erased everywhere, and has so many orders under way.
erasing = Your data is about to be erased: it takes a minute or two. Then this device forgets you.
erasing-after = { $orders ->
    [one] Your data will be erased when your order is over. Until then the kitchen and the driver need it.
   *[other] Your data will be erased when your { $orders } orders are over. Until then the kitchen and the driver need it.
}
