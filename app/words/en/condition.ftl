# How this device stands: on the status line, in the sync centre, and above every screen.

# On the status line, in two or three words.
not-kept = Nothing is kept here
storage-fails = Saving fails here
lost = Something may be lost
update-needed = Please update
other-account = Somebody else is signed in
session-over = Signed out
offline = No network
unreachable = Server unreachable
stalled = Stuck; trying anew
needs-you = Something needs you
unreadable = Waiting for an update
nearly-full = Almost no room left
rows-not-kept = Menus are not kept here
connecting = Connecting…
sending = Sending…
syncing = Catching up…
signed-out = Online, signed out
up-to-date = Up to date

# What it means for the person, in whole sentences. Why nothing is kept is a sentence.
not-kept-says =
    { $why } You can order while the server can be reached. What has not been sent when you close this window is gone.
keeps-nothing = This window keeps nothing.
saving-fails = Storing on this device fails.
offline-says = This device says that it has no network. What you do is saved here and leaves by itself.
# Where nothing is kept.
offline-unkept-says =
    This device says that it has no network. What you do waits in this window, and leaves by itself if the window is still
    open then.
unreachable-says =
    The server does not answer, although there may be a network. What you do is saved here and leaves by itself.
unreachable-unkept-says =
    The server does not answer, although there may be a network. What you do waits in this window, and leaves by itself if
    the window is still open then.
stalled-says = What waits does not move although the server is there. It is being tried anew.
needs-you-says = { $things ->
    [one] { $things } thing needs you, because the server could not take it. See the outbox.
   *[other] { $things } things need you, because the server could not take it. See the outbox.
}
unreadable-says = { $things ->
    [one] { $things } thing was written by a newer release and waits here for the update. Nothing is lost.
   *[other] { $things } things were written by a newer release and wait here for the update. Nothing is lost.
}
nearly-full-says =
    This device has almost no room left for Carryout. Free some, so that what you do can still be saved.
rows-not-kept-says =
    Menus and orders are shown and not kept on this device for now, so that there is room for what you do. Without a
    network they are gone when you close this page; what you do is still saved.
connecting-says = The server is being asked whether it is there.
sending-says = { $things ->
    [one] { $things } thing is on the way to the server.
   *[other] { $things } things are on the way to the server.
}
syncing-says = What others did meanwhile is being fetched.
signed-out-says = Nobody is signed in. You can look around and fill a cart.
up-to-date-says = All that the server has for you is on this device.

# Beside the words on the status line, one after the other: what waits, and how old it is what is seen.
not-sent = { NUMBER($things) } not sent
saved-not-sent = { NUMBER($things) } saved, not sent
to-send = { NUMBER($things) } to send
need-you = { $things ->
    [one] { $things } needs you
   *[other] { $things } need you
}
not-all-loaded = not all loaded yet
as-of = as of { $at }

# How long the browser keeps things, and whether it was asked to keep them for good.
kept-durably = Until you delete it yourself.
kept-while-room = As long as the browser has room.
kept-while-room-home-screen = As long as the browser has room. Putting Carryout on the home screen often helps.
kept-in-window = Until this window is closed, and no longer.
keeping-moot = The browser keeps nothing here, so there is nothing to ask for.
keeping-granted = The browser agreed to keep it for good.
keeping-denied = The browser was asked to keep it for good, and has not agreed.
keeping-not-asked = The browser is asked to keep it for good when you do something that matters.
browser-may-delete =
    The browser may delete what is kept on this device when it runs out of room. Putting Carryout on the home screen often
    helps. Whatever has reached the server is safe.

# What could not be made sense of.
fault-row = Something that came cannot be read by this release; the rest goes on without it.
fault-act = Something you did cannot be read by this release; it waits for the update.
fault-word = The server said something that this release cannot read.
fault-digest = What is here did not add up to what the server has, and was fetched again.
fault-stalled = What waited did not move, and sending was begun anew.

# Bytes as a person counts them: 4.2 MB.
bytes = { NUMBER($bytes) } bytes
kilobytes = { $amount } kB
megabytes = { $amount } MB
gigabytes = { $amount } GB
