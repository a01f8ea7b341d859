# El turno de un repartidor: lo que se ofrece, se recoge y se lleva.

shift = Tu turno
shift-with = { $meals ->
    [one] Tu turno: { $meals } comida
   *[other] Tu turno: { $meals } comidas
}
shift-offer = Una comida para ti
other-signed-in = En este navegador ha iniciado sesión otra persona. Usa una ventana privada o inicia sesión con tu propia cuenta.
nobody-signed-in = Las comidas se ofrecen a los repartidores que han iniciado sesión.
sign-in-as-driver = Inicia sesión como repartidor
on-duty = Estás de servicio. Se te ofrecen comidas.
off-duty = No estás de servicio.
go-off-duty = Terminar el servicio
go-on-duty = Empezar el servicio

offer-left = Puedes aceptarla durante { NUMBER($left) } s
offer-any-moment = Puede pasar a otra persona en cualquier momento
take-it = Aceptar
leave-it = Dejarla para otra persona
offer-head = Una comida por recoger
claimed-head = Has dicho que sí
claimed-unheard = Es tuya en cuanto el servidor te haya oído a tiempo; no salgas a por ella hasta entonces.

ready-on-the-pass = Lista en el pase
not-ready-yet = Todavía no está lista
fetch-at = Recoger en
wanted-for = Para
bring-to = Llevar a
phone = Teléfono
note = Nota
money = Dinero
called-off = Ya nadie quiere esta comida. No hace falta que la recojas.
i-have-it = La tengo
cannot-fetch = No puedo recogerla
delivered = Entregada

nobody-there-ask = No hay nadie…
nobody-there-title = ¿No hay nadie?
nobody-there-says =
    Primero toca el timbre, llama y espera unos minutos. El cliente lee lo que hiciste; se cobra en la tarjeta, porque se
    cocinó y se llevó.
nobody-there-confirm = No hay nadie
tried-rang = Toqué el timbre y llamé, nadie abre
tried-phone-off = Nadie abre, el teléfono está apagado
fails-ask = No puedo llevarla…
fails-title = ¿No se entregó?
fails-says = El cliente lee el motivo y no paga nada.
fails-confirm = No se entregó
fails-address = La dirección no existe
fails-spoilt = La comida se ha estropeado

takings = Efectivo y propinas
takings-what =
    Aquí no se calcula ningún salario: solo las comidas que has llevado, el efectivo de la casa que llevas encima y las propinas con
    tarjeta que se te deben.
takings-carried = Llevas encima
takings-nothing = Todavía no se ha contado ninguna comida. Lo que cobras en la puerta cuenta al tocar «Entregada».
takings-waiting = { $meals ->
    [one] { $meals } comida espera en este teléfono a ser enviada
   *[other] { $meals } comidas esperan en este teléfono a ser enviadas
}
takings-amount = Cuánto has entregado ({ $currency })
takings-all-of-it = Todo
takings-hand-in = Lo he entregado
takings-today = Hoy
takings-before = Antes de eso
takings-day-ends = Aquí un día termina a las { $clock }.
takings-no-meal = Ninguna comida todavía
takings-meals = Comidas
takings-cash = Efectivo en la puerta
takings-tips = Propinas con tarjeta
takings-owed = { $tips } en total, que la casa debe pagarte
takings-handed-in = Entregado
takings-latest = Las últimas comidas
takings-by-card = Con tarjeta
takings-by-card-with-tip = Con tarjeta, { $tip } es para ti
takings-waits = Espera a ser enviada

# A driver's place. It is told while they look at the page, and kept nowhere.
sighted = Mientras llevas un pedido y miras esta página, quien lo espera ve más o menos dónde estás.
not-sighted = Tu teléfono no dice ahora dónde está, así que nadie lo ve.
