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
