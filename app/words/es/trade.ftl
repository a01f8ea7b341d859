# La vida de un pedido, de una comanda y de una carta.

status-submitted = A la espera del sí de la cocina
status-received = La cocina ha dicho que sí
status-preparing = Preparándose
status-prepared = Listo
status-picked-up = De camino hacia ti
status-handed-over = Entregado en mano
status-delivered = Entregado
status-cancelled = Cancelado
status-rejected = La cocina ha dicho que no

step-ordered = Pedido
step-accepted = Aceptado
step-cooking = Preparándose
step-ready-to-collect = Listo para recoger
step-ready-to-leave = Listo para salir
step-on-its-way = De camino hacia ti
step-delivered = Entregado
step-collected = Recogido
step-cancelled = Cancelado
step-refused = Rechazado

driver-found = Ya hay un repartidor y va a recogerlo.
driver-sought = Se está buscando un repartidor.
fetched-by-driver = Lo recoge un repartidor
no-driver-yet = Aún sin repartidor

cancelled-by-customer = Lo cancelaste a tiempo. No se cobra nada.
cancelled-by-restaurant = El restaurante no pudo aceptarlo. No se cobra nada.
cancelled-by-restaurant-because = El restaurante no pudo aceptarlo: { $reason } No se cobra nada.
cancelled-sold-out = Lo último que quedaba fue para otra persona en el mismo momento: { $dishes }. No se cobra nada.
cancelled-not-paid = No se pudo obtener el dinero: { $reason } No se cobra nada.
cancelled-no-answer = El restaurante no respondió a tiempo. No se cobra nada.
cancelled-no-driver = No se encontró a nadie que lo llevara. No se cobra nada.
cancelled-not-delivered = No se te pudo llevar. No se cobra nada.
cancelled-not-delivered-because = No se te pudo llevar: { $reason } No se cobra nada.
cancelled-nobody-there = Tu repartidor estuvo en la puerta y nadie lo recogió.
cancelled-nobody-there-because = Tu repartidor estuvo en la puerta y nadie lo recogió. { $reason }
cancelled-nobody-there-paid =
    Tu repartidor estuvo en la puerta y nadie lo recogió. Se preparó y se llevó, así que está pagado.
cancelled-nobody-there-paid-because =
    Tu repartidor estuvo en la puerta y nadie lo recogió. { $reason } Se preparó y se llevó, así que está pagado.

pays-at-hand-over = Pagas al restaurante cuando recibes tu comida. Antes no se cobra nada.
pays-by-card =
    La suma se reserva en tu tarjeta antes de que la cocina tenga el pedido y se cobra cuando recibes tu comida.

paid-not-yet = Se pagará con { $card }. Todavía no se ha preguntado a tu banco.
paid-asking = Se pide a tu banco que reserve { $sum } en { $card }.
paid-provider-busy =
    El servicio de pagos está saturado. Se le pide otra vez que reserve { $sum } en { $card }; no se ha perdido nada.
paid-reserved = Hay { $sum } reservados en { $card }. Se cobran cuando recibes tu comida.
paid-declined = No se cobra nada en { $card }.
paid-let-go = No se cobra nada en { $card } y ya no hay nada reservado.
paid-charged = Se cobraron { $sum } en { $card }.
paid-all-given-back = Se cobraron { $sum } en { $card } y se devolvió todo.
paid-some-given-back = Se cobraron { $sum } en { $card } y se devolvieron { $back }.

collects-by-card = { $sum }, pagado con tarjeta
collects-by-card-with-tip = { $sum }, pagado con tarjeta, con { $tip } de propina para ti
collects-at-hand-over = { $sum }, a pagar en la entrega

being-given-back = Se están devolviendo { $sum }.
nothing-to-give-back = No se cobró nada, así que no hay nada que devolver.
were-given-back = Se devolvieron { $sum }.
not-given-back = No se pudieron devolver { $sum } a la tarjeta: { $reason } Devuélvelos de otra forma.

alarm-waiting = { $orders ->
    [one] { $orders } pedido espera tu sí o tu no.
   *[other] { $orders } pedidos esperan tu sí o tu no.
}
alarm-off = La alarma de este dispositivo está apagada.
alarm-deaf = Este navegador no puede sonar: vigila el tablero.
alarm-awaits-tap = El navegador no deja que suene nada hasta que se toque esta página una vez.
alarm-hushed = Silenciada en este dispositivo.

cancel-reason = Pide cancelar: { $reason }
withdrawn-no-answer = Nadie dijo que sí a tiempo, así que se liberó al cliente.
withdrawn-no-driver = No se encontró repartidor.
withdrawn-not-delivered = El repartidor no pudo llevarlo.
withdrawn-nobody-there = El repartidor estuvo en la puerta y nadie lo recogió.
withdrawn-not-paid = No se pudo obtener el dinero.

progress-waiting = Nuevo
progress-accepted = Aceptado
progress-cooking = Preparándose
progress-ready = Listo
progress-handed-over = Entregado en mano
progress-cancelled = Cancelado
progress-refused = Rechazado

errand-open = Nadie lo tiene
errand-assigned = Por recoger
errand-picked-up = En tu bolsa
errand-delivered = Entregado
errand-failed = No entregado
errand-called-off = Anulado

distance-unknown = Distancia desconocida
away = A { $distance }
metres = { NUMBER($metres) } m
kilometres = { $kilometres } km

# In which direction a driver is from a kitchen, as in “1.2 km north-east of …”.
north = norte
north-east = noreste
east = este
south-east = sureste
south = sur
south-west = suroeste
west = oeste
north-west = noroeste

door-by-card = Pagado con tarjeta: no cobres nada
door-by-card-with-tip = Pagado con tarjeta: no cobres nada. { $tip } de propina son para ti
door-take = Cobra { $sum }

collect = Recogida
deliver-to = Llevar a { $address }

change-price = ahora { $sum }
change-sold-out = agotado
change-left = { $left ->
    [one] solo queda { $left }
   *[other] solo quedan { $left }
}
change-gone = ya no está en la carta
change-choices-gone = ya no se ofrece con estas opciones

diet-vegan = vegano
diet-vegetarian = vegetariano
diet-gluten-free = sin gluten
diet-halal = halal
diet-kosher = kosher
diet-low-lactose = bajo en lactosa

open = Abierto
open-closing-soon = Abierto, cierra pronto
opens-in = Abre en { $time }
closed = Cerrado
last-orders-over = Ya no hay pedidos antes del cierre
closed-for-now = Ahora mismo no acepta pedidos
hours-unknown = Horario desconocido
