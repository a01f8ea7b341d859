language = Idioma
language-missing = No se pudieron cargar las palabras para { $name }. Vuelve a elegirlo cuando tengas conexión.
loading = Cargando
updating = Actualizando…
update-now = Actualizar ahora

nothing-here = Aquí no hay nada
leads-nowhere = Esta dirección no lleva a ninguna parte
an-old-link = Quizá sea un enlace antiguo.
to-the-start = Ir al inicio

one-fewer = Uno menos
one-more = Uno más

in-your-own-words = Con tus palabras
how-much-of = Cuánto, de { $most }
amount-at-most = Tiene que ser más que nada y { $most } como máximo.
not-an-amount = «{ $text }» no es una cantidad de dinero.
too-many-decimals = «{ $text }» tiene más decimales que { $currency } ({ NUMBER($decimals) }).
amount-too-large = «{ $text }» es demasiado.

give-back = Devolver dinero…
give-back-title = ¿Devolver dinero?
give-back-says = Vuelve a la tarjeta que pagó. Tu equipo lee el motivo; el cliente ve la suma.
give-it-back = Devolver

act-news = { $act }: { $step }.
order-news = Pedido número { $number }: { $step }.
order-unnumbered-news = Pedido { $letters }: { $step }.

adds = + { $sum }
takes-off = − { $sum }
share = Compartir
address-copied = Se copió la dirección.
ready-for-offline = Carryout ya está en este dispositivo y también se abre sin red.
# Asked for a place, by a driver, by who waits, by who is hungry.
here-unknown = Este dispositivo no dice dónde está.
