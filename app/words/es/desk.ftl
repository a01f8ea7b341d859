# La mesa de los operadores: qué le pasa a un pedido, qué se puede hacer y qué ha ocurrido con él.

desk = Mesa
desk-troubled = { $orders ->
    [one] Mesa: { $orders } pedido con problemas
   *[other] Mesa: { $orders } pedidos con problemas
}
sign-in-as-operator = Inicia sesión como operador
signed-out-says = Los pedidos con problemas se muestran a los operadores que han iniciado sesión.
somebody-else-says =
    Otra persona tiene la sesión iniciada en este navegador. Usa una ventana privada o inicia sesión con tu propia cuenta.
all-is-well = Todo va bien
all-is-well-says = Ningún pedido tiene problemas. Si alguno los tiene, llega aquí solo.
seen-to = Resuelto en la última hora
drivers = Repartidores
on-duty = De turno: { $drivers }.
nobody-on-duty = De turno: nadie.
on-duty-and-waiting = { $meals ->
    [one] De turno: { $drivers }. { $meals } comida espera a alguien.
   *[other] De turno: { $drivers }. { $meals } comidas esperan a alguien.
}
nobody-on-duty-and-waiting = { $meals ->
    [one] De turno: nadie. { $meals } comida espera a alguien.
   *[other] De turno: nadie. { $meals } comidas esperan a alguien.
}
driver-carries = { $meals ->
    [one] { $driver } ({ $meals } comida)
   *[other] { $driver } ({ $meals } comidas)
}

over-at = El pedido ha terminado, { $at }
goes-on-at = El pedido sigue, { $at }
order = Pedido
customer = Cliente
kitchen = Cocina
sum = Suma
zone = Zona

said-by = { $by }: { $words }
kitchen-silent = { $restaurant } no ha dicho ni sí ni no.
nobody-found = Ningún repartidor lo ha aceptado.
not-delivered = No se entregó. No se cobra nada.
not-delivered-said = No se entregó ({ $words }). No se cobra nada.
nobody-there = Nadie lo recogió en la puerta. A una tarjeta se le cobra de todos modos.
nobody-there-said = Nadie lo recogió en la puerta ({ $words }). A una tarjeta se le cobra de todos modos.
contradicted = Alguien comunica algo que, por lo que sabemos, no puede ser.
contradicted-said = Alguien comunica algo que, por lo que sabemos, no puede ser ({ $words }).
restaurant-not-given-back =
    No se pudo devolver el dinero a la tarjeta. Lo devolvía el restaurante, y se le dijo que lo devolviera de otra forma.
restaurant-not-given-back-said =
    No se pudo devolver el dinero a la tarjeta ({ $words }). Lo devolvía el restaurante, y se le dijo que lo devolviera de
    otra forma.
not-given-back = No se pudo devolver el dinero a la tarjeta. Devuélvelo de otra forma.
not-given-back-said = No se pudo devolver el dinero a la tarjeta ({ $words }). Devuélvelo de otra forma.
not-charged = Se comió, y la tarjeta no pagó. Se intenta de nuevo.
not-charged-said = Se comió, y la tarjeta no pagó ({ $words }). Se intenta de nuevo.
ends-any-moment = El pedido termina en cualquier momento.
ends-in = El pedido termina solo dentro de { $left }.
looked-for-once-more = Se busca una vez más o el pedido termina.
drivers-asked-for = Se pregunta a repartidores durante { $left } más.
nobody-has-looked = Nadie lo ha mirado desde hace { $time }.
look-within = Alguien debería mirarlo antes de { $left }.

give-kitchen-time = Dar más tiempo a la cocina
give-it-time = Darle más tiempo
choose-driver = Elegir un repartidor
nobody-there-on-duty = Allí no hay nadie de turno.
give-it-to = Dárselo a
driver-is-free = { $driver }, está libre
driver-has = { $meals ->
    [one] { $driver }, tiene { $meals } comida
   *[other] { $driver }, tiene { $meals } comidas
}
end-order = Terminar el pedido…
end-this-order = ¿Terminar este pedido?
end-it = Terminarlo
end-silent-says =
    La cocina no tiene que prepararlo, se libera el dinero y se dice al cliente que la cocina no respondió.
end-nobody-found-says =
    Se avisa a la cocina, se libera el dinero y se dice al cliente que no se encontró repartidor.
saw-to-it = Lo he resuelto…
what-was-done = ¿Qué se hizo?
what-was-done-says = Lo lee tu equipo; el cliente no.
it-is-seen-to = Está resuelto
called-customer = Llamada al cliente
called-driver = Llamada al repartidor
called-restaurant = Llamada al restaurante
never-brought = No se llevó nunca
something-missing = Faltaba algo
our-mistake = Fue un error nuestro
done-time-given = { $by } dio tiempo a la cocina hasta { $until }
done-given-up = { $by } lo dio por perdido
done-chosen = { $by } eligió a { $driver }
done-given-back = { $by } devolvió { $sum }: { $note }
done-settled = { $by } lo resolvió
done-settled-with-note = { $by } lo resolvió: { $note }

what-happened = Qué ha ocurrido con él
all-facts = Los { NUMBER($facts) } hechos, con las notas de los servicios
fact-order-submitted = El cliente hizo el pedido
fact-stock-hold-requested = Se piden sus raciones
fact-stock-held = Sus raciones están apartadas
fact-stock-short = Faltan raciones
fact-stock-released = Sus raciones quedan libres
fact-stock-used-up = Sus raciones están consumidas
fact-payment-authorization-requested = Se pide su dinero
fact-payment-authorized = Su dinero está reservado
fact-payment-declined = La tarjeta dijo que no
fact-payment-voided = Su dinero queda liberado
fact-payment-captured = Su dinero está cobrado
fact-payment-capture-failed = La tarjeta no pagó
fact-payment-refund-asked = Hay que devolver dinero
fact-payment-refunded = Se devolvió dinero
fact-payment-refund-failed = No se pudo devolver el dinero
fact-restaurant-refund-requested = El restaurante devuelve dinero
fact-desk-refund-requested = La mesa devuelve dinero
fact-order-confirmed = La cocina puede tenerlo
fact-ticket-opened = Está en el tablero de la cocina
fact-order-received = La cocina dijo que sí
fact-order-rejected = La cocina dijo que no
fact-order-preparing = Se está preparando
fact-order-prepared = Está listo
fact-order-handed-over = La cocina lo entregó
fact-order-submission-expired = La cocina tardó demasiado en responder
fact-driver-assignment-requested = Se busca repartidor
fact-driver-assignment-aborted = No se encontró repartidor a tiempo
fact-offer-made = Se pregunta a un repartidor
fact-offer-claimed = El repartidor dijo que sí
fact-offer-declined = El repartidor dijo que no
fact-offer-expired = El repartidor no dijo nada
fact-driver-assigned = Lo tiene un repartidor
fact-driver-dropped-out = El repartidor lo dejó
fact-driver-released = El repartidor queda libre
fact-order-picked-up = El repartidor lo recogió
fact-delivery-completed = El repartidor lo entregó
fact-delivery-failed = El repartidor no pudo llevarlo
fact-order-cancellation-requested = El cliente pide cancelar
fact-order-cancellation-granted = La cocina lo deja ir
fact-order-cancellation-refused = La cocina ya había empezado a cocinar
fact-order-cancelled = El pedido terminó antes de tiempo
fact-order-fulfilled = Todo está hecho y pagado
fact-order-cancellation-settled = Está pagado y terminado
fact-task-raised = Llegó a la mesa
fact-task-passed = Ese problema ha pasado
fact-task-settled = La mesa lo resolvió
fact-kitchen-time-given = La mesa dio tiempo a la cocina
fact-order-given-up = La mesa lo dio por perdido
fact-driver-chosen = La mesa eligió un repartidor
