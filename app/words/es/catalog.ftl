# Lo que ofrecen los restaurantes.

hungry-for = ¿Qué te apetece?
restaurants = Restaurantes
all-restaurants = Todos los restaurantes
search-restaurants = Buscar restaurantes y platos
search-example = Ramen, pizza, un restaurante…
filters = Filtros
open-now = Abierto ahora
nearest-first = Más cercanos primero
restaurants-found = { $found ->
    [one] { $found } restaurante
   *[other] { $found } restaurantes
}
nothing-like-that = Aquí no hay nada así
nothing-like-that-says = Prueba con otra palabra o mira todos los restaurantes.
show-all = Mostrar todo
no-restaurants = Todavía no hay restaurantes
no-restaurants-says = En cuanto uno abra sus puertas aquí, aparecerá solo.
nothing-here = Aquí todavía no hay nada

menu = Carta
menu-not-here = Esta carta no está en este dispositivo
menu-not-here-says = Se carga en cuanto se pueda contactar con el servidor.
no-dish-like-that = No hay ningún plato así
no-dish-like-that-says = Prueba con otra palabra.
search-this-menu = Buscar en esta carta
diets = Dietas
fill-a-cart = { $openness }. Ya puedes llenar una cesta.
order-for-later = { $openness }. Puedes pedir para más tarde.
price-from = desde { $sum }
suits = Apto para
contains = Contiene { $allergens }
sold-out = Agotado
left = { $left ->
    [one] Queda { $left }
   *[other] Quedan { $left }
}

dish = Plato
not-on-menu = Este plato no está en la carta
not-on-menu-says = Puede que lo hayan retirado.
add = Añadir { NUMBER($count) } · { $sum }
word-to-the-cook = Unas palabras para la cocina
optional = (si quieres)
word-example = Sin cebolla, por favor
how-many = Cuántos
choose-one = Elige uno
choose-one-if-you-like = Elige uno, si quieres
as-many-as-you-like = Todos los que quieras
up-to = Hasta { NUMBER($most) }
choose-exactly = Elige { NUMBER($count) }
choose-between = Elige de { NUMBER($least) } a { NUMBER($most) }
chosen-twice = { $option } está elegido dos veces
choose-at-least = Elige al menos { NUMBER($least) } de { $group }
choose-at-most = Elige como máximo { NUMBER($most) } de { $group }
choice-not-offered = Una de las opciones ya no se ofrece
dish-gone = Este plato ya no está en la carta
cart-full = En una cesta caben { NUMBER($lines) } líneas como máximo

sign-in-as-restaurant = Inicia sesión como restaurante
sign-in-as-restaurant-says = Aquí se edita la carta del restaurante cuya cuenta ha iniciado sesión.
no-menu = Aquí todavía no hay carta
search-your-menu = Buscar en tu carta
name = Nombre
price = Precio
price-in = Precio, { $currency }
left-field = Quedan
left-says = Cuántas raciones quedan; vacío: no se cuentan
not-portions = Las raciones son un número entero, o nada si no se cuentan
save = Guardar
undo = Deshacer
needs-no-kitchen = No necesita cocina
needs-no-kitchen-says = Se sirve al momento, como una bebida: las mesas no esperan a la cocina

how-long-now = Cuánto tardan ahora las comidas
takes-usual = { $usual }, como siempre
takes-longer = { $time }, hay mucho trabajo

take-orders-again = Volver a aceptar pedidos
stop-taking-orders = Dejar de aceptar pedidos

allergen-gluten = gluten
allergen-crustaceans = crustáceos
allergen-eggs = huevos
allergen-fish = pescado
allergen-peanuts = cacahuetes
allergen-soy = soja
allergen-milk = leche
allergen-nuts = frutos de cáscara
allergen-celery = apio
allergen-mustard = mostaza
allergen-sesame = sésamo
allergen-sulphites = sulfitos
allergen-lupin = altramuces
allergen-molluscs = moluscos
