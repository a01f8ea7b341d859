# Cómo va todo el sistema, para los operadores.

system = Sistema
said-at = Esto es a fecha de { $at }.
parts = Partes
what-is-well = Lo que va bien
server-as-of = Servidor { $version }, a fecha de { $at }
verdict = { $parts ->
    [0] Todas las partes van bien.
    [one] { $parts } parte no va bien.
   *[other] { $parts } partes no van bien.
}

the-store = El almacén
part-trigger = Publicación de hechos
part-live = Novedades a las pantallas
part-clock = Temporizadores
part-resubmit = Reintento de fallos
part-payment-egress = Llamadas al banco
part-payment-look = Búsqueda de dinero
part-partner-egress = Llamadas a socios
part-push-egress = Notificaciones
part-erasure = Borrado
part-delivery-proofs = Borrado de fotos antiguas
part-replay = Repeticiones
part-dashboard = Recuento para esta página
part-drift = Comparación de pedidos
part-reporting = Cifras por día
part-archive = Conservación de lo terminado
part-search = Búsqueda de pedidos
part-payments = El banco
part-partners = Sistemas propios de los restaurantes
part-push = Servicios push de los navegadores
part-service = Servicio { $name }

commit-fast = un commit tarda menos de 1 ms
commit-takes = un commit tarda { NUMBER($milliseconds) } ms
store-holds = { NUMBER($facts) } hechos, { $truth } y { $views }
task-well = hace lo que debe
task-behind = { $facts ->
    [one] { $facts } hecho de retraso
   *[other] { $facts } hechos de retraso
}
task-behind-for = { $facts ->
    [one] { $facts } hecho de retraso, el primero desde hace { $age }
   *[other] { $facts } hechos de retraso, el primero desde hace { $age }
}
task-waits = { $facts ->
    [one] { $facts } hecho espera otro intento
   *[other] { $facts } hechos esperan otro intento
}
task-failed = falló y vuelve a empezar solo
began-again = { $times ->
    [one] volvió a empezar { $times } vez, la última: { $at }: { $why }
   *[other] volvió a empezar { $times } veces, la última: { $at }: { $why }
}
outside-absent = no se usa
outside-answers = responde
calls-wait = { $calls ->
    [one] { $calls } llamada espera
   *[other] { $calls } llamadas esperan
}
calls-wait-for = { $calls ->
    [one] { $calls } llamada espera, la primera desde hace { $age }
   *[other] { $calls } llamadas esperan, la primera desde hace { $age }
}
silent-calls-wait = { $calls ->
    [one] no responde; { $calls } llamada espera
   *[other] no responde; { $calls } llamadas esperan
}
silent-calls-wait-for = { $calls ->
    [one] no responde; { $calls } llamada espera, la primera desde hace { $age }
   *[other] no responde; { $calls } llamadas esperan, la primera desde hace { $age }
}
under-a-minute = menos de un minuto

orders-under-way = Pedidos en curso
no-orders-under-way = No hay ninguno.
orders-since = { NUMBER($orders) }, el primero desde hace { $age }
status-for = { $status }, desde hace { $age }
not-compared = Todavía no se ha comparado lo que los servicios tienen de los pedidos.
compared-alike = { $orders ->
    [one] { $orders } pedido se comparó con lo que tiene cada servicio ({ $at }): no difería nada.
   *[other] { $orders } pedidos se compararon con lo que tiene cada servicio ({ $at }): no difería nada.
}
compared-mended = { $orders ->
    [one] { $orders } pedido se comparó con lo que tiene cada servicio ({ $at }): diferían y se corrigieron: { NUMBER($differed) }.
   *[other] { $orders } pedidos se compararon con lo que tiene cada servicio ({ $at }): diferían y se corrigieron: { NUMBER($differed) }.
}

what-happens = Qué ocurre
fact = Hecho
minute = Minuto
hour = Hora
day = Día

apps-in-use = Aplicaciones en uso
talks = { $screens ->
    [one] { $screens } pantalla recibe novedades ahora.
   *[other] { $screens } pantallas reciben novedades ahora.
}
devices-and-acts = { $devices ->
    [one] { $devices } dispositivo,
   *[other] { $devices } dispositivos,
} { $acts ->
    [one] { $acts } acción espera
   *[other] { $acts } acciones esperan
}
heard-of-at = última noticia: { $at }
release-unnamed = una versión que no dice cuál es

faults = Fallos
could-not-do = Lo que no pudo hacer
nothing-went-wrong = No falló nada de lo que alguien tuviera que ocuparse.
service-waits = { $facts ->
    [one] { $service }: { $facts } hecho espera
   *[other] { $service }: { $facts } hechos esperan
}
waits-behind-them = { $facts ->
    [one] Detrás espera { $facts } más.
   *[other] Detrás esperan { $facts } más.
}
tried-times = { $kinds }, { NUMBER($tries) } intentos, desde { $since }
try-these-again = { $facts ->
    [one] Intentarlo de nuevo
   *[other] Intentar de nuevo estos { $facts }
}
tried-again = Intentado de nuevo
tried-by = { $faults ->
    [one] { $at } { $by }: { $faults } fallo de { $services }. { $how }
   *[other] { $at } { $by }: { $faults } fallos de { $services }. { $how }
}
tried-well = { $faults ->
    [one] { $faults } está hecho
   *[other] { $faults } están hechos
}
tried-in-vain = { $faults ->
    [one] { $faults } falló otra vez
   *[other] { $faults } fallaron otra vez
}
tried-gone = { $faults ->
    [one] { $faults } ya no esperaba
   *[other] { $faults } ya no esperaban
}
still-to-be-tried = { $faults ->
    [one] Queda { $faults } por intentar.
   *[other] Quedan { $faults } por intentar.
}
told-of = Comunicado
told = { $at } { $kind } ({ NUMBER($times) }×): { $detail }
what-about = De qué se trataba
kind-unreadable-row = fila ilegible
kind-unreadable-act = acción ilegible
kind-unreadable-word = palabra ilegible
kind-digest-differs = el resumen difiere
kind-stalled = no avanzaba
kind-act-failed = falló una acción
kind-fact-parked = hecho apartado
kind-replay-failed = falló una repetición
kind-drifted = difería
kind-task-failed = falló una tarea
kind-money-stuck = dinero que no avanza
kind-clock-failed = falló un temporizador
kind-partner-not-told = socio sin avisar
kind-push-refused = servicio push rechazado
