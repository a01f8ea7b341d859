notifications = Notificaciones
tell-me = Avísame de lo que pase
tell-me-says = También con Carryout cerrado. Tu navegador te preguntará una vez.
is-told = Se te avisa de lo que pase, también con Carryout cerrado.
choose = Elegir de qué se te avisa

is-off = Con Carryout cerrado no se avisa de nada.
is-on = Este dispositivo recibe avisos también con Carryout cerrado.
is-to-be-renewed = Tu navegador lo ha olvidado. Se vuelve a activar en el próximo inicio con conexión.
not-yet = Este navegador aún está guardando Carryout en este dispositivo. Inténtalo de nuevo en un momento.
is-denied = Tu navegador no deja que Carryout te avise. Puedes permitirlo en los ajustes del navegador para esta página.
is-unsupported = Este navegador no puede avisarte con Carryout cerrado.
wants-home-screen = En este teléfono funciona cuando Carryout está en la pantalla de inicio: Compartir y luego Añadir a pantalla de inicio.
failed = Hace falta conexión con el servidor y con el servicio push de tu navegador, y uno de los dos no respondió. No se ha cambiado nada.
holds-nothing = Una notificación dice qué ha pasado. No contiene nombres, direcciones ni platos.

topic-accepted = La cocina acepta
topic-ready = Está listo o en camino
topic-delivered = Se ha entregado
topic-trouble = Se cancela, o nadie responde
topic-new-order = Un pedido nuevo espera un sí o un no
topic-offer = Se te ofrece una comida
