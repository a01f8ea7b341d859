# El camino de una acción, desde el toque hasta la última palabra; la Salida, la Entrada y la sincronización.

stage-saved = Guardado en este teléfono
stage-in-window = Solo en esta ventana
stage-sent = Enviado, aún sin confirmar
stage-accepted = Confirmado
stage-asked = Preguntando a la cocina
stage-done = Hecho
stage-refused = No se hizo
stage-needs-you = Te necesita
short-saved = Guardado
short-in-window = Aquí
short-sent = Enviado
short-asked = Preguntado
saved-says =
    Guardado en este teléfono. Se envía en cuanto se pueda contactar con el servidor; puedes cerrar esta página.
in-window-says =
    No está guardado: este navegador no guarda nada. Se envía en cuanto se pueda contactar con el servidor, si esta ventana
    sigue abierta.
sent-says = En camino. Puede que haya llegado; la respuesta aún no está aquí.
accepted-says = El servidor lo tiene en firme. Esta pantalla se actualiza enseguida.
asked-says = Se ha preguntado a la cocina y todavía no ha respondido.
done-says = Hecho.
refused-says = No se hizo.
needs-you-says = No se pudo entregar y te necesita. Mira la Salida.

act-dismiss = Dejar pasar algo de la Entrada
act-place = { $dishes ->
    [one] Pedido en { $restaurant }: { $dishes } plato, { $sum }
   *[other] Pedido en { $restaurant }: { $dishes } platos, { $sum }
}
act-for-later = { $act }, para { $slot }
act-cancel = Cancelar el pedido { $order }
act-accept = Aceptar { $order }, listo en { NUMBER($minutes) } min
act-accept-for = Aceptar { $order } para { $clock }
act-refuse = Rechazar { $order }: { $reason }
act-call-off = Anular { $order }: { $reason }
act-start-cooking = Empezar a cocinar { $order }
act-mark-ready = { $order } está listo
act-hand-over = Entregar { $order }
act-give-back = Devolver { $sum } de { $order }
act-on-duty = Empezar el turno
act-off-duty = Terminar el turno
act-claim = Aceptar la comida que se ofrece
act-decline = Dejar la comida que se ofrece a otra persona
act-pick-up = comida { $letters } recogida
act-pick-up-for = comida para { $name } recogida
act-deliver = comida { $letters } entregada
act-deliver-for = comida para { $name } entregada
act-drop-out = Dejar la comida { $letters }
act-drop-out-for = Dejar la comida para { $name }
act-not-deliver = comida { $letters } no entregada: { $reason }
act-not-deliver-for = comida para { $name } no entregada: { $reason }
act-give-time = Dar a la cocina { NUMBER($minutes) } min más para el pedido { $letters }
act-give-time-of = Dar a la cocina { NUMBER($minutes) } min más para el pedido { $letters } de { $name }
act-give-up = Dar por perdido el pedido { $letters }
act-give-up-of = Dar por perdido el pedido { $letters } de { $name }
act-choose = { $driver } recoge el pedido { $letters }
act-choose-of = { $driver } recoge el pedido { $letters } de { $name }
act-desk-gives-back = Devolver { $sum } del pedido { $letters }
act-desk-gives-back-of = Devolver { $sum } del pedido { $letters } de { $name }
act-settle = el pedido { $letters } quedó resuelto: { $note }
act-settle-of = el pedido { $letters } de { $name } quedó resuelto: { $note }
unknown-table = Mesa { $letters }
a-line = una línea
act-needs-no-kitchen = { $dish } no necesita cocina
act-is-cooked = { $dish } se cocina
act-sold-out = { $dish } está agotado
act-can-be-had = { $dish } vuelve a estar disponible
act-left = { $left ->
    [one] { $dish }: queda { $left } ración
   *[other] { $dish }: quedan { $left } raciones
}
act-not-counted = { $dish } ya no se cuenta
act-change-dish = Cambiar { $dish }
act-change-name = Cambiar { $dish }: nombre «{ $name }»
act-change-price = Cambiar { $dish }: precio { $before } → { $after }
act-change-name-and-price = Cambiar { $dish }: nombre «{ $name }», precio { $before } → { $after }
act-open-doors = Volver a aceptar pedidos
act-close-doors = No aceptar más pedidos por ahora
act-rush = Las comidas tardan ahora { NUMBER($minutes) } min más
act-rush-over = Las comidas vuelven a tardar lo de siempre
act-take-guest-over = Pasar los pedidos del invitado a esta cuenta
act-of-newer-release = algo de una versión más nueva

waits-behind = Espera hasta que se resuelva esto: { $act }.
forecast = Probablemente se rechazará: { $why }
parked-unknown = El servidor todavía no conoce esta acción. Se intenta de nuevo tras una actualización.
parked-id-reused = El servidor tiene otra acción con este nombre. Guarda una copia y hazlo otra vez.
parked-too-large = Es más grande de lo que admite el servidor. Guarda una copia y hazlo otra vez en partes más pequeñas.
parked-unreadable-answer = Respondió una versión más nueva del servidor. Actualiza esta página para leer la respuesta.
parked-malformed = El servidor no puede leerlo. Guarda una copia y hazlo otra vez.
paused-signed-out = Tu sesión ha terminado. Inicia sesión otra vez y se enviará lo que espera.
paused-other-account =
    Otra persona tiene la sesión iniciada en este navegador. Lo que espera es tuyo y se queda aquí hasta que vuelvas a
    iniciar sesión.
paused-update-needed =
    El servidor ha avanzado y ya no entiende esta versión. Actualiza, por favor; lo que espera sigue guardado y se enviará
    entonces.
trying-offline = No hay red. Se envía en cuanto la haya.
trying-unreachable = Preguntando otra vez al servidor…
trying = Enviando…

changed-by = Cambiado mientras tanto por { $by }: { $at }.
changed-by-yourself = Cambiado mientras tanto por { $by } en otro dispositivo: { $at }.
changed-by-somebody = Cambiado mientras tanto por otra persona.
name-seen = Nombre, como lo viste
price-seen = Precio, como lo viste
you-saw = Viste
name-now = Nombre ahora
price-now = Precio ahora
dish-now = Plato ahora
order-now = Pedido ahora
ticket-now = Comanda ahora
table-now = Mesa ahora
delivery-now = Reparto ahora
doors-now = Puertas ahora
you-want = Tú quieres
order-is-over = Ha terminado
takes-no-orders = No acepta pedidos
takes-orders = Acepta pedidos
no-longer-on-menu = Ya no está en la carta
menu-moved = La carta cambió desde que pediste. Tal como está, este pedido probablemente volverá a ti.

change-act = Cambiar
take-back = Retirar
take-back-all = Retirar las { NUMBER($acts) } cosas
take-this-back = ¿Retirar esto?
keep-it = Conservarlo
goes-alone = No ha salido de este teléfono, así que nadie lo verá nunca.
goes-with-it = { $number ->
    [one] Esto y lo que le sigue: { $acts }. Ninguna de las dos cosas ha salido de este teléfono.
   *[other] Esto y las { $number } cosas que le siguen: { $acts }. Ninguna ha salido de este teléfono.
}
acts-semicolon = { "; " }
taken-back = { $acts ->
    [one] Retirado. Nunca salió de este teléfono.
   *[other] { $acts } cosas retiradas. Nunca salieron de este teléfono.
}
ask-to-cancel = Pedir que se cancele
stays-left = Mientras tanto ha salido de este teléfono, así que ya no se puede retirar sin dejar rastro.
stays-gone = Ya no está esperando.
stays-rested-on = { $acts ->
    [one] Algo que hiciste después depende de ello. Retira eso primero.
   *[other] { $acts } cosas que hiciste después dependen de ello. Retíralas primero.
}
cannot-change = No se puede cambiar: { $why }
has-left =
    Mientras tanto ha salido de este teléfono, así que ya no se puede cambiar ni retirar sin dejar rastro. Un pedido todavía
    se puede cancelar hasta que la cocina empiece a cocinar.
change-before-it-leaves = Cambiarlo antes de que salga
leave-unchanged = Dejarlo así
save-change = Guardar el cambio
ready-in-minutes = Listo en, minutos
minutes-needed = Hace falta un número de minutos.
reason-for-customer = El motivo que lee el cliente
changed = Tu cambio está guardado en este teléfono.
changed-in-window = Cambiado, solo en esta ventana.
changed-back = Está como antes, así que no se envía nada.
keep-copy = Guardar una copia
copy = Copiar

outbox-lead = Lo que hiciste en este dispositivo y hasta dónde ha llegado cada cosa.
outbox-empty = Aquí no hay nada
outbox-empty-says = Cuando pides, cancelas o cambias algo, está primero aquí y se envía desde aquí.
list-needs-you = Te necesita
list-on-their-way = En camino
list-settled = Resuelto
send-now = Enviar ahora
waiting = { $things ->
    [one] { $things } cosa espera a enviarse.
   *[other] { $things } cosas esperan a enviarse.
}
waiting-and-needing-you = { $things ->
    [one] { $things } cosa espera a enviarse,
   *[other] { $things } cosas esperan a enviarse,
} { $needing ->
    [one] { $needing } te necesita.
   *[other] { $needing } te necesitan.
}

inbox-lead = Lo que no se pudo hacer como querías y espera tu decisión.
inbox-empty = Todo resuelto
inbox-empty-says = Cuando algo choca con lo que hicieron otros, vuelve aquí y decides tú.
tapped-at = { $act } · lo tocaste: { $at }
you-wanted = Querías
stood-at = Estaba en
now = Ahora
accepted-already = Ya aceptado
not-accepted-yet = Aún no aceptado
fell-with-it = Lo que dependía de ello tampoco se hizo:
total = Total
nothing-left-to-order = no queda nada que pedir
do-not-order = No pedir
leave-it = Dejarlo
close-table = Cerrar la mesa: no hay nada que pagar
make-bill = Hacer la cuenta de { $sum }
reopen-bill = Retirar la cuenta y añadirlo
menu-is-back = La carta vuelve a estar como la viste: pedir
take-changes = Aceptar los cambios y pedir por { $sum }
order-the-rest = Pedir solo el resto por { $sum }
order-now-for = Pedir ahora por { $sum }
order-soonest-for = Lo antes posible, por { $sum }
another-time = Otra hora
order-for-time = Pedir para esta hora, por { $sum }
first-time = La próxima hora: { $slot }
no-time = No había ninguna hora
choice-saved = Tu elección está guardada en este teléfono y sale en cuanto se pueda contactar con el servidor.
choice-in-window = Tu elección está solo en esta ventana y sale en cuanto se pueda contactar con el servidor.
choice-needs-you = Tu elección no se pudo entregar. Mira la Salida.
choice-on-its-way = Tu elección está en camino.
theirs-now = De otra persona, ahora
yours = Tuyo
use-mine = Usar lo mío
keep-theirs = Dejar lo de la otra persona
or-another-name = U otro nombre
or-another-price = U otro precio, { $currency }
use-this = Usar esto
you-decided = Decidiste: { $act }.
you-let-go = Lo dejaste pasar.
settled-elsewhere = Resuelto en otro dispositivo.
settled-elsewhere-first = Resuelto antes en otro dispositivo, así que tu elección aquí no hizo falta.
choice-refused = Tu elección ya no era posible.

centre-lead = Cómo está este dispositivo con el servidor y qué bien guarda lo que haces.
see-outbox = Ver la Salida
on-this-device = En este dispositivo
kept = Guardado
asked = Permiso
room = Espacio
room-used-of = { $used } de { $quota } en uso
room-used = { $used } en uso
room-unknown = El navegador no lo dice.
faults = { $faults ->
    [0] No se ha notado ningún fallo desde que se abrió esta página.
    [one] { $faults } fallo notado desde que se abrió esta página:
   *[other] { $faults } fallos notados desde que se abrió esta página:
}
with-the-server = Con el servidor
last-word = Última noticia
last-word-at = { $at }, según el reloj del servidor
no-word = Todavía no ha llegado nada.
read = Leído
read-up-to = Hasta el cambio { NUMBER($position) } de la historia del servidor
read-nothing = Todavía nada
history = Historia
history-unknown = Todavía no se conoce
tabs = Pestañas
this-tab-leads = Esta pestaña envía y escucha por todas
another-tab-leads = Otra pestaña de este navegador envía y escucha
release = Versión
device = Dispositivo
for-developers =
    Para desarrolladores: abre la consola del navegador en esta página y escribe { $code }. Muestra todo esto, acción por
    acción y fila por fila.
act-hand-in = { $sum } en efectivo entregados

# Before a tunnel: what is on this device, and whether all of it is.
prepare-head = ¿Listo para un túnel?
prepare-says = Todo esto llega solo mientras hay red. Aquí puedes asegurarte.
prepare = Preparar para estar sin red
preparing = Preparando…
preparing-files = Trayendo lo que la aplicación necesita…
preparing-rows = Trayendo lo que el servidor tiene para ti…
prepared = Todo lo que necesitas está en este dispositivo, a las { $clock }.
# used: how much room everything takes, such as “3.4 MB”.
prepared-with = Todo lo que necesitas está en este dispositivo, a las { $clock }. Ocupa { $used }.
files-missing = No se pudo traer toda la aplicación y puede que no se abra sin red. Inténtalo otra vez con mejor red.
files-without = Este navegador no guarda aplicaciones: esta página no se abre sin red. Déjala abierta.
rows-none = No se pudo llegar al servidor y aquí no hay todavía nada de él.
rows-old = No se pudo llegar al servidor. Lo que ves es de { $clock }.
here-restaurants = { $count ->
    [one] { $count } restaurante
   *[other] { $count } restaurantes
}
here-menus = { $count ->
    [one] { $count } carta
   *[other] { $count } cartas
}
here-orders = { $count ->
    [one] { $count } pedido tuyo
   *[other] { $count } pedidos tuyos
}
here-tickets = { $count ->
    [one] { $count } pedido en el tablero
   *[other] { $count } pedidos en el tablero
}
here-tabs = { $count ->
    [one] { $count } mesa
   *[other] { $count } mesas
}
here-deliveries = { $count ->
    [one] { $count } pedido por llevar
   *[other] { $count } pedidos por llevar
}
