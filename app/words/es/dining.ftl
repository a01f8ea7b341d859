# Lo que se come en la casa: los camareros llevan las mesas, la cocina cocina para ellas.

tables = Mesas
all-tables = Todas las mesas
table-named = Mesa { $name }
counter-named = Barra { $letters }

stage-open = Abierta
stage-billed = Cuenta entregada
stage-paid = Pagada
stage-closed = Cerrada

line-not-billed = No se cobra: { $reason }
line-added = Aún sin enviar
line-to-serve = Por servir
line-in-kitchen = En la cocina
line-one-more = Quedaba uno más: por servir
line-gone = Agotado: avisa a la mesa
line-taken-back = Retirado
line-served = Servido

paid-cash = { $sum } pagados en efectivo.
paid-cash-tip = { $sum } pagados en efectivo, más { $tip } de propina.
paid-cash-back = { $sum } pagados en efectivo; { $back } devueltos.
paid-cash-tip-back = { $sum } pagados en efectivo, más { $tip } de propina; { $back } devueltos.
paid-card = { $sum } pagados con tarjeta.
paid-card-tip = { $sum } pagados con tarjeta, más { $tip } de propina.
paid-card-back = { $sum } pagados con tarjeta; { $back } devueltos.
paid-card-tip-back = { $sum } pagados con tarjeta, más { $tip } de propina; { $back } devueltos.

no-such-table = Aquí no hay ninguna mesa así.
no-such-line = Eso no está en la lista de la mesa.
no-menu-yet = La carta todavía no está en este dispositivo.
not-on-menu = Ya no está en la carta. Avisa a la mesa; no se añadió nada.
cannot-be-had-so = { $reason } No se añadió nada.
bill-was-out = La cuenta ya estaba entregada. Retírala y podrán seguir pidiendo.
was-paid = La cuenta ya estaba pagada, quizá en la pantalla de alguien del equipo.
was-closed = La mesa se cerró antes.
was-served = { $dish } ya se sirvió, así que se queda en la cuenta.
was-not-served = { $dish } no se ha servido: retíralo en su lugar.
not-ready-yet = La cocina todavía no tiene listo { $dish }.
still-to-serve = { $lines ->
    [one] Queda { $lines } línea por servir o retirar.
   *[other] Quedan { $lines } líneas por servir o retirar.
}
comes-to = La cuenta suma ahora { $sum }.
comes-to-nothing = En la cuenta ya no queda nada.
no-bill = Todavía no hay cuenta.
not-paid = La cuenta todavía no está pagada.
owes = Antes hay que devolver { $sum } a la mesa.
table-is-gone = Esta mesa ya no está.
tip-at-most = La propina es de { $most } como máximo.
sign-in-first = Inicia sesión primero como restaurante.
nothing = nada

act-open = Abrir la mesa { $name }
act-open-counter = Empezar un pedido en la barra
act-add = { $table }: { NUMBER($count) }× { $dish }
act-take-back = { $table }: retirar { $dish }
act-send = { $lines ->
    [one] { $table }: enviar { $lines } línea
   *[other] { $table }: enviar { $lines } líneas
}
act-ready = { $lines ->
    [one] { $table }: { $lines } línea lista
   *[other] { $table }: { $lines } líneas listas
}
act-serve = { $lines ->
    [one] { $table }: { $lines } línea servida
   *[other] { $table }: { $lines } líneas servidas
}
act-bill = { $table }: la cuenta, { $sum }
act-bill-nothing = { $table }: la cuenta, nada
act-write-off = { $table }: { $dish } no se cobra: { $reason }
act-give-back = { $table }: dinero devuelto
act-order-on = { $table }: retirar la cuenta
act-declined = { $table }: se rechazó una tarjeta
act-paid-cash = { $table }: { $sum } pagados en efectivo
act-paid-card = { $table }: { $sum } pagados con tarjeta
act-left = { $table }: los clientes se han ido

tables-are-whose = Aquí se llevan las mesas del restaurante cuya cuenta ha iniciado sesión.
no-table = No hay ninguna mesa abierta
no-table-says = Abre una cuando se sienten clientes. También funciona sin red.
closed-last = { $tables ->
    [one] Cerradas, la última
   *[other] Cerradas, las últimas { $tables }
}
table = Mesa
open = Abrir
counter-order = Pedido en la barra
closed-at = cerrada { $time }
to-serve = { NUMBER($lines) } por servir
gone = { $lines ->
    [one] { $lines } agotado: avisa a la mesa
   *[other] { $lines } agotados: avisa a la mesa
}
opened-twice = Abierta dos veces

not-here = Esta mesa no está en este dispositivo
not-here-says = Puede que sea de otra casa o que todavía no se haya cargado.
ordered = Pedido
nothing-ordered = Todavía no se ha pedido nada: toca un plato más abajo.
total = Total
card-declined = Se rechazó una tarjeta a las { $time }. No hay nada pagado: prueba con otra tarjeta o en efectivo.
owed-back = Devuelve { $sum }: se pagó y no lo había.
has-a-twin =
    Esta mesa se abrió dos veces. { $link } tiene sus propias líneas y su propia cuenta: apunta aquí lo que todavía no
    esté allí.
other-list = La otra lista

served = Servido
take-back = Retirar
guests-know = La mesa lo sabe
write-off = No cobrar…
write-off-title = ¿Fuera de la cuenta?
write-off-says = Se queda en la lista como servido y no hay que pagarlo. Una cuenta ya entregada se hace de nuevo.
write-off-it = Quitarlo de la cuenta
off-on-the-house = Invita la casa
off-by-mistake = Se tocó por error
off-guests-left = Los clientes se fueron

all-served = { $lines ->
    [one] { $lines } servido
   *[other] Servidos los { $lines }
}
send-lines = { $lines ->
    [one] Enviar el pedido: { $lines } línea
   *[other] Enviar el pedido: { $lines } líneas
}
bill = Cuenta: { $sum }
leave = Cerrar: no hay nada que pagar
pay-cash = Pagado en efectivo: { $sum }
pay-card = Pagado con tarjeta: { $sum }
declined = Tarjeta rechazada
order-on = Siguen pidiendo
give-back-owed = { $sum } devueltos
guests-have-left = Los clientes se han ido
tip = Propina, si la hay

from-tables = De las mesas
ready = Listo
ready-dish = Listo: { $dish }
ready-table = { $table } lista
all-ready = Todo listo
all-ready-for = Todo listo para { $table }
gone-do-not-cook = Agotado: no lo prepares
taken-back-do-not-cook = Retirado: no lo prepares

search-menu = Buscar en la carta
number-options-note = { $dish }: cantidad, opciones, nota
added = { NUMBER($count) }× { $dish } añadido.
word-to-kitchen = Unas palabras para la cocina
