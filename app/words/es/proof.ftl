# Prueba en la puerta: lo que un repartidor guarda de una entrega, hasta dónde ha llegado, y lo que ven de ella el cliente y la mesa.

title = En la puerta
hint = Añade una foto, una firma o unas palabras si ayuda. Se guarda en este teléfono y se envía después del estado.
take-photo = Foto
reading = Guardando la foto…
take-signature = Firma
take-word = Con palabras
done = Listo
pad = Firma aquí con un dedo o un lápiz
pad-hint = Quien no pueda firmar: cierra esto y elige «Con palabras».
undo = Deshacer
clear = Borrar
save = Guardar
back = Volver
word-title = ¿Cómo se entregó?
left-at-door = Dejado en la puerta
to-neighbour = Entregado a un vecino
word-field = O con tus palabras, por ejemplo quién lo recibió
unreadable = Esta imagen no se puede leer aquí. Haz otra.
huge = Este archivo es demasiado grande para este teléfono. Haz una foto con la cámara.
nothing-signed = Todavía no hay firma.
there = Ya está guardado.
on-phone = Fotos y firmas
delete = Borrar de este teléfono
of-delivery = Prueba de entrega
not-loaded = Se muestra en cuanto se pueda contactar con el servidor.
not-kept = Se guardó 30 días y ya no está.

delivered-to = Entregado a { $name }
not-delivered-to = No entregado a { $name }
delivered-at = Entregado a las { $clock }
not-delivered-at = No entregado, a las { $clock }

photo = Foto
signature = Firma
word = Con palabras
photo-at = Foto, { $moment }
signature-at = Firma, { $moment }
word-at = En palabras del repartidor, { $moment }
picture-photo = Foto del repartidor, { $moment }
picture-signature = Firma en la puerta, { $moment }

stage-being-sent = Enviando
stage-only-here = Solo en esta ventana
stage-saved = Guardado en este teléfono
stage-sent = Enviado
stage-not-sent = No enviado

end-act-refused = Aquello a lo que pertenece fue rechazado, así que no se envía.
end-lost = Ya no está en este teléfono, así que no se puede enviar.
end-called-off = Esta comida se anuló, así que no se guarda ninguna prueba. La mesa tiene lo que comunicaste.
end-erased = El cliente fue borrado, así que no se guarda nada sobre él.
end-too-late = La entrega terminó hace más de 30 días, así que ya no se guarda.
end-too-many = Esta entrega ya tiene tantas pruebas como puede tener.
end-not-yours = Esta comida nunca fue tuya, así que el servidor no la acepta.
end-too-large = Es demasiado grande para el servidor.
end-refused = El servidor no lo acepta.

full = No queda sitio en este teléfono. Conéctate, espera a que se envíe lo que espera e inténtalo de nuevo. Esto no se guardó.
signed-out = Nadie ha iniciado sesión; no se guardó nada.
no-act = Aquello a lo que pertenece ya no está en este teléfono; no se guardó nada.
too-large = Es demasiado grande para enviarlo; no se guardó nada. Haz una más pequeña.
