# Cómo está este dispositivo: en la línea de estado, en la sincronización y encima de cada pantalla.

not-kept = Aquí no se guarda nada
storage-fails = Aquí falla el guardado
lost = Puede que se haya perdido algo
update-needed = Actualiza, por favor
other-account = Otra persona tiene la sesión iniciada
session-over = Sesión cerrada
offline = Sin red
unreachable = Sin contacto con el servidor
stalled = Atascado; nuevo intento
needs-you = Algo te necesita
unreadable = A la espera de una actualización
nearly-full = Casi no queda espacio
rows-not-kept = Las cartas no se guardan aquí
connecting = Conectando…
sending = Enviando…
syncing = Poniéndose al día…
signed-out = En línea, sin sesión
up-to-date = Al día

not-kept-says =
    { $why } Puedes pedir mientras se pueda contactar con el servidor. Lo que no se haya enviado cuando cierres esta ventana
    se pierde.
keeps-nothing = Esta ventana no guarda nada.
saving-fails = Falla el guardado en este dispositivo.
offline-says = Este dispositivo dice que no tiene red. Lo que haces se guarda aquí y sale solo.
offline-unkept-says =
    Este dispositivo dice que no tiene red. Lo que haces espera en esta ventana y sale solo si la ventana sigue abierta
    entonces.
unreachable-says = El servidor no responde, aunque puede que haya red. Lo que haces se guarda aquí y sale solo.
unreachable-unkept-says =
    El servidor no responde, aunque puede que haya red. Lo que haces espera en esta ventana y sale solo si la ventana sigue
    abierta entonces.
stalled-says = Lo que espera no avanza aunque el servidor está ahí. Se está intentando de nuevo.
needs-you-says = { $things ->
    [one] { $things } cosa te necesita porque el servidor no pudo aceptarla. Mira la Salida.
   *[other] { $things } cosas te necesitan porque el servidor no pudo aceptarlas. Mira la Salida.
}
unreadable-says = { $things ->
    [one] { $things } cosa la escribió una versión más nueva y espera aquí la actualización. No se ha perdido nada.
   *[other] { $things } cosas las escribió una versión más nueva y esperan aquí la actualización. No se ha perdido nada.
}
nearly-full-says =
    En este dispositivo casi no queda espacio para Carryout. Libera algo para que se pueda seguir guardando lo que haces.
rows-not-kept-says =
    De momento, las cartas y los pedidos se muestran y no se guardan en este dispositivo, para que haya espacio para lo que
    haces. Sin red desaparecen cuando cierras esta página; lo que haces se sigue guardando.
connecting-says = Se está preguntando al servidor si está ahí.
sending-says = { $things ->
    [one] { $things } cosa va de camino al servidor.
   *[other] { $things } cosas van de camino al servidor.
}
syncing-says = Se está trayendo lo que otros hicieron mientras tanto.
signed-out-says = Nadie ha iniciado sesión. Puedes mirar y llenar una cesta.
up-to-date-says = Todo lo que el servidor tiene para ti está en este dispositivo.

not-sent = { NUMBER($things) } sin enviar
saved-not-sent = { $things ->
    [one] { $things } guardada, sin enviar
   *[other] { $things } guardadas, sin enviar
}
to-send = { NUMBER($things) } por enviar
need-you = { $things ->
    [one] { $things } te necesita
   *[other] { $things } te necesitan
}
not-all-loaded = todavía no está todo cargado
as-of = a fecha de { $at }

kept-durably = Hasta que lo borres tú.
kept-while-room = Mientras el navegador tenga espacio.
kept-while-room-home-screen =
    Mientras el navegador tenga espacio. Suele ayudar poner Carryout en la pantalla de inicio.
kept-in-window = Hasta que se cierre esta ventana, y no más.
keeping-moot = El navegador no guarda nada aquí, así que no hay nada que pedir.
keeping-granted = El navegador aceptó guardarlo para siempre.
keeping-denied = Se pidió al navegador que lo guardara para siempre y no ha aceptado.
keeping-not-asked = Se pide al navegador que lo guarde para siempre cuando haces algo importante.
browser-may-delete =
    El navegador puede borrar lo que está guardado en este dispositivo cuando se quede sin espacio. Suele ayudar poner
    Carryout en la pantalla de inicio. Lo que ha llegado al servidor está a salvo.

fault-row = Llegó algo que esta versión no puede leer; el resto sigue sin ello.
fault-act = Hiciste algo que esta versión no puede leer; espera la actualización.
fault-word = El servidor dijo algo que esta versión no puede leer.
fault-digest = Lo que hay aquí no coincidía con lo que tiene el servidor, y se trajo de nuevo.
fault-stalled = Lo que esperaba no avanzaba, y se empezó a enviar de nuevo.

bytes = { NUMBER($bytes) } bytes
kilobytes = { $amount } kB
megabytes = { $amount } MB
gigabytes = { $amount } GB
