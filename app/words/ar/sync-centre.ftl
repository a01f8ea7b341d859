# طريق كل إجراء من اللمسة حتى الكلمة الأخيرة؛ الصادر والوارد ومركز المزامنة.

stage-saved = محفوظ على هذا الهاتف
stage-in-window = في هذه النافذة فقط
stage-sent = أُرسل ولم يُؤكَّد بعد
stage-accepted = مؤكَّد
stage-asked = يُسأل المطبخ
stage-done = تم
stage-refused = لم يتم
stage-needs-you = بحاجة إليك
short-saved = محفوظ
short-in-window = هنا
short-sent = أُرسل
short-asked = سُئل
saved-says = محفوظ على هذا الهاتف. يُرسَل حالما يمكن الوصول إلى الخادم؛ يمكنك إغلاق هذه الصفحة.
in-window-says = غير محفوظ: هذا المتصفح لا يحفظ شيئًا. يُرسَل حالما يمكن الوصول إلى الخادم، إن بقيت هذه النافذة مفتوحة.
sent-says = في الطريق. ربما وصل؛ لم يصل الجواب إلى هنا بعد.
accepted-says = أصبح لدى الخادم نهائيًا. ستتبعه هذه الشاشة بعد لحظة.
asked-says = سُئل المطبخ ولم يجب بعد.
done-says = تم.
refused-says = لم يتم.
needs-you-says = تعذر تسليمه وهو بحاجة إليك. انظر الصادر.

act-dismiss = صرف النظر عن أمر في الوارد
act-place = { $dishes ->
    [zero] طلب من { $restaurant }: بلا أطباق، { $sum }
    [one] طلب من { $restaurant }: طبق واحد، { $sum }
    [two] طلب من { $restaurant }: طبقان، { $sum }
    [few] طلب من { $restaurant }: { $dishes } أطباق، { $sum }
    [many] طلب من { $restaurant }: { $dishes } طبقًا، { $sum }
   *[other] طلب من { $restaurant }: { $dishes } طبق، { $sum }
}
act-for-later = { $act }، مطلوب { $slot }
act-cancel = إلغاء الطلب { $order }
act-accept = قبول { $order }، جاهز بعد { NUMBER($minutes) } د
act-accept-for = قبول { $order } لوقت { $clock }
act-refuse = رفض { $order }: { $reason }
act-call-off = إلغاء { $order } بعد القبول: { $reason }
act-start-cooking = بدء طهي { $order }
act-mark-ready = { $order } جاهز
act-hand-over = تسليم { $order }
act-give-back = إعادة { $sum } من { $order }
act-on-duty = بدء المناوبة
act-off-duty = إنهاء المناوبة
act-claim = أخذ الوجبة المعروضة
act-decline = ترك الوجبة المعروضة لشخص آخر
act-pick-up = أُخذت الوجبة { $letters }
act-pick-up-for = أُخذت وجبة { $name }
act-deliver = تم توصيل الوجبة { $letters }
act-deliver-for = تم توصيل وجبة { $name }
act-drop-out = التخلي عن الوجبة { $letters }
act-drop-out-for = التخلي عن وجبة { $name }
act-not-deliver = لم تُوصَّل الوجبة { $letters }: { $reason }
act-not-deliver-for = لم تُوصَّل وجبة { $name }: { $reason }
act-give-time = منح المطبخ { NUMBER($minutes) } د إضافية للطلب { $letters }
act-give-time-of = منح المطبخ { NUMBER($minutes) } د إضافية للطلب { $letters } باسم { $name }
act-give-up = إنهاء الطلب { $letters }
act-give-up-of = إنهاء الطلب { $letters } باسم { $name }
act-choose = يأخذ { $driver } الطلب { $letters }
act-choose-of = يأخذ { $driver } الطلب { $letters } باسم { $name }
act-desk-gives-back = إعادة { $sum } من الطلب { $letters }
act-desk-gives-back-of = إعادة { $sum } من الطلب { $letters } باسم { $name }
act-settle = سُوّي الطلب { $letters }: { $note }
act-settle-of = سُوّي الطلب { $letters } باسم { $name }: { $note }
unknown-table = الطاولة { $letters }
a-line = سطر
act-needs-no-kitchen = لا يحتاج { $dish } إلى المطبخ
act-is-cooked = يُطهى { $dish }
act-sold-out = نفد { $dish }
act-can-be-had = عاد { $dish } متاحًا
act-left = { $left ->
    [zero] { $dish }: لم يبقَ شيء
    [one] { $dish }: بقيت حصة واحدة
    [two] { $dish }: بقيت حصتان
    [few] { $dish }: بقيت { $left } حصص
    [many] { $dish }: بقيت { $left } حصة
   *[other] { $dish }: بقيت { $left } حصة
}
act-not-counted = لم تعد حصص { $dish } تُعدّ
act-change-dish = تغيير { $dish }
act-change-name = تغيير { $dish }: الاسم «{ $name }»
act-change-price = تغيير { $dish }: السعر من { $before } إلى { $after }
act-change-name-and-price = تغيير { $dish }: الاسم «{ $name }»، السعر من { $before } إلى { $after }
act-open-doors = استئناف استقبال الطلبات
act-close-doors = إيقاف استقبال الطلبات مؤقتًا
act-rush = تستغرق الوجبات الآن { NUMBER($minutes) } د إضافية
act-rush-over = تعود الوجبات إلى وقتها المعتاد
act-take-guest-over = نقل طلبات الضيف إلى هذا الحساب
act-of-newer-release = شيء من إصدار أحدث

waits-behind = ينتظر إلى أن يُسوّى هذا: { $act }.
forecast = سيُرفض على الأرجح: { $why }
parked-unknown = لا يعرف الخادم هذا الإجراء بعد. تُعاد المحاولة بعد تحديث.
parked-id-reused = لدى الخادم إجراء آخر بهذا الاسم. احفظ نسخة، ثم أعد ما فعلته.
parked-too-large = هو أكبر مما يقبله الخادم. احفظ نسخة، ثم أعده على أجزاء أصغر.
parked-unreadable-answer = أجاب إصدار أحدث من الخادم. حدِّث هذه الصفحة لقراءة الجواب.
parked-malformed = لا يستطيع الخادم قراءته. احفظ نسخة، ثم أعد ما فعلته.
paused-signed-out = انتهت جلستك. سجّل الدخول من جديد فيُرسَل ما ينتظر.
paused-other-account = شخص آخر سجّل الدخول في هذا المتصفح. ما ينتظر هو لك، ويبقى هنا إلى أن تسجّل الدخول من جديد.
paused-update-needed = تقدّم الخادم ولم يعد يفهم هذا الإصدار. يُرجى التحديث؛ ما ينتظر محفوظ، ويُرسَل عندئذ.
trying-offline = لا توجد شبكة. يُرسَل حالما توجد.
trying-unreachable = يُسأل الخادم من جديد…
trying = جارٍ الإرسال…

changed-by = غيّره { $by } في هذه الأثناء: { $at }.
changed-by-yourself = غيّره { $by } في هذه الأثناء على جهاز آخر: { $at }.
changed-by-somebody = غيّره شخص آخر في هذه الأثناء.
name-seen = الاسم كما رأيته
price-seen = السعر كما رأيته
you-saw = رأيت
name-now = الاسم الآن
price-now = السعر الآن
dish-now = الطبق الآن
order-now = الطلب الآن
ticket-now = التذكرة الآن
table-now = الطاولة الآن
delivery-now = التوصيل الآن
doors-now = الأبواب الآن
you-want = تريد
order-is-over = انتهى
takes-no-orders = لا يستقبل الطلبات
takes-orders = يستقبل الطلبات
no-longer-on-menu = لم يعد في القائمة
menu-moved = تغيرت القائمة منذ أن طلبت. وكما هي الآن، سيعود هذا الطلب إليك على الأرجح.

change-act = تغيير
take-back = تراجع
take-back-all = تراجع عن الكل ({ NUMBER($acts) })
take-this-back = هل تتراجع عن هذا؟
keep-it = إبقاؤه
goes-alone = لم يغادر هذا الهاتف، لذلك لن يراه أحد أبدًا.
goes-with-it = { $number ->
    [zero] هذا وما يتبعه: { $acts }. لم يغادر شيء من ذلك هذا الهاتف.
    [one] هذا وما يتبعه: { $acts }. لم يغادر أي منهما هذا الهاتف.
    [two] هذا والأمران اللذان يتبعانه: { $acts }. لم يغادر شيء من ذلك هذا الهاتف.
    [few] هذا و{ $number } أمور تتبعه: { $acts }. لم يغادر شيء من ذلك هذا الهاتف.
    [many] هذا و{ $number } أمرًا تتبعه: { $acts }. لم يغادر شيء من ذلك هذا الهاتف.
   *[other] هذا و{ $number } أمر تتبعه: { $acts }. لم يغادر شيء من ذلك هذا الهاتف.
}
acts-semicolon = { "؛ " }
taken-back = { $acts ->
    [zero] تم التراجع. لم يغادر شيء هذا الهاتف قط.
    [one] تم التراجع. لم يغادر هذا الهاتف قط.
    [two] تم التراجع عن أمرين. لم يغادرا هذا الهاتف قط.
    [few] تم التراجع عن { $acts } أمور. لم تغادر هذا الهاتف قط.
    [many] تم التراجع عن { $acts } أمرًا. لم تغادر هذا الهاتف قط.
   *[other] تم التراجع عن { $acts } أمر. لم تغادر هذا الهاتف قط.
}
ask-to-cancel = اطلب إلغاءه
stays-left = لقد غادر هذا الهاتف في هذه الأثناء، فلا يمكن التراجع عنه دون أثر.
stays-gone = لم يعد ينتظر.
stays-rested-on = { $acts ->
    [zero] يعتمد عليه ما فعلته لاحقًا. تراجع عن ذلك أولًا.
    [one] يعتمد عليه شيء فعلته لاحقًا. تراجع عن ذلك أولًا.
    [two] يعتمد عليه أمران فعلتهما لاحقًا. تراجع عنهما أولًا.
    [few] تعتمد عليه { $acts } أمور فعلتها لاحقًا. تراجع عنها أولًا.
    [many] يعتمد عليه { $acts } أمرًا فعلتها لاحقًا. تراجع عنها أولًا.
   *[other] يعتمد عليه { $acts } أمر فعلتها لاحقًا. تراجع عنها أولًا.
}
cannot-change = لا يمكن تغييره: { $why }
has-left = لقد غادر هذا الهاتف في هذه الأثناء، فلا يمكن تغييره أو التراجع عنه دون أثر. ما زال إلغاء الطلب ممكنًا حتى يبدأ المطبخ الطهي.
change-before-it-leaves = غيّره قبل أن يغادر
leave-unchanged = اتركه كما هو
save-change = احفظ التغيير
ready-in-minutes = جاهز بعد، بالدقائق
minutes-needed = المطلوب عدد من الدقائق.
reason-for-customer = السبب الذي يقرؤه الزبون
changed = تغييرك محفوظ على هذا الهاتف.
changed-in-window = تم التغيير في هذه النافذة فقط.
changed-back = هو كما كان من قبل، فلا يُرسَل شيء.
keep-copy = احفظ نسخة
copy = انسخ

outbox-lead = ما فعلته على هذا الجهاز، وإلى أين وصل كل منه.
outbox-empty = لا شيء هنا
outbox-empty-says = عندما تطلب شيئًا أو تلغيه أو تغيّره، يكون هنا أولًا ويُرسَل من هنا.
list-needs-you = بحاجة إليك
list-on-their-way = في الطريق
list-settled = سُوّي
send-now = أرسل الآن
waiting = { $things ->
    [zero] لا شيء ينتظر الإرسال.
    [one] أمر واحد ينتظر الإرسال.
    [two] أمران ينتظران الإرسال.
    [few] { $things } أمور تنتظر الإرسال.
    [many] { $things } أمرًا تنتظر الإرسال.
   *[other] { $things } أمر تنتظر الإرسال.
}
waiting-and-needing-you = { $things ->
    [zero] لا شيء ينتظر الإرسال،
    [one] أمر واحد ينتظر الإرسال،
    [two] أمران ينتظران الإرسال،
    [few] { $things } أمور تنتظر الإرسال،
    [many] { $things } أمرًا تنتظر الإرسال،
   *[other] { $things } أمر تنتظر الإرسال،
} { $needing ->
    [zero] ولا شيء بحاجة إليك.
    [one] وأمر واحد بحاجة إليك.
    [two] وأمران بحاجة إليك.
    [few] و{ $needing } أمور بحاجة إليك.
    [many] و{ $needing } أمرًا بحاجة إليك.
   *[other] و{ $needing } أمر بحاجة إليك.
}

inbox-lead = ما لم يتم كما أردت، وينتظر قرارك.
inbox-empty = سُوّي كل شيء
inbox-empty-says = عندما يتعارض شيء مع ما فعله آخرون، يعود إلى هنا وتقرر أنت.
tapped-at = { $act } · لمسته: { $at }
you-wanted = أردت
stood-at = كان عند
now = الآن
accepted-already = مقبول من قبل
not-accepted-yet = لم يُقبل بعد
fell-with-it = ما كان يعتمد عليه لم يتم أيضًا:
total = المجموع
nothing-left-to-order = لم يبقَ شيء لطلبه
do-not-order = لا تطلب
leave-it = اتركه
close-table = أغلق الطاولة: لا شيء للدفع
make-bill = أصدر الحساب بمبلغ { $sum }
reopen-bill = تراجع عن الحساب وأضفه
menu-is-back = عادت القائمة كما رأيتها: اطلب
take-changes = اقبل التغييرات واطلب مقابل { $sum }
order-the-rest = اطلب الباقي فقط مقابل { $sum }
order-now-for = اطلب الآن مقابل { $sum }
order-soonest-for = في أقرب وقت، مقابل { $sum }
another-time = وقت آخر
order-for-time = اطلب لهذا الوقت، مقابل { $sum }
first-time = الوقت التالي: { $slot }
no-time = لم يكن أي وقت متاحًا
choice-saved = اختيارك محفوظ على هذا الهاتف، ويغادر حالما يمكن الوصول إلى الخادم.
choice-in-window = اختيارك في هذه النافذة فقط، ويغادر حالما يمكن الوصول إلى الخادم.
choice-needs-you = تعذر تسليم اختيارك. انظر الصادر.
choice-on-its-way = اختيارك في الطريق.
theirs-now = لدى الآخرين الآن
yours = لديك
use-mine = استعمل ما لديّ
keep-theirs = أبقِ ما لديهم
or-another-name = أو اسم آخر
or-another-price = أو سعر آخر، { $currency }
use-this = استعمل هذا
you-decided = قررت: { $act }.
you-let-go = صرفت النظر عنه.
settled-elsewhere = سُوّي على جهاز آخر.
settled-elsewhere-first = سُوّي على جهاز آخر أولًا، فلم تكن هناك حاجة إلى اختيارك هنا.
choice-refused = لم يعد اختيارك ممكنًا.

centre-lead = حال هذا الجهاز مع الخادم، ومدى جودة حفظه لما تفعله.
see-outbox = انظر الصادر
on-this-device = على هذا الجهاز
kept = الحفظ
asked = الطلب من المتصفح
room = المساحة
room-used-of = مستخدَم { $used } من { $quota }
room-used = مستخدَم { $used }
room-unknown = لا يقول المتصفح ذلك.
faults = { $faults ->
    [zero] لم يُلاحَظ أي خطأ منذ فتح هذه الصفحة.
    [one] لوحظ خطأ واحد منذ فتح هذه الصفحة:
    [two] لوحظ خطآن منذ فتح هذه الصفحة:
    [few] لوحظت { $faults } أخطاء منذ فتح هذه الصفحة:
    [many] لوحظ { $faults } خطأً منذ فتح هذه الصفحة:
   *[other] لوحظ { $faults } خطأ منذ فتح هذه الصفحة:
}
with-the-server = مع الخادم
last-word = آخر كلمة
last-word-at = { $at }، بتوقيت الخادم
no-word = لم يصل شيء بعد.
read = المقروء
read-up-to = حتى التغيير { NUMBER($position) } من سجلّ الخادم
read-nothing = لا شيء بعد
history = السجلّ
history-unknown = غير معروف بعد
tabs = علامات التبويب
this-tab-leads = ترسل علامة التبويب هذه وتستمع نيابة عن الجميع
another-tab-leads = ترسل علامة تبويب أخرى في هذا المتصفح وتستمع
release = الإصدار
device = الجهاز
for-developers = للمطورين: افتح وحدة تحكم المتصفح في هذه الصفحة واكتب { $code }. تعرض كل هذا، إجراءً إجراءً وسطرًا سطرًا.
act-hand-in = سُلّم نقدًا { $sum }

# Before a tunnel: what is on this device, and whether all of it is.
prepare-head = هل أنت جاهز لنفق؟
prepare-says = كل هذا يأتي من تلقاء نفسه ما دامت الشبكة موجودة. هنا يمكنك أن تتأكد.
prepare = جهّز للعمل دون شبكة
preparing = يجري التجهيز…
preparing-files = يُجلب ما يحتاجه التطبيق…
preparing-rows = يُجلب ما لدى الخادم لك…
prepared = كل ما تحتاجه على هذا الجهاز، حتى { $clock }.
# used: how much room everything takes, such as “3.4 MB”.
prepared-with = كل ما تحتاجه على هذا الجهاز، حتى { $clock }. يشغل { $used }.
files-missing = لم يمكن جلب التطبيق كله، فقد لا يُفتح دون شبكة. حاول ثانية حيث الشبكة أفضل.
files-without = هذا المتصفح لا يحفظ التطبيقات، فلا تُفتح هذه الصفحة دون شبكة. اتركها مفتوحة.
rows-none = لم يمكن الوصول إلى الخادم، ولا شيء منه هنا بعد.
rows-old = لم يمكن الوصول إلى الخادم. ما تراه هو حتى { $clock }.
here-restaurants = { $count ->
    [zero] لا مطاعم
    [one] مطعم واحد
    [two] مطعمان
    [few] { $count } مطاعم
    [many] { $count } مطعمًا
   *[other] { $count } مطعم
}
here-menus = { $count ->
    [zero] لا قوائم
    [one] قائمة واحدة
    [two] قائمتان
    [few] { $count } قوائم
    [many] { $count } قائمة
   *[other] { $count } قائمة
}
here-orders = { $count ->
    [zero] لا طلبات لك
    [one] طلب واحد لك
    [two] طلبان لك
    [few] { $count } طلبات لك
    [many] { $count } طلبًا لك
   *[other] { $count } طلب لك
}
here-tickets = { $count ->
    [zero] لا طلبات على اللوحة
    [one] طلب واحد على اللوحة
    [two] طلبان على اللوحة
    [few] { $count } طلبات على اللوحة
    [many] { $count } طلبًا على اللوحة
   *[other] { $count } طلب على اللوحة
}
here-tabs = { $count ->
    [zero] لا طاولات
    [one] طاولة واحدة
    [two] طاولتان
    [few] { $count } طاولات
    [many] { $count } طاولة
   *[other] { $count } طاولة
}
here-deliveries = { $count ->
    [zero] لا وجبات للتوصيل
    [one] وجبة واحدة للتوصيل
    [two] وجبتان للتوصيل
    [few] { $count } وجبات للتوصيل
    [many] { $count } وجبة للتوصيل
   *[other] { $count } وجبة للتوصيل
}
