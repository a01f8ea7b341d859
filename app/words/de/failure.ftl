# Warum dieses Gerät etwas nicht behalten oder lesen konnte, und warum der Server nicht antwortet oder Nein sagt. Ganze Sätze.

store-full =
    Auf diesem Gerät ist kein Platz mehr; was du geschrieben hast, steht noch auf diesem Bildschirm. Schaffe etwas Platz
    und versuche es noch einmal.
store-refused = Dieser Browser behält nichts für diese Seite (privates Fenster, oder der Speicher ist abgeschaltet).
store-blocked =
    Ein anderer Tab hält den Speicher dieses Geräts fest; schließe die anderen Tabs dieser Website, und dieser macht von
    selbst weiter.
store-newer =
    Eine neuere Version dieser Seite ist in einem anderen Tab offen; nichts ist verloren. Lade diese Seite neu.
store-evicted =
    Der Browser hat den Speicher dieses Geräts weggeworfen, und ein anderer Tab hat neu begonnen; lade diese Seite neu.
store-slow = Der Speicher dieses Geräts antwortet nicht; bis er es tut, wird nichts gespeichert.
store-fenced = Ein anderer Tab hat übernommen.
store-too-large =
    Das hat { NUMBER($bytes) } Bytes, und { NUMBER($most) } sind das Höchste, was auf einmal behalten wird; nichts wurde
    gespeichert, und was du geschrieben hast, steht noch auf diesem Bildschirm. Kürze es oder mache es in Teilen.
store-other-person =
    Jemand hat sich in einem anderen Tab an- oder abgemeldet; nichts wurde gespeichert. Sieh nach, wer angemeldet ist, und
    mache es noch einmal.
store-lost = Die Verbindung zum Speicher dieses Geräts ging verloren.
store-other = Der Speicher dieses Geräts hat versagt ({ $name }).

unreached = Der Server ist nicht zu erreichen, und das hier ist nicht auf diesem Gerät gespeichert.
page-left = Diese Seite wurde verlassen.
signed-out =
    Nichts wurde gemacht. Was du auf diesem Gerät getan hast, bleibt erhalten; melde dich an, und es wird gesendet.
server-slow = Vielleicht wurde es gemacht, vielleicht nicht. Sende es noch einmal: Zweimal gemacht wird dasselbe nie.
server-stopping = Offene Anfragen werden noch beendet; sende neue in Kürze wieder.
server-busy =
    Soweit hier bekannt ist, wurde nichts geändert; was auf dem Gerät ist, bleibt erhalten. Sende es noch einmal.
server-fault = Ein Fehler bei uns. Was nicht als erledigt bestätigt wurde, kann noch einmal gesendet werden.
server-says = Der Server sagt: { $words }

sign-in-unreachable =
    Der Server ist nicht zu erreichen, und zum An- oder Abmelden wird er gebraucht; was du getan hast, bleibt auf diesem
    Gerät.
still-waiting =
    Etwas, das in einem anderen Tab getan wurde, ist noch nicht gesendet; es bleibt erhalten. Sende es zuerst.
wrong-credentials =
    Niemand wurde angemeldet. Prüfe beides und versuche es noch einmal; was du auf diesem Gerät getan hast, bleibt
    erhalten.
not-right = Der Name oder das Passwort stimmt nicht.
too-many-attempts = { $seconds ->
    [one] Niemand wurde angemeldet. Versuche es in einer Sekunde noch einmal; was du auf diesem Gerät getan hast, bleibt erhalten.
   *[other] Niemand wurde angemeldet. Versuche es in { $seconds } Sekunden noch einmal; was du auf diesem Gerät getan hast, bleibt erhalten.
}
too-many-tries = Zu viele Versuche; warte eine Minute und versuche es noch einmal.
account-erased =
    Niemand wurde angemeldet. Auf Wunsch der Person, der es gehörte, wurde alles gelöscht; auch dieses Gerät vergisst es.
