# ما يؤكل في المطعم: الندل يتولون الطاولات، والمطبخ يطهو لها.

tables = الطاولات
all-tables = كل الطاولات
table-named = الطاولة { $name }
counter-named = الكاونتر { $letters }

stage-open = مفتوحة
stage-billed = قُدّم الحساب
stage-paid = مدفوعة
stage-closed = مغلقة

line-not-billed = غير محسوب: { $reason }
line-added = لم يُرسل بعد
line-to-serve = للتقديم
line-in-kitchen = في المطبخ
line-one-more = بقي واحد بعد: للتقديم
line-gone = نفد: أبلغ الضيوف
line-taken-back = تم التراجع عنه
line-served = قُدّم

paid-cash = دُفع { $sum } نقدًا.
paid-cash-tip = دُفع { $sum } نقدًا، مع بقشيش قدره { $tip }.
paid-cash-back = دُفع { $sum } نقدًا؛ وأُعيد { $back }.
paid-cash-tip-back = دُفع { $sum } نقدًا، مع بقشيش قدره { $tip }؛ وأُعيد { $back }.
paid-card = دُفع { $sum } بالبطاقة.
paid-card-tip = دُفع { $sum } بالبطاقة، مع بقشيش قدره { $tip }.
paid-card-back = دُفع { $sum } بالبطاقة؛ وأُعيد { $back }.
paid-card-tip-back = دُفع { $sum } بالبطاقة، مع بقشيش قدره { $tip }؛ وأُعيد { $back }.

no-such-table = لا توجد طاولة كهذه هنا.
no-such-line = هذا ليس في قائمة الطاولة.
no-menu-yet = قائمة الطعام ليست على هذا الجهاز بعد.
not-on-menu = لم يعد في قائمة الطعام. أبلغ الضيوف؛ لم يُضَف شيء.
cannot-be-had-so = { $reason } لم يُضَف شيء.
bill-was-out = كان الحساب قد قُدّم. اسحب الحساب ليتمكنوا من متابعة الطلب.
was-paid = كان الحساب قد دُفع، ربما على شاشة زميل.
was-closed = كانت الطاولة قد أُغلقت قبل ذلك.
was-served = { $dish }: قُدّم من قبل، فيبقى في الحساب.
was-not-served = { $dish }: لم يُقدَّم، فتراجع عنه بدلًا من ذلك.
not-ready-yet = { $dish }: لم يجهز في المطبخ بعد.
still-to-serve = { $lines ->
    [zero] لم يبقَ سطر للتقديم أو للتراجع عنه.
    [one] بقي سطر واحد لتقديمه أو للتراجع عنه.
    [two] بقي سطران لتقديمهما أو للتراجع عنهما.
    [few] بقيت { $lines } أسطر لتقديمها أو للتراجع عنها.
    [many] بقي { $lines } سطرًا لتقديمها أو للتراجع عنها.
   *[other] بقي { $lines } سطر لتقديمها أو للتراجع عنها.
}
comes-to = بلغ الحساب الآن { $sum }.
comes-to-nothing = لم يعد في الحساب شيء.
no-bill = لا يوجد حساب بعد.
not-paid = لم يُدفع الحساب بعد.
owes = يجب أن يُعاد { $sum } إلى الضيوف أولًا.
table-is-gone = لم تعد هذه الطاولة موجودة.
tip-at-most = أقصى بقشيش هو { $most }.
sign-in-first = سجّل الدخول كمطعم أولًا.
nothing = لا شيء

act-open = فتح الطاولة { $name }
act-open-counter = بدء طلب عند الكاونتر
act-add = { $table }: { NUMBER($count) }× { $dish }
act-take-back = { $table }: التراجع عن { $dish }
act-send = { $lines ->
    [zero] { $table }: لا سطر للإرسال
    [one] { $table }: إرسال سطر واحد
    [two] { $table }: إرسال سطرين
    [few] { $table }: إرسال { $lines } أسطر
    [many] { $table }: إرسال { $lines } سطرًا
   *[other] { $table }: إرسال { $lines } سطر
}
act-ready = { $lines ->
    [zero] { $table }: لا سطر جاهز
    [one] { $table }: سطر واحد جاهز
    [two] { $table }: سطران جاهزان
    [few] { $table }: { $lines } أسطر جاهزة
    [many] { $table }: { $lines } سطرًا جاهزًا
   *[other] { $table }: { $lines } سطر جاهز
}
act-serve = { $lines ->
    [zero] { $table }: لم يُقدَّم أي سطر
    [one] { $table }: قُدّم سطر واحد
    [two] { $table }: قُدّم سطران
    [few] { $table }: قُدّمت { $lines } أسطر
    [many] { $table }: قُدّم { $lines } سطرًا
   *[other] { $table }: قُدّم { $lines } سطر
}
act-bill = { $table }: الحساب، { $sum }
act-bill-nothing = { $table }: الحساب، لا شيء
act-write-off = { $table }: { $dish } غير محسوب: { $reason }
act-give-back = { $table }: أُعيد المال
act-order-on = { $table }: سحب الحساب
act-declined = { $table }: رُفضت بطاقة
act-paid-cash = { $table }: دُفع { $sum } نقدًا
act-paid-card = { $table }: دُفع { $sum } بالبطاقة
act-left = { $table }: غادر الضيوف

tables-are-whose = تُدار هنا طاولات المطعم الذي سُجّل الدخول بحسابه.
no-table = لا طاولة مفتوحة
no-table-says = افتح طاولة عندما يجلس الضيوف. يعمل ذلك من دون شبكة أيضًا.
closed-last = { $tables ->
    [zero] لا طاولات مغلقة
    [one] المغلقة، آخر طاولة
    [two] المغلقة، آخر طاولتين
    [few] المغلقة، آخر { $tables } طاولات
    [many] المغلقة، آخر { $tables } طاولة
   *[other] المغلقة، آخر { $tables } طاولة
}
table = الطاولة
open = فتح
counter-order = طلب عند الكاونتر
closed-at = أُغلقت { $time }
to-serve = { NUMBER($lines) } للتقديم
gone = { $lines ->
    [zero] لم ينفد شيء
    [one] نفد طبق واحد: أبلغ الضيوف
    [two] نفد طبقان: أبلغ الضيوف
    [few] نفدت { $lines } أطباق: أبلغ الضيوف
    [many] نفد { $lines } طبقًا: أبلغ الضيوف
   *[other] نفد { $lines } طبق: أبلغ الضيوف
}
opened-twice = فُتحت مرتين

not-here = هذه الطاولة ليست على هذا الجهاز
not-here-says = ربما تكون لمطعم آخر، أو لم تُحمَّل بعد.
ordered = المطلوب
nothing-ordered = لم يُطلب شيء بعد: المس طبقًا في الأسفل.
total = المجموع
card-declined = رُفضت بطاقة عند { $time }. لم يُدفع شيء: جرّب بطاقة أخرى أو الدفع نقدًا.
owed-back = أعد { $sum }: دُفع ثمنه ولم يكن متوفرًا.
has-a-twin =
    فُتحت هذه الطاولة مرتين. { $link } لها أسطرها وحسابها: أضف هنا ما ليس هناك بعد.
other-list = القائمة الأخرى

served = قُدّم
take-back = تراجع
guests-know = أُبلغ الضيوف
write-off = عدم الحساب…
write-off-title = هل يُستثنى من الحساب؟
write-off-says = يبقى في القائمة على أنه قُدّم، ولا يُدفع ثمنه. الحساب الذي قُدّم يُعدّ من جديد.
write-off-it = إزالة من الحساب
off-on-the-house = على حساب المطعم
off-by-mistake = لُمس خطأً
off-guests-left = غادر الضيوف

all-served = { $lines ->
    [zero] لا شيء للتقديم
    [one] قُدّم الطبق
    [two] قُدّم الطبقان
    [few] قُدّمت كل الأطباق ({ $lines })
    [many] قُدّمت كل الأطباق ({ $lines })
   *[other] قُدّمت كل الأطباق ({ $lines })
}
send-lines = { $lines ->
    [zero] إرسال الطلب: لا أسطر
    [one] إرسال الطلب: سطر واحد
    [two] إرسال الطلب: سطران
    [few] إرسال الطلب: { $lines } أسطر
    [many] إرسال الطلب: { $lines } سطرًا
   *[other] إرسال الطلب: { $lines } سطر
}
bill = الحساب: { $sum }
leave = إغلاق: لا شيء للدفع
pay-cash = دُفع نقدًا: { $sum }
pay-card = دُفع بالبطاقة: { $sum }
declined = رُفضت البطاقة
order-on = يتابعون الطلب
give-back-owed = أُعيد { $sum }
guests-have-left = غادر الضيوف
tip = بقشيش، إن وُجد

from-tables = من الطاولات
ready = جاهز
ready-dish = جاهز: { $dish }
ready-table = { $table } جاهزة
all-ready = الكل جاهز
all-ready-for = الكل جاهز: { $table }
gone-do-not-cook = نفد: لا تطهه
taken-back-do-not-cook = تم التراجع عنه: لا تطهه

search-menu = البحث في قائمة الطعام
number-options-note = { $dish }: الكمية، الخيارات، ملاحظة
added = أُضيف { NUMBER($count) }× { $dish }.
word-to-kitchen = كلمة إلى المطبخ
