# De la cesta a la comida que se sigue.

cart = Cesta
cart-empty = Tu cesta está vacía
cart-empty-says = Lo que añadas se queda aquí, en este dispositivo, también sin red.
find-something = Buscar algo de comer
total = Total
to-checkout = Ir a pagar
empty-cart = Vaciar esta cesta
how-many-of = Cuántos de { $dish }
in-cart = { NUMBER($quantity) } × { $dish } está en tu cesta.
view-cart = { $dishes ->
    [one] Ver la cesta · { $dishes } plato
   *[other] Ver la cesta · { $dishes } platos
}
times = { NUMBER($count) }× { $dish }
quoted = «{ $note }»

menu-changed = Esto es lo que ha cambiado en la carta
taking-changes = Si aceptas los cambios, pagas los precios nuevos y se quita lo que ya no se puede pedir.
take-changes = Aceptar los cambios
change-dish = Plato
change-before = Viste
change-now = Ahora

checkout = Finalizar el pedido
checkout-at = Finalizar el pedido: { $restaurant }
nothing-to-check-out = No hay nada que pedir
nothing-to-check-out-says = Esta cesta está vacía.
to-the-menu = A la carta
your-order = Tu pedido
place-order = Hacer el pedido
send-anyway = Enviarlo de todos modos
take-changes-first = Tal como está, es probable que este pedido se rechace: acepta primero los cambios.
looked-so-last = { $why } Así se veía la última vez; puedes enviarlo de todos modos.
who-is-it-for = ¿Para quién es?
name-to-call = Nombre para avisar
phone = Teléfono, por si hay preguntas
how-to-you = ¿Cómo te llega?
collect-it = Lo recojo yo
deliver-it = Que me lo traigan
address = Dirección
word-to-the-kitchen = Unas palabras para la cocina (si quieres)
no-account-needed = No hace falta cuenta para pedir. Si tienes una, inicia sesión y el pedido se guarda en ella.

when = ¿Cuándo lo quieres?
when-time = Hora
as-soon-as-possible = Lo antes posible
soonest-in = Lo antes posible (unos { $soonest })
choose-a-time = Elige una hora
time-gone = { $slot }: ya no está disponible
closed-choose-a-time =
    El restaurante está cerrado ahora. Elige una hora en la que vuelva a estar abierto; no se elige nada por ti.
last-orders-choose-a-time =
    El restaurante cierra antes de que esté lista una comida que se pida ahora. Elige una hora en la que vuelva a
    estar abierto; no se elige nada por ti.
ready-in-slot = En ese cuarto de hora estará listo para ti.
brought-in-slot = Llega a ti en ese cuarto de hora.

how-do-you-pay = ¿Cómo pagas?
pay-at-hand-over = Cuando lo recibas
pay-at-hand-over-says = en efectivo o con el terminal del restaurante
card-succeeds = se cobra
card-declined = el banco dice que no
card-silent = el servicio de pago no responde nunca
card-late = la respuesta llega tarde
card-twice = cada respuesta llega dos veces

a-tip = ¿Propina?
no-tip = Sin propina
percent = { NUMBER($percent) } %
tip-of-the-driver = Es para quien lo lleva, o para la casa cuando ella misma lleva sus comidas.
tip-of-the-house = Es para la casa.
with-the-tip = Con la propina

placed = Tu pedido está guardado en este teléfono.
placed-in-window = Tu pedido está en esta ventana. No está guardado: deja la ventana abierta hasta que se envíe.
leaves-later =
    No tienes conexión. El pedido está guardado en este teléfono y sale solo en cuanto se pueda contactar con el
    servidor.
leaves-later-in-window =
    No tienes conexión y esta ventana no guarda nada. El pedido sale en cuanto se pueda contactar con el servidor, si
    esta ventana sigue abierta.

orders = Pedidos
order-at = Pedido en { $restaurant }
not-kept-here = Este pedido ya no se guarda aquí
not-here = Aquí no hay tal pedido
ready-in = Listo en unos { NUMBER($minutes) } min, a las { $clock }
wanted-for = Para { $slot }
ready-any-moment = Listo en cualquier momento, a las { $clock }
cancel-asked = Has pedido cancelar. La cocina tiene la última palabra mientras no haya empezado a cocinar.
no-answer-yet =
    El restaurante aún no ha respondido. Puedes cancelar y no se cobra nada; si no responde pronto, cancelamos por ti.
to-the-restaurant = De camino al restaurante
number = Número
until-a-number = Hasta que la cocina dé un número
by-this-phone-at = { $when } · según este teléfono
by-this-phone = según este teléfono
what-you-ordered = Lo que has pedido
tip = Propina
fact-for = Para
fact-when = Cuándo
fact-how = Cómo
fact-note = Nota
change-order = Cambiar este pedido
order-again = Pedirlo otra vez
cancel-order = Cancelar este pedido
cancel-title = ¿Retirar este pedido?
cancel-says = Puedes hacerlo hasta que la cocina empiece a cocinar. Entonces no se cobra nada.
cancel-why = Por qué, si quieres decirlo; lo lee la cocina
cancel-confirm = Cancelar el pedido

held = Retenido: tienes que decidir
nothing-happened = No se cocinó nada y no se cobra nada.
decide-in-inbox = Decidir en la Entrada
see-outbox = Ver la Salida
total-as-seen = Total tal como lo viste

your-orders = Tus pedidos
on-their-way = En camino
earlier = Anteriores
none-on-this-phone = Todavía no hay pedidos en este teléfono
none-on-this-phone-says = Puedes pedir sin cuenta. Inicia sesión para ver los pedidos de la tuya.
none-here = Aquí no hay pedidos

change-your-order = Cambiar tu pedido
none-waits = Aquí no espera tal pedido
none-waits-says = Solo se puede cambiar un pedido que no haya salido de este teléfono.
save-anyway = Guardarlo de todos modos
save-change = Guardar el cambio
takes-its-place = Ocupa el lugar del pedido que espera. Hay un solo pedido, antes y después.
add-from-menu = Añadir algo de la carta
add-from-cart = { $dishes ->
    [one] Añadir { $dishes } plato de tu cesta
   *[other] Añadir { $dishes } platos de tu cesta
}
order-has-left =
    Este pedido ya ha salido de este teléfono, así que no se puede cambiar. Puedes pedir que se cancele y hacer otro.

# Where the driver was last seen.
driver-asked = Preguntando dónde está tu pedido…
driver-unseen = Ahora no se puede ver dónde está tu pedido.
driver-seen-now = Tu pedido se vio hace un momento
driver-seen = { $minutes ->
    [one] Tu pedido se vio hace un minuto
   *[other] Tu pedido se vio hace { $minutes } minutos
}
# wind: a direction, such as “north-east”.
driver-from-kitchen = A { $distance } al { $wind } de { $restaurant }
driver-at-kitchen = En { $restaurant }
driver-from-here = A { $distance } de ti
how-far-from-here = ¿A qué distancia está de mí?
how-far-is-asked = Preguntando a este teléfono…
here-stays = Dónde estás se queda en este teléfono.
sketch-driver = Tu pedido
sketch-here = Tú
# A picture of where driver, kitchen and customer are. length: how long the bar in it is.
sketch-scale = El norte está arriba; la barra mide { $length }.
