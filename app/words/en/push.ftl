# Notifications while Carryout is closed: on the page of an order, and in the sync centre.
notifications = Notifications
# Under an order that is on its way: a button, and what it does.
tell-me = Tell me what becomes of it
tell-me-says = Also with Carryout closed. Your browser asks you once.
is-told = You are told what becomes of it, also with Carryout closed.
choose = Choose what you are told

# How it stands.
is-off = Nothing is told while Carryout is closed.
is-on = This device is told also while Carryout is closed.
is-to-be-renewed = Your browser let this go. It is set up again at the next start with a connection.
not-yet = This browser is still saving Carryout on this device. Try again in a moment.
is-denied = Your browser does not let Carryout notify you. You can allow it in the browser’s settings for this page.
is-unsupported = This browser cannot notify you while Carryout is closed.
wants-home-screen = On this phone that works once Carryout is on the home screen: Share, then Add to Home Screen.
failed = That needs a connection to the server and to your browser’s push service, and one of them did not answer. Nothing was changed.
holds-nothing = A notification says what happened. Names, addresses and dishes stay out of it.

# What one may be told of, each with a box to tick.
topic-accepted = The kitchen says yes
topic-ready = It is ready, or on its way
topic-delivered = It was delivered
topic-trouble = It is cancelled, or nobody answers
topic-new-order = A new order waits for a yes or a no
topic-offer = A meal is offered to you
