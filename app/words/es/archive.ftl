# Lo que terminó: el archivo, y qué fue allí de un pedido.

archive = Todos los pedidos
archive-is-nobodys = ¿Los pedidos de quién?
archive-sign-in = Inicia sesión para ver y buscar los pedidos en los que tuviste parte.
archive-needs-network =
    Todos los pedidos se guardan en el servidor y no en este dispositivo, así que necesitan la red. Lo que está en
    marcha está aquí sin ella. En cuanto se pueda contactar con el servidor, esta página se llena sola.
archive-is-empty = Todavía no hay ninguno. Un pedido está aquí poco después de hacerse.
archive-search = Buscar en todos los pedidos
archive-hint = Un plato, un restaurante, un número…
archive-look = Buscar
archive-earlier = Pedidos anteriores
archive-finds-nothing =
    No se encontró nada para «{ $words }». Todas las palabras tienen que estar en el pedido: platos, el restaurante, su
    número.

no-orders =
    Lo que pidas aparece aquí durante un mes, también sin red. Los más antiguos están en «Todos los pedidos».
order-elsewhere = Lo tiene el servidor. Lo que terminó hace más de un mes está en «Todos los pedidos».
no-such-order =
    Puede que sea de otra cuenta o que aún no se haya cargado. Lo que terminó hace más de un mes está en «Todos los
    pedidos».

paper-wanted = Para

paper-tip = Propina
paper-refund = Devuelto
paper-total = En total
paper-paid = Pagado
paper-by-card = Con tarjeta
paper-at-hand-over = Al entregarse

at-counter = Mostrador
at-table = Mesa { $name }

became-submitted = Espera a la cocina
became-received = Aceptado
became-preparing = Preparándose
became-prepared = Listo
became-picked-up = En camino
became-handed-over = Entregado en mano
became-delivered = Entregado
became-cancelled = Cancelado
became-rejected = Rechazado por la cocina
became-paid = Pagado
became-closed = Pagado y cerrado
became-under-way = En marcha
