# Por qué algo no pudo ser: un no de la casa, del servidor o del dispositivo.

no-such-restaurant = Este restaurante ya no está aquí.
claimed-before = Estos pedidos ya se pasaron antes a otra cuenta.
no-such-place = Este teléfono no sabe dónde está.
no-zone = Esta cuenta todavía no reparte en ninguna zona.
offer-gone = La comida ya es de otra persona o ya no la quiere nadie.

empty-cart = No hay nada en la cesta.
other-prices = { $dishes ->
    [one] Un plato tiene ahora otro precio.
   *[other] Algunos platos tienen ahora otro precio.
}
dishes-gone = { $dishes ->
    [one] { $dishes } plato no está disponible como lo querías.
   *[other] { $dishes } platos no están disponibles como los querías.
}
prices-and-dishes = Han cambiado precios y no todo está disponible.
opens-in = El restaurante está cerrado y abre en { $time }.
closed = El restaurante no acepta pedidos ahora mismo.
last-orders-over = El restaurante cierra antes de que tu comida esté lista.
last-orders-over-opens-in = El restaurante cierra antes de que tu comida esté lista y vuelve a abrir en { $time }.
slot-past = La hora que elegiste, { $slot }, ya ha pasado.
slot-too-soon = La cocina no puede tenerlo listo para la hora que elegiste, { $slot }.
slot-closed = La cocina no está abierta para la hora que elegiste, { $slot }.
slot-paused = El restaurante no acepta pedidos ahora mismo, tampoco para la hora que elegiste: { $slot }.
slot-too-far = La hora que elegiste, { $slot }, queda demasiado lejos.
already-placed = Este pedido ya estaba hecho. Hay un pedido, no dos.
no-such-order = No hay ningún pedido así.
late-ready = Es demasiado tarde para cancelar: el pedido está listo.
late-on-its-way = Es demasiado tarde para cancelar: tu comida va de camino.
late-delivered = Es demasiado tarde para cancelar: tu comida ya se entregó.
late-handed-over = Es demasiado tarde para cancelar: el pedido ya se entregó en mano.
late-over = No hay nada que cancelar: el pedido ya había terminado.
late-cooking = Es demasiado tarde para cancelar: la cocina ya ha empezado a cocinar.

no-such-ticket = No hay ninguna comanda así.
ticket-taken-back = El cliente retiró el pedido antes.
ticket-refused = El pedido se había rechazado.
ticket-left = El pedido ya había salido de la cocina.
ticket-accepted = El pedido ya se había aceptado, quizá en otra pantalla.
ticket-not-accepted = Primero hay que aceptar el pedido.
no-more-to-give-back = Quedan { $most } por devolver como máximo.
nothing-to-give-back = No hay nada que devolver: no ha pagado ninguna tarjeta o ya se devolvió todo.

no-such-errand = No hay ninguna entrega así.
picked-up = Ya tienes la comida: llévala o di por qué no puedes.
not-picked-up = Todavía no tienes la comida: devuelve el encargo en su lugar.

kitchen-has-answered = La cocina ha respondido o el pedido ya terminó.
driver-has-it = Lo tiene un repartidor o el pedido ya terminó.
seen-to = Alguien se ocupó entretanto, quizá alguien del equipo.
not-to-be-given-up = Este pedido ya terminó. Ciérralo cuando esté resuelto.
not-to-be-settled = Le hace falta una cocina, un repartidor o un final.

no-such-dish = Este plato ya no está en la carta.
edited-meanwhile = Otra persona cambió el mismo plato entretanto.

rested-on-refused = Se rechazó algo de lo que dependía, así que tampoco se hizo.
stale = Llegó al servidor { $time } después de que tocaras, así que no se cocinó sin preguntar.
not-allowed = Esta cuenta no puede hacer eso.
already-settled = Eso ya estaba resuelto, quizá en otro dispositivo.

title-menu-changed = La carta cambió antes de que llegara tu pedido
title-closed = El restaurante estaba cerrado cuando llegó tu pedido
title-slot-gone = La hora que elegiste no está disponible
title-already-placed = Pedido una vez, tocado dos
title-not-cancelled = El pedido no se pudo cancelar
title-not-placed = El pedido no se pudo hacer
title-ticket = La comanda ya había avanzado
title-edited-meanwhile = Dos personas cambiaron el mismo plato
title-dish = El plato no se cambió
title-driver = No estás de turno
title-offer = La comida fue para otra persona
title-errand = La entrega ya había avanzado
title-case = El pedido ya había avanzado
title-bill = La cuenta había cambiado
title-table = La mesa ya había avanzado
title-guest = Los pedidos del invitado no se pasaron
title-stale = Tu pedido tardó demasiado en llegar
title-not-done = Esto no se hizo

sign-in-first = Inicia sesión primero; lo que escribiste se conserva.
somebody-else = Entretanto otra persona inició sesión aquí, así que no se hizo. Si todavía lo quieres, hazlo otra vez.
outbox-full =
    En este dispositivo ya esperan { NUMBER($waiting) } cosas, que son todas las que caben. Se conservan; esta no se hizo.
    Vuelve a conectarte para que puedan salir y hazlo otra vez.
stays-left = Ya no se puede cambiar: ya ha salido de este dispositivo.
stays-gone = Ya no se puede cambiar: ya no está.
stays-rested-on = { $later ->
    [one] Ya no se puede cambiar: { $later } cosa posterior depende de ella.
   *[other] Ya no se puede cambiar: { $later } cosas posteriores dependen de ella.
}

not-saved = No se pudo guardar en este dispositivo: { $reason }

reason-too-long = Un motivo tiene { NUMBER($most) } caracteres como máximo.
reason-needed = Hace falta un motivo.
note-too-long = Una nota tiene { NUMBER($most) } caracteres como máximo.
table-name-too-long = El nombre de una mesa tiene { NUMBER($most) } caracteres como máximo.
table-name-needed = La mesa necesita un nombre.
order-too-long = Un pedido tiene { NUMBER($most) } líneas como máximo; este tiene { NUMBER($number) }.
price-negative = Un precio no es negativo.
price-impossible = Un precio no es negativo ni tan alto.
address-needed = Una entrega necesita una dirección.
name-needed = La cocina necesita un nombre al que llamar.
text-too-long = Una nota, un nombre o una dirección tienen { NUMBER($most) } caracteres como máximo.
one-currency = Las líneas de un pedido están en una sola moneda.
tip-too-large = La propina es del { NUMBER($most) } por ciento como máximo.
slot-is-none = Una hora que se elige empieza en un cuarto de hora.
tip-needs-card = Para dejar propina con tarjeta hace falta una tarjeta.
card-label-too-long = El nombre de una tarjeta tiene { NUMBER($most) } caracteres como máximo.
card-number = El número de una tarjeta no se envía aquí; lo recibe el servicio de pagos.
promise-between = Promete entre { NUMBER($least) } y { NUMBER($most) } minutos.
time-between = A una cocina se le dan entre { NUMBER($least) } y { NUMBER($most) } minutos.
left-too-many = Se cuentan { NUMBER($most) } raciones como máximo.
dish-name-needed = Un plato necesita un nombre.
dish-name-too-long = Un nombre tiene { NUMBER($most) } caracteres como máximo.
tab-too-long = Una mesa tiene { NUMBER($most) } líneas como máximo.
tab-full = Una mesa tiene { NUMBER($most) } líneas como máximo; abre otra.
count-between =
    { NUMBER($number) } de un plato: se pueden añadir entre { NUMBER($least) } y { NUMBER($most) }.
bill-tip-too-large = Una propina es más que nada y como máximo { NUMBER($times) } veces la cuenta.
prices-in = Aquí los precios están en { $currency }.
bill-currency = Una cuenta tiene una sola moneda, aquí { $currency }.
more-than-carried = Llevas { $carried }; no puedes entregar más que eso.
nothing-handed-in = Lo que se entrega es más que nada.
too-many-meals = Demasiadas entregas esperan a ser enviadas. Entrega el efectivo cuando lo estén.
title-takings = El efectivo no quedó anotado
