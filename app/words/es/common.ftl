# Palabras que usan todas las pantallas.

outbox = Salida
inbox = Entrada
sync-centre = Sincronización
try-again = Intentar de nuevo
all-right = De acuerdo
back = Volver
saving = Guardando…
copied = Copiado.
not-copied = El navegador no permitió copiarlo. Guarda una copia como archivo.
no-file = El navegador no tiene espacio para crear el archivo. Cierra otras páginas e inténtalo de nuevo.
cannot-open = Carryout no puede iniciarse aquí
nothing-yet =
    Todavía no se ha cargado nada en este dispositivo y no se puede contactar con el servidor. En cuanto se pueda, esta
    página se llenará sola.

with-count = { $name }: { NUMBER($number) }
list-comma = { ", " }

minutes = { NUMBER($minutes) } min
hours = { NUMBER($hours) } h
hours-minutes = { NUMBER($hours) } h { NUMBER($minutes) } min
days = { $days ->
    [one] { $days } día
   *[other] { $days } días
}
from-to = { $from } – { $to }
today = Hoy
tomorrow = Mañana
day-and-clock = { $day }, { $clock }
