# مناوبة السائق: ما يُعرض عليه وما يأخذه وما يوصله.

shift = مناوبتك
shift-with = { $meals ->
    [zero] مناوبتك: لا وجبات
    [one] مناوبتك: وجبة واحدة
    [two] مناوبتك: وجبتان
    [few] مناوبتك: { $meals } وجبات
    [many] مناوبتك: { $meals } وجبة
   *[other] مناوبتك: { $meals } وجبة
}
shift-offer = وجبة لك
other-signed-in = سجّل شخص آخر الدخول في هذا المتصفح. استعمل نافذة خاصة، أو سجّل الدخول بحسابك.
nobody-signed-in = تُعرض الوجبات على السائقين الذين سجّلوا الدخول.
sign-in-as-driver = سجّل الدخول كسائق
on-duty = أنت في الخدمة. تُعرض عليك الوجبات.
off-duty = لست في الخدمة.
go-off-duty = إنهاء الخدمة
go-on-duty = بدء الخدمة

offer-left = لك أن تأخذها خلال { NUMBER($left) } ث
offer-any-moment = قد تصبح لغيرك في أي لحظة
take-it = خذها
leave-it = اتركها لغيرك
offer-head = وجبة للأخذ
claimed-head = لقد وافقت
claimed-unheard = تصبح لك حين يسمعك الخادم في الوقت المناسب؛ لا تنطلق إليها قبل ذلك.

ready-on-the-pass = جاهزة للتسليم في المطبخ
not-ready-yet = ليست جاهزة بعد
fetch-at = الأخذ من
wanted-for = مطلوب
bring-to = التوصيل إلى
phone = الهاتف
note = ملاحظة
money = المال
called-off = لم يعد أحد يريد هذه الوجبة. لا داعي لأخذها.
i-have-it = هي معي
cannot-fetch = لا أستطيع أخذها
delivered = تم التوصيل

nobody-there-ask = لا أحد هناك…
nobody-there-title = لا أحد هناك؟
nobody-there-says =
    اقرع الجرس واتصل وانتظر بضع دقائق أولًا. يقرأ الزبون ما فعلته؛ ويُخصم من البطاقة لأن الوجبة طُبخت وأُحضرت.
nobody-there-confirm = لا أحد هناك
tried-rang = قرعت واتصلت ولم يفتح أحد
tried-phone-off = لا أحد يفتح والهاتف مغلق
fails-ask = لا أستطيع توصيلها…
fails-title = لم تُوصَّل؟
fails-says = يقرأ الزبون السبب ولا يدفع شيئًا.
fails-confirm = لم تُوصَّل
fails-address = العنوان غير موجود
fails-spoilt = فسدت الوجبة

takings = النقد والبقشيش
takings-what =
    لا يُحسب هنا أي أجر: فقط الوجبات التي أوصلتها، والنقد الذي تحمله للمطعم، والبقشيش بالبطاقة المستحق لك.
takings-carried = معك
takings-nothing = لم تُحسب أي وجبة بعد. ما تأخذه عند الباب يُحسب حين تضغط «تم التوصيل».
takings-waiting = { $meals ->
    [zero] لا وجبات منها تنتظر الإرسال على هذا الهاتف
    [one] وجبة واحدة منها تنتظر الإرسال على هذا الهاتف
    [two] وجبتان منها تنتظران الإرسال على هذا الهاتف
    [few] { $meals } وجبات منها تنتظر الإرسال على هذا الهاتف
    [many] { $meals } وجبة منها تنتظر الإرسال على هذا الهاتف
   *[other] { $meals } وجبة منها تنتظر الإرسال على هذا الهاتف
}
takings-amount = المبلغ الذي سلّمته ({ $currency })
takings-all-of-it = كله
takings-hand-in = سلّمته
takings-today = اليوم
takings-before = قبل ذلك
takings-day-ends = ينتهي اليوم هنا عند { $clock }.
takings-no-meal = لا وجبات بعد
takings-meals = الوجبات
takings-cash = نقدًا عند الباب
takings-tips = البقشيش بالبطاقة
takings-owed = { $tips } في المجموع، على المطعم دفعها لك
takings-handed-in = المبالغ المسلَّمة
takings-latest = آخر الوجبات
takings-by-card = بالبطاقة
takings-by-card-with-tip = بالبطاقة، { $tip } لك
takings-waits = تنتظر الإرسال

# A driver's place. It is told while they look at the page, and kept nowhere.
sighted = ما دامت معك وجبة وأنت تنظر إلى هذه الصفحة، يرى من ينتظرها مكانك على وجه التقريب.
not-sighted = هاتفك لا يقول الآن أين هو، فلا يراه أحد.
