# Lo que otros cambiaron en algo que todavía está en camino.

you-saw = { $field }: lo que viste
is-now = { $field } ahora
you-want = Tú quieres

dish = Plato
order = Pedido
ticket = Comanda
table = Mesa
delivery = Entrega
doors = Puertas

no-longer-on-menu = Ya no está en la carta
is-over = Ha terminado
takes-orders = Acepta pedidos
takes-no-orders = No acepta pedidos
