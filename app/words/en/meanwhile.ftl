# What others changed under something that is still on its way.

# Before what was seen, what stands there now, and what is wanted. A field is a name such as "Price" or "Order".
you-saw = { $field }, you saw
is-now = { $field } now
you-want = You want

# Fields.
dish = Dish
order = Order
ticket = Ticket
table = Table
delivery = Delivery
doors = Doors

# What is so now of a dish, of what was looked after, and of a restaurant's doors.
no-longer-on-menu = No longer on the menu
is-over = It is over
takes-orders = Takes orders
takes-no-orders = Takes no orders
