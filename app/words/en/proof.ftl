# Proof at the door: what a driver keeps of a delivery, how far it has come, and what its customer and the desk see of it.

title = At the door
hint = Add a photo, a signature or a word if it helps. It is saved on this phone and sent after the status.
take-photo = Photo
# While a photo is made smaller.
reading = Saving the photo…
take-signature = Signature
take-word = In words
done = Done
pad = Sign here with a finger or a pen
pad-hint = Who cannot sign: close this and choose “In words”.
undo = Undo
clear = Clear
save = Save
back = Back
word-title = How was it handed over?
left-at-door = Left at the door
to-neighbour = Given to a neighbour
word-field = Or in your own words, such as who took it
unreadable = This picture cannot be read here. Take another one.
huge = This file is too large for this phone to read. Take a photo with the camera.
nothing-signed = Nothing is signed yet.
there = It is saved already.
# Above all that follows acts.
on-phone = Photos and signatures
delete = Delete from this phone
of-delivery = Proof of delivery
not-loaded = It is shown as soon as the server can be reached.
not-kept = It was kept for 30 days and is gone.

# name: the customer; clock: when.
delivered-to = Delivered to { $name }
not-delivered-to = Not delivered to { $name }
delivered-at = Delivered at { $clock }
not-delivered-at = Not delivered, at { $clock }

photo = Photo
signature = Signature
word = In words
photo-at = Photo, { $moment }
signature-at = Signature, { $moment }
word-at = In the driver’s words, { $moment }
picture-photo = Photo by the driver, { $moment }
picture-signature = Signature at the door, { $moment }

stage-being-sent = Being sent
stage-only-here = Only in this window
stage-saved = Saved on this phone
stage-sent = Sent
stage-not-sent = Not sent

end-act-refused = What it belongs to was refused, so it is not sent.
end-lost = It is not on this phone any more, so it cannot be sent.
end-called-off = This meal was called off, so no proof is kept. The desk has what you reported.
end-erased = The customer was erased, so nothing about them is kept.
end-too-late = The delivery is over for more than 30 days, so it is not kept any more.
end-too-many = This delivery has as many proofs as it may have.
end-not-yours = This meal was never yours, so the server does not take it.
end-too-large = It is too large for the server.
end-refused = The server does not take it.

full = There is no room for more on this phone. Connect, wait until what waits is sent, and try again. This one was not saved.
signed-out = Nobody is signed in; nothing was saved.
no-act = What it belongs to is not on this phone any more; nothing was saved.
too-large = It is too large to be sent; nothing was saved. Take a smaller one.
