# La cocina: su tablero, su alarma y lo que sumaron los días.

alarm = Alarma
hush = Silenciar
turn-alarm-off = Apagar la alarma
turn-alarm-on = Encender la alarma
ring-again = Volver a sonar
let-it-ring = Dejar que suene

board = Tablero
board-new = { $waiting ->
    [one] Tablero: { $waiting } nuevo
   *[other] Tablero: { $waiting } nuevos
}
no-new-orders = No hay pedidos nuevos
nothing-accepted = Nada aceptado
nothing-cooking = Nada en el fuego
nothing-ready = Nada en el pase
done = Terminados: { NUMBER($tickets) }
board-is-whose = El tablero muestra los pedidos del restaurante cuya cuenta ha iniciado sesión.
customer-is-signed-in =
    En este navegador ha iniciado sesión un cliente. Usa una ventana privada para la cocina o inicia sesión con su cuenta.

due-in = en { NUMBER($minutes) } min
due-now = para ahora
wanted-for = para { $slot }
start-by = empezar: { $clock }
start-now = empezar ya
accept-for = Aceptar para { $clock }
deliver = A domicilio
address-phone-sum = Dirección, teléfono, suma
how = Cómo
phone = Teléfono
sum = Suma
since = Desde
dish-times = { NUMBER($times) }× { $dish }
accept = Aceptar
ready-in = Listo en, para el número { NUMBER($ticket) }
start-cooking = Empezar a cocinar
ready = Listo
handed-over = Entregado en mano

back-missing = Faltaba algo
back-not-as-ordered = No era lo que se había pedido
back-too-late = Llegó demasiado tarde

refuse = Rechazar…
refuse-title = ¿Rechazar este pedido?
refuse-says = El cliente lee el motivo. No se cobra nada.
refuse-it = Rechazar el pedido
no-too-busy = Ahora mismo no damos abasto
no-run-out = Se nos ha acabado algo de lo que pediste
no-closing = Estamos cerrando
no-delivery-there = No podemos llevarlo allí

call-off = No podemos hacerlo…
call-off-title = ¿Anular este pedido?
call-off-says = Dijiste que sí. El cliente lee por qué no le llegará y no se cobra nada.
call-off-it = Anularlo
mishap-broke = Se nos ha estropeado algo en la cocina
mishap-spoilt = Estaba en mal estado

figures = Cifras por día
figures-need-network =
    Las cifras se suman en el servidor y no se guardan en este dispositivo, así que necesitan la red. En cuanto se pueda
    contactar con el servidor, esta página se llenará sola.
no-figures = Todavía no hay ninguna. Cada día aparece aquí poco después de su primer pedido.
earlier-days = Días anteriores
# A bar a day, with what its parts are.
chart-orders = Pedidos por día
chart-kept = Cocinados o en curso
chart-lost = Rechazados o cancelados
figures-file = Guardar como archivo (CSV)
figures-as-of = A fecha de { $when }.
figures-as-of-version = A fecha de { $when }, versión { NUMBER($version) }: incluye lo que llegó después.
figure-placed = Hechos
figure-accepted = Aceptados
figure-refused = Rechazados
figure-cancelled = Cancelados
figure-handed-over = Entregados en mano
figure-delivered = Llevados por repartidores
figure-goods = Platos, pagado
figure-tips = Propinas
figure-refunds = Devuelto
