# Quién está aquí, qué se lleva y qué deja.

signed-in-as = Sesión iniciada como { $account }

sealed-until-you-return = { $things ->
    [one]
        Queda { $things } cosa por enviar. Si cierras la sesión, se queda sellada en este dispositivo hasta que vuelvas
        a iniciarla.
   *[other]
        Quedan { $things } cosas por enviar. Si cierras la sesión, se quedan selladas en este dispositivo hasta que
        vuelvas a iniciarla.
}
sealed-in-window = { $things ->
    [one]
        Queda { $things } cosa por enviar. Si cierras la sesión, se queda sellada en esta ventana hasta que vuelvas a
        iniciarla.
   *[other]
        Quedan { $things } cosas por enviar. Si cierras la sesión, se quedan selladas en esta ventana hasta que vuelvas
        a iniciarla.
}
send-and-sign-out = { $things ->
    [one] Enviar antes { $things } cosa
   *[other] Enviar antes { $things } cosas
}
discard-and-sign-out = { $things ->
    [one] Descartar { $things } cosa y cerrar la sesión
   *[other] Descartar { $things } cosas y cerrar la sesión
}
discarding = { $things ->
    [one] { $things } cosa no se enviará nunca. Esto no se puede deshacer.
   *[other] { $things } cosas no se enviarán nunca. Esto no se puede deshacer.
}
not-sent = { $things ->
    [one] { $things } cosa espera todavía en este teléfono, así que tu sesión sigue abierta.
   *[other] { $things } cosas esperan todavía en este teléfono, así que tu sesión sigue abierta.
}
sealed-here = { $things ->
    [one]
        En este dispositivo se guarda { $things } cosa de otra persona, sellada. Solo se envía cuando esa persona inicia
        sesión.
   *[other]
        En este dispositivo se guardan { $things } cosas de otra persona, selladas. Solo se envían cuando esa persona
        inicia sesión.
}

orders-move-with-you = { $orders ->
    [one] Tu pedido pasará a tu cuenta.
   *[other] Tus { $orders } pedidos pasarán a tu cuenta.
}
orders-and-cart-move-with-you = { $orders ->
    [one] Tu pedido y tu cesta pasarán a tu cuenta.
   *[other] Tus { $orders } pedidos y tu cesta pasarán a tu cuenta.
}
cart-moves-with-you = Tu cesta pasará a tu cuenta.

left-behind-for-now = { $things ->
    [one]
        { $things } cosa que hiciste como invitado no se pudo enviar. Se queda sellada en este dispositivo. Hasta que
        haya salido todo, nada pasa a una cuenta: espera, o inicia sesión de todos modos, y seguirá cuando la cierres.
   *[other]
        { $things } cosas que hiciste como invitado no se pudieron enviar. Se quedan selladas en este dispositivo. Hasta
        que haya salido todo, nada pasa a una cuenta: espera, o inicia sesión de todos modos, y seguirá cuando la
        cierres.
}
left-behind = { $things ->
    [one]
        { $things } cosa que hiciste como invitado no se pudo enviar. Se queda sellada en este dispositivo. Lo demás
        pasa a tu cuenta.
   *[other]
        { $things } cosas que hiciste como invitado no se pudieron enviar. Se quedan selladas en este dispositivo. Lo
        demás pasa a tu cuenta.
}
not-forgotten-while = { $things ->
    [one]
        { $things } cosa que hiciste aquí espera todavía para enviarse, y nadie más podría hacerlo. Envía o retira antes
        lo que espera.
   *[other]
        { $things } cosas que hiciste aquí esperan todavía para enviarse, y nadie más podría hacerlo. Envía o retira
        antes lo que espera.
}

carts-joined = Lo que habías elegido se añadió a la cesta que tenías en el mismo restaurante.
carts-joined-in-part = { $lines ->
    [one]
        Lo que habías elegido se añadió a la cesta que tenías en el mismo restaurante, pero { $lines } línea no cupo.
   *[other]
        Lo que habías elegido se añadió a la cesta que tenías en el mismo restaurante, pero { $lines } líneas no
        cupieron.
}

erasing = Tus datos están a punto de borrarse: tarda uno o dos minutos. Después, este dispositivo te olvida.
erasing-after = { $orders ->
    [one] Tus datos se borrarán cuando termine tu pedido. Hasta entonces los necesitan la cocina y el repartidor.
   *[other]
        Tus datos se borrarán cuando terminen tus { $orders } pedidos. Hasta entonces los necesitan la cocina y el
        repartidor.
}
