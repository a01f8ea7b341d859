# حياة الطلب وتذكرة المطبخ وقائمة الطعام.

status-submitted = بانتظار موافقة المطبخ
status-received = وافق المطبخ
status-preparing = قيد الطهي
status-prepared = جاهز
status-picked-up = في الطريق إليك
status-handed-over = سُلِّم
status-delivered = تم التوصيل
status-cancelled = أُلغي
status-rejected = رفض المطبخ

step-ordered = تم الطلب
step-accepted = قُبل
step-cooking = قيد الطهي
step-ready-to-collect = جاهز للاستلام
step-ready-to-leave = جاهز للانطلاق
step-on-its-way = في الطريق إليك
step-delivered = تم التوصيل
step-collected = تم الاستلام
step-cancelled = أُلغي
step-refused = رُفض

driver-found = وُجد سائق وهو في طريقه لأخذه.
driver-sought = يجري البحث عن سائق.
fetched-by-driver = سيأخذه سائق
no-driver-yet = لا سائق بعد

cancelled-by-customer = ألغيته في الوقت المناسب. لن يُخصم شيء.
cancelled-by-restaurant = لم يتمكن المطعم من قبوله. لن يُخصم شيء.
cancelled-by-restaurant-because = لم يتمكن المطعم من قبوله: { $reason } لن يُخصم شيء.
cancelled-sold-out = ذهب آخر ما تبقى إلى شخص آخر في اللحظة نفسها: { $dishes }. لن يُخصم شيء.
cancelled-not-paid = تعذر الحصول على المبلغ: { $reason } لن يُخصم شيء.
cancelled-no-answer = لم يردّ المطعم في الوقت المناسب. لن يُخصم شيء.
cancelled-no-driver = لم يُعثر على من يوصله. لن يُخصم شيء.
cancelled-not-delivered = تعذر توصيله إليك. لن يُخصم شيء.
cancelled-not-delivered-because = تعذر توصيله إليك: { $reason } لن يُخصم شيء.
cancelled-nobody-there = كان السائق عند بابك ولم يستلمه أحد.
cancelled-nobody-there-because = كان السائق عند بابك ولم يستلمه أحد. { $reason }
cancelled-nobody-there-paid = كان السائق عند بابك ولم يستلمه أحد. لقد طُهي ووصل إلى الباب، لذلك يُدفع ثمنه.
cancelled-nobody-there-paid-because =
    كان السائق عند بابك ولم يستلمه أحد. { $reason } لقد طُهي ووصل إلى الباب، لذلك يُدفع ثمنه.

pays-at-hand-over = تدفع للمطعم عند استلام وجبتك. لا يُخصم شيء قبل ذلك.
pays-by-card = يُحجز المبلغ على بطاقتك قبل أن يصل الطلب إلى المطبخ، ويُخصم عند استلام وجبتك.

paid-not-yet = سيُدفع بواسطة { $card }. لم يُسأل مصرفك بعد.
paid-asking = يُطلب من مصرفك حجز { $sum } على { $card }.
paid-provider-busy = خدمة الدفع مشغولة. يُطلب منها مجددًا حجز { $sum } على { $card }؛ لم يضع شيء.
paid-reserved = حُجز { $sum } على { $card }. يُخصم المبلغ عند استلام وجبتك.
paid-declined = لن يُخصم شيء من { $card }.
paid-let-go = لن يُخصم شيء من { $card }، ولم يعد شيء محجوزًا.
paid-charged = خُصم { $sum } من { $card }.
paid-all-given-back = خُصم { $sum } من { $card }، ثم أُعيد كله.
paid-some-given-back = خُصم { $sum } من { $card }، وأُعيد منه { $back }.

collects-by-card = { $sum }، مدفوع بالبطاقة
collects-by-card-with-tip = { $sum }، مدفوع بالبطاقة، مع بقشيش لك قدره { $tip }
collects-at-hand-over = { $sum }، يُدفع عند التسليم

being-given-back = تجري إعادة { $sum }.
nothing-to-give-back = لم يُخصم شيء، فلا شيء لإعادته.
were-given-back = أُعيد { $sum }.
not-given-back = تعذرت إعادة { $sum } إلى البطاقة: { $reason } أعد المبلغ بطريقة أخرى.

alarm-waiting = { $orders ->
    [zero] لا طلب ينتظر موافقتك أو رفضك.
    [one] طلب واحد ينتظر موافقتك أو رفضك.
    [two] طلبان ينتظران موافقتك أو رفضك.
    [few] { $orders } طلبات تنتظر موافقتك أو رفضك.
    [many] { $orders } طلبًا ينتظر موافقتك أو رفضك.
   *[other] { $orders } طلب ينتظر موافقتك أو رفضك.
}
alarm-off = منبّه هذا الجهاز مطفأ.
alarm-deaf = لا يستطيع هذا المتصفح أن يرن: راقب اللوحة.
alarm-awaits-tap = لا يسمح المتصفح بأي رنين قبل لمس هذه الصفحة مرة واحدة.
alarm-hushed = صامت على هذا الجهاز.

cancel-reason = طلب الإلغاء: { $reason }
withdrawn-no-answer = لم يوافق أحد في الوقت المناسب، فأُخلي سبيل الزبون.
withdrawn-no-driver = لم يُعثر على سائق.
withdrawn-not-delivered = لم يتمكن السائق من توصيله.
withdrawn-nobody-there = كان السائق عند الباب ولم يستلمه أحد.
withdrawn-not-paid = تعذر الحصول على المبلغ.

progress-waiting = جديد
progress-accepted = مقبول
progress-cooking = قيد الطهي
progress-ready = جاهز
progress-handed-over = سُلِّم
progress-cancelled = أُلغي
progress-refused = رُفض

errand-open = ليس مع أحد
errand-assigned = للأخذ من المطبخ
errand-picked-up = في حقيبتك
errand-delivered = تم التوصيل
errand-failed = لم يُوصَّل
errand-called-off = أُلغيت المهمة

distance-unknown = المسافة غير معروفة
away = على بُعد { $distance }
metres = { NUMBER($metres) } م
kilometres = { $kilometres } كم

# In which direction a driver is from a kitchen, as in “1.2 km north-east of …”.
north = شمال
north-east = شمال شرق
east = شرق
south-east = جنوب شرق
south = جنوب
south-west = جنوب غرب
west = غرب
north-west = شمال غرب

door-by-card = مدفوع بالبطاقة: لا تأخذ شيئًا
door-by-card-with-tip = مدفوع بالبطاقة: لا تأخذ شيئًا. لك بقشيش قدره { $tip }
door-take = خذ { $sum }

collect = استلام
deliver-to = توصيل إلى { $address }

change-price = الآن { $sum }
change-sold-out = نفد
change-left = { $left ->
    [zero] لم يبقَ شيء
    [one] بقيت حصة واحدة فقط
    [two] بقيت حصتان فقط
    [few] بقيت { $left } حصص فقط
    [many] بقيت { $left } حصة فقط
   *[other] بقيت { $left } حصة فقط
}
change-gone = لم يعد في القائمة
change-choices-gone = لم يعد متاحًا بهذه الاختيارات

diet-vegan = نباتي صرف
diet-vegetarian = نباتي
diet-gluten-free = خالٍ من الغلوتين
diet-halal = حلال
diet-kosher = كوشر
diet-low-lactose = قليل اللاكتوز

open = مفتوح
open-closing-soon = مفتوح، يغلق قريبًا
opens-in = يفتح بعد { $time }
closed = مغلق
last-orders-over = لا طلبات أخرى قبل الإغلاق
closed-for-now = لا يستقبل الطلبات الآن
hours-unknown = ساعات العمل غير معروفة
