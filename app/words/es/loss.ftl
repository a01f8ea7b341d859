# Lo que se puede decir cuando un navegador ha borrado lo que estaba guardado en este dispositivo: lo que se sabe, y nunca que no
# se haya perdido nada.

happened = Este navegador borró lo que Carryout guardaba en este dispositivo.
noted = { $things ->
    [one] La última vez que se anotó aquí, { $things } cosa esperaba a enviarse, desde { $since }.
   *[other] La última vez que se anotó aquí, { $things } cosas esperaban a enviarse, la más antigua desde { $since }.
}

known-awaited = En cuanto el servidor responda, se le pregunta qué sabe.
known-nothing = El servidor no había sabido qué esperaba aquí.
known-none-waited = La última vez que el servidor supo de este dispositivo, no le constaba que esperara nada.
known-all-arrived = Lo que el servidor sabía que esperaba en este dispositivo ha llegado.
known-missing = { $things ->
    [one] { $things } cosa que se sabe que esperaba en este dispositivo no llegó nunca.
   *[other] { $things } cosas que se sabe que esperaban en este dispositivo no llegaron nunca.
}

may-be-lost = Lo que se hizo aquí antes puede haberse perdido.
may-be-lost-since = Lo que se hizo aquí desde { $since } puede haberse perdido.
advice = Lo que había llegado al servidor está a salvo allí. Míralo y haz otra vez lo que falte.
was-read = Lo he leído
