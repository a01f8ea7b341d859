# Quién está aquí: un invitado pide enseguida, quien tiene cuenta inicia sesión, y a ambos se les puede olvidar.

sign-in = Iniciar sesión
sign-out = Cerrar sesión
guest = Invitado, sin iniciar sesión

your-account = Tu cuenta
account = Cuenta
password = Contraseña
signing-in = Iniciando sesión…
sending-first = Enviando antes lo que espera…
sign-in-all-the-same = Iniciar sesión de todos modos
needs-server =
    Para iniciar sesión hace falta el servidor, y ahora mismo no se puede contactar con él. Mientras tanto puedes mirar
    y pedir.
one-account =
    Este navegador guarda los pedidos de una sola persona a la vez. Para usar a su lado una segunda cuenta, como la
    cocina de demostración junto al cliente de demostración, abre una ventana privada.

can-order = Puedes pedir y seguir tus pedidos.
for-restaurant = Para { $restaurant }.
belongs-elsewhere = Esta cuenta es de otra parte de Carryout.
go-there = Ir allí
go-on = Continuar
give-up-title = ¿Renunciar a lo que espera?
keep-it = Conservarlo

take-over = Fui yo quien pidió aquí: pasarlo a mi cuenta
guest-taken-over = Lo que hiciste aquí como invitado ya es tuyo.
guest-stays =
    Algo que se hizo aquí como invitado aún no se ha enviado, así que nada pasó a tu cuenta. Seguirá cuando cierres la
    sesión.
being-taken-over = Lo que pediste como invitado está pasando a tu cuenta.
keep-order =
    Solo este teléfono muestra este pedido. Inicia sesión para guardarlo en tu cuenta y seguirlo también en otros
    dispositivos; va contigo.
not-your-device = ¿No es tu dispositivo?
forget-guest = Olvidarme en este dispositivo
forget-title = ¿Olvidar lo que hiciste aquí?
forgetting-guest =
    Tu nombre, tu cesta y tus pedidos desaparecen de este dispositivo. Un pedido que ya tiene la cocina sigue adelante,
    y nadie podrá seguirlo ni cancelarlo desde aquí.

your-data = Tus datos
export = Guardar una copia de mis datos
export-says = Tus pedidos, tu Entrada y lo que hiciste aquí, en un archivo. No necesita red.
erase = Borrar mis datos
erase-title = ¿Borrarlo todo?
erasing-says =
    Tu nombre, tus direcciones, tus notas y tu cuenta se borran en nuestros servidores y en todos los dispositivos que
    usas. Lo que pediste se conserva sin ellos.
erasing-cannot-be-undone =
    Nadie puede recuperarlo y nadie podrá volver a iniciar sesión con esta cuenta. Un pedido que está en marcha se lleva
    antes a su fin.
erased = Tus datos están borrados, aquí y en nuestros servidores.
