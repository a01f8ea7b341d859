# Por qué este dispositivo no pudo guardar o leer algo, y por qué el servidor no responde o dice que no. Frases enteras.

store-full =
    En este dispositivo no queda espacio; lo que escribiste sigue en esta pantalla. Libera algo de espacio e inténtalo de
    nuevo.
store-refused =
    Este navegador no guarda nada para esta página (ventana privada, o el almacenamiento está desactivado).
store-blocked =
    Otra pestaña tiene ocupado el almacenamiento de este dispositivo; cierra las demás pestañas de este sitio y esta
    seguirá sola.
store-newer =
    Hay una versión más nueva de esta página abierta en otra pestaña; no se ha perdido nada. Vuelve a cargar esta página.
store-evicted =
    El navegador borró el almacenamiento de este dispositivo y otra pestaña ha empezado de nuevo; vuelve a cargar esta
    página.
store-slow = El almacenamiento de este dispositivo no responde; hasta que lo haga no se guarda nada.
store-fenced = Otra pestaña ha tomado el relevo.
store-too-large =
    Esto ocupa { NUMBER($bytes) } bytes, y de una sola cosa se guardan { NUMBER($most) } como máximo; no se guardó nada, y
    lo que escribiste sigue en esta pantalla. Acórtalo o hazlo por partes.
store-other-person =
    Alguien inició o cerró sesión en otra pestaña; no se guardó nada. Mira quién tiene la sesión iniciada y hazlo otra vez.
store-lost = Se perdió la conexión con el almacenamiento de este dispositivo.
store-other = El almacenamiento de este dispositivo falló ({ $name }).

unreached = No se puede contactar con el servidor, y esto no se guarda en este dispositivo.
page-left = Se salió de esta página.
signed-out =
    No se hizo nada. Lo que hiciste en este dispositivo está guardado; inicia sesión y se enviará.
server-slow = Puede que se haya hecho o puede que no. Envíalo otra vez: lo mismo nunca se hace dos veces.
server-stopping = Las peticiones abiertas se terminan; envía las nuevas dentro de un momento.
server-busy =
    Por lo que se sabe aquí, no se cambió nada; lo que está en el dispositivo sigue guardado. Envíalo otra vez.
server-fault = Un fallo nuestro. Lo que no se confirmó como hecho se puede enviar otra vez.
server-says = El servidor dice: { $words }

sign-in-unreachable =
    No se puede contactar con el servidor, y hace falta para iniciar o cerrar sesión; lo que hiciste sigue guardado en este
    dispositivo.
still-waiting = Algo que se hizo en otra pestaña todavía no se ha enviado; sigue guardado. Envíalo primero.
wrong-credentials =
    No se inició ninguna sesión. Revisa ambas cosas e inténtalo de nuevo; lo que hiciste en este dispositivo sigue guardado.
not-right = El nombre o la contraseña no es correcto.
too-many-attempts = { $seconds ->
    [one] No se inició ninguna sesión. Inténtalo de nuevo dentro de un segundo; lo que hiciste en este dispositivo sigue guardado.
   *[other] No se inició ninguna sesión. Inténtalo de nuevo dentro de { $seconds } segundos; lo que hiciste en este dispositivo sigue guardado.
}
too-many-tries = Demasiados intentos; espera un minuto e inténtalo de nuevo.
account-erased =
    No se inició ninguna sesión. Se borró todo por deseo de su titular; este dispositivo también lo olvida.
