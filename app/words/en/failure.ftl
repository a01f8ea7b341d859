# Why this device could not keep or read something, and why the server did not answer or said no. Whole sentences.

# Keeping and reading.
store-full = This device has no room left; what you wrote is still on this screen. Free some room and try again.
store-refused = This browser keeps nothing for this page (private window, or storage switched off).
store-blocked =
    Another tab holds this device's storage; close the other tabs of this site, and this one goes on by itself.
store-newer = A newer version of this page is open in another tab; nothing is lost. Load this page again.
store-evicted =
    The browser threw this device's storage away, and another tab has begun anew; load this page again.
store-slow = This device's storage does not answer; nothing is saved until it does.
store-fenced = Another tab has taken over.
store-too-large =
    This has { NUMBER($bytes) } bytes, and { NUMBER($most) } are the most that is kept of one act; nothing was saved, and
    what you wrote is still on this screen. Make it shorter, or do it in parts.
store-other-person =
    Somebody signed in or out in another tab; nothing was saved. See who is signed in, and do it again.
store-lost = The connection to this device's storage was lost.
# By the browser's name for it.
store-other = This device's storage failed ({ $name }).

# Asking the server for what is not kept here.
unreached = The server cannot be reached, and this is not kept on this device.
page-left = This page was left.
signed-out = Nothing was done. What you did on this device is kept; sign in, and it is sent.
server-slow = It may have been done or not. Send it again: the same act is never done twice.
server-stopping = Open requests are finished; send new ones again soon.
server-busy = Nothing was changed as far as is known here; what is on the device is kept. Send it again.
server-fault = A fault of ours. What was not answered as done may be sent again.
# What the server says in its own words, which are English. Other languages say whose words they are.
server-says = { $words }

# Signing in and out.
sign-in-unreachable =
    The server cannot be reached, and signing in or out needs it; what you did is kept on this device.
still-waiting = Something that was done in another tab has not been sent yet; it is kept. Send it first.
wrong-credentials = Nobody was signed in. Check both and try again; what you did on this device is kept.
not-right = The name or the password is not right.
too-many-attempts =
    Nobody was signed in. Try again in { NUMBER($seconds) } seconds; what you did on this device is kept.
too-many-tries = Too many tries; wait a minute and try again.
account-erased = Nobody was signed in. All of it was erased at its owner's wish; this device forgets it, too.
