# What can be said when a browser threw away what was kept on this device, a sentence each: what is known, and never that nothing
# was lost.

happened = This browser threw away what Carryout kept on this device.
noted = { $things ->
    [one] When it was last noted here, { $things } thing was waiting to be sent, the oldest since { $since }.
   *[other] When it was last noted here, { $things } things were waiting to be sent, the oldest since { $since }.
}

# What the server knows of it.
known-awaited = The server is asked what it knows as soon as it answers.
known-nothing = The server had not heard what waited here.
known-none-waited = When the server last heard from this device, nothing was known to wait.
known-all-arrived = What the server knew to be waiting on this device has arrived.
known-missing = { $things ->
    [one] { $things } thing known to be waiting on this device has never arrived.
   *[other] { $things } things known to be waiting on this device have never arrived.
}

may-be-lost = What was done here before may be lost.
may-be-lost-since = What was done here since { $since } may be lost.
advice = Whatever had reached the server is safe there. Look at it, and do again what is missing.
# On the button of whoever read it all.
was-read = I have read this
