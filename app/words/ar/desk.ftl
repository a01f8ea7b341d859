# مكتب المشغّلين: ما يعانيه الطلب، وما يمكن فعله، وما جرى له.

desk = المكتب
desk-troubled = { $orders ->
    [zero] المكتب: لا طلب في مشكلة
    [one] المكتب: طلب واحد في مشكلة
    [two] المكتب: طلبان في مشكلة
    [few] المكتب: { $orders } طلبات في مشكلة
    [many] المكتب: { $orders } طلبًا في مشكلة
   *[other] المكتب: { $orders } طلب في مشكلة
}
sign-in-as-operator = سجّل الدخول كمشغّل
signed-out-says = تُعرض الطلبات التي فيها مشكلة على المشغّلين الذين سجّلوا الدخول.
somebody-else-says = شخص آخر سجّل الدخول في هذا المتصفح. استعمل نافذة خاصة، أو سجّل الدخول بحسابك.
all-is-well = كل شيء على ما يرام
all-is-well-says = لا طلب في مشكلة. إذا وقع طلب في مشكلة ظهر هنا من تلقاء نفسه.
seen-to = سُوّي في الساعة الأخيرة
drivers = السائقون
on-duty = في المناوبة: { $drivers }.
nobody-on-duty = في المناوبة: لا أحد.
on-duty-and-waiting = { $meals ->
    [zero] في المناوبة: { $drivers }. لا وجبة تنتظر أحدًا.
    [one] في المناوبة: { $drivers }. وجبة واحدة تنتظر أحدًا.
    [two] في المناوبة: { $drivers }. وجبتان تنتظران أحدًا.
    [few] في المناوبة: { $drivers }. { $meals } وجبات تنتظر أحدًا.
    [many] في المناوبة: { $drivers }. { $meals } وجبة تنتظر أحدًا.
   *[other] في المناوبة: { $drivers }. { $meals } وجبة تنتظر أحدًا.
}
nobody-on-duty-and-waiting = { $meals ->
    [zero] في المناوبة: لا أحد. لا وجبة تنتظر أحدًا.
    [one] في المناوبة: لا أحد. وجبة واحدة تنتظر أحدًا.
    [two] في المناوبة: لا أحد. وجبتان تنتظران أحدًا.
    [few] في المناوبة: لا أحد. { $meals } وجبات تنتظر أحدًا.
    [many] في المناوبة: لا أحد. { $meals } وجبة تنتظر أحدًا.
   *[other] في المناوبة: لا أحد. { $meals } وجبة تنتظر أحدًا.
}
driver-carries = { $meals ->
    [zero] { $driver } (بلا وجبات)
    [one] { $driver } (وجبة واحدة)
    [two] { $driver } (وجبتان)
    [few] { $driver } ({ $meals } وجبات)
    [many] { $driver } ({ $meals } وجبة)
   *[other] { $driver } ({ $meals } وجبة)
}

over-at = انتهى الطلب، { $at }
goes-on-at = الطلب مستمر، { $at }
order = الطلب
customer = الزبون
kitchen = المطبخ
sum = المبلغ
zone = المنطقة

said-by = { $by }: { $words }
kitchen-silent = لم يوافق { $restaurant } ولم يرفض.
nobody-found = لم يأخذه أي سائق.
not-delivered = لم يُوصَّل. لن يُخصم شيء.
not-delivered-said = لم يُوصَّل ({ $words }). لن يُخصم شيء.
nobody-there = لم يستلمه أحد عند الباب. يُخصم من البطاقة رغم ذلك.
nobody-there-said = لم يستلمه أحد عند الباب ({ $words }). يُخصم من البطاقة رغم ذلك.
contradicted = يبلّغ شخص عمّا لا يمكن أن يكون، على حدّ علمنا.
contradicted-said = يبلّغ شخص عمّا لا يمكن أن يكون، على حدّ علمنا ({ $words }).
restaurant-not-given-back = تعذرت إعادة المال إلى البطاقة. كان المطعم يعيده، وقيل له أن يعيده بطريقة أخرى.
restaurant-not-given-back-said = تعذرت إعادة المال إلى البطاقة ({ $words }). كان المطعم يعيده، وقيل له أن يعيده بطريقة أخرى.
not-given-back = تعذرت إعادة المال إلى البطاقة. أعده بطريقة أخرى.
not-given-back-said = تعذرت إعادة المال إلى البطاقة ({ $words }). أعده بطريقة أخرى.
not-charged = أُكل الطعام ولم تدفع البطاقة. تُعاد المحاولة.
not-charged-said = أُكل الطعام ولم تدفع البطاقة ({ $words }). تُعاد المحاولة.
ends-any-moment = ينتهي الطلب في أي لحظة.
ends-in = ينتهي الطلب من تلقاء نفسه بعد { $left }.
looked-for-once-more = يُبحث مرة أخرى، أو ينتهي الطلب.
drivers-asked-for = يُسأل السائقون { $left } أخرى.
nobody-has-looked = لم ينظر فيه أحد منذ { $time }.
look-within = ينبغي أن ينظر فيه أحد خلال { $left }.

give-kitchen-time = منح المطبخ وقتًا إضافيًا
give-it-time = امنحه وقتًا إضافيًا
choose-driver = اختيار سائق
nobody-there-on-duty = لا أحد في المناوبة هناك.
give-it-to = أعطه إلى
driver-is-free = { $driver }، متفرغ
driver-has = { $meals ->
    [zero] { $driver }، بلا وجبات
    [one] { $driver }، لديه وجبة واحدة
    [two] { $driver }، لديه وجبتان
    [few] { $driver }، لديه { $meals } وجبات
    [many] { $driver }، لديه { $meals } وجبة
   *[other] { $driver }، لديه { $meals } وجبة
}
end-order = إنهاء الطلب…
end-this-order = هل تنهي هذا الطلب؟
end-it = إنهاء
end-silent-says = لا يلزم المطبخ أن يطهوه، ويُلغى حجز المبلغ، ويُقال للزبون إن المطبخ لم يجب.
end-nobody-found-says = يُبلَّغ المطبخ، ويُلغى حجز المبلغ، ويُقال للزبون إنه لم يُعثر على سائق.
saw-to-it = سوّيت الأمر…
what-was-done = ماذا فُعل؟
what-was-done-says = يقرؤه زملاؤك؛ أما الزبون فلا.
it-is-seen-to = سُوّي الأمر
called-customer = اتُّصل بالزبون
called-driver = اتُّصل بالسائق
called-restaurant = اتُّصل بالمطعم
never-brought = لم يُوصَّل قط
something-missing = كان هناك نقص
our-mistake = كان الخطأ منا
done-time-given = منح { $by } المطبخ وقتًا حتى { $until }
done-given-up = أنهاه { $by }
done-chosen = اختار { $by } السائق { $driver }
done-given-back = أعاد { $by } مبلغ { $sum }: { $note }
done-settled = سوّى { $by } الأمر
done-settled-with-note = سوّى { $by } الأمر: { $note }

what-happened = ما جرى له
all-facts = كل الوقائع ({ NUMBER($facts) })، مع ملاحظات الخدمات
fact-order-submitted = طلب الزبون
fact-stock-hold-requested = تُطلب حصصه
fact-stock-held = حُجزت حصصه
fact-stock-short = تنقص حصص
fact-stock-released = أُعيدت حصصه
fact-stock-used-up = استُهلكت حصصه
fact-payment-authorization-requested = يُطلب مبلغه
fact-payment-authorized = حُجز مبلغه
fact-payment-declined = رُفضت البطاقة
fact-payment-voided = أُلغي حجز مبلغه
fact-payment-captured = خُصم مبلغه
fact-payment-capture-failed = لم تدفع البطاقة
fact-payment-refund-asked = مال يجب إعادته
fact-payment-refunded = أُعيد مال
fact-payment-refund-failed = تعذرت إعادة المال
fact-restaurant-refund-requested = يعيد المطعم مالًا
fact-desk-refund-requested = يعيد المكتب مالًا
fact-order-confirmed = يمكن للمطبخ أن يأخذه
fact-ticket-opened = هو على لوحة المطبخ
fact-order-received = وافق المطبخ
fact-order-rejected = رفض المطبخ
fact-order-preparing = قيد الطهي
fact-order-prepared = جاهز
fact-order-handed-over = سلّمه المطبخ
fact-order-submission-expired = صمت المطبخ طويلًا
fact-driver-assignment-requested = يجري البحث عن سائق
fact-driver-assignment-aborted = لم يُعثر على سائق في الوقت المناسب
fact-offer-made = يُسأل سائق
fact-offer-claimed = وافق السائق
fact-offer-declined = رفض السائق
fact-offer-expired = لم يقل السائق شيئًا
fact-driver-assigned = لدى سائق
fact-driver-dropped-out = تخلّى السائق عنه
fact-driver-released = أُعفي السائق
fact-order-picked-up = أخذه السائق
fact-delivery-completed = وصّله السائق
fact-delivery-failed = لم يتمكن السائق من توصيله
fact-order-cancellation-requested = يطلب الزبون الإلغاء
fact-order-cancellation-granted = وافق المطبخ على الإلغاء
fact-order-cancellation-refused = كان المطبخ قد بدأ الطهي
fact-order-cancelled = انتهى الطلب مبكرًا
fact-order-fulfilled = تم كل شيء ودُفع
fact-order-cancellation-settled = دُفع ثمنه وانتهى
fact-task-raised = وصل إلى المكتب
fact-task-passed = انتهت تلك المشكلة
fact-task-settled = سوّى المكتب الأمر
fact-kitchen-time-given = منح المكتب المطبخ وقتًا
fact-order-given-up = أنهاه المكتب
fact-driver-chosen = اختار المكتب سائقًا
