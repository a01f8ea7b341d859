# حال النظام كله، للمشغّلين.

system = النظام
said-at = هذا حتى { $at }.
parts = الأجزاء
what-is-well = ما يعمل جيدًا
server-as-of = الخادم { $version }، حتى { $at }
verdict = { $parts ->
    [zero] كل الأجزاء تعمل جيدًا.
    [one] جزء واحد لا يعمل جيدًا.
    [two] جزآن لا يعملان جيدًا.
    [few] { $parts } أجزاء لا تعمل جيدًا.
    [many] { $parts } جزءًا لا تعمل جيدًا.
   *[other] { $parts } جزء لا تعمل جيدًا.
}

the-store = المخزن
part-trigger = نشر الوقائع
part-live = الأخبار إلى الشاشات
part-clock = المؤقتات
part-resubmit = إعادة محاولة الأخطاء
part-payment-egress = الاتصال بالمصرف
part-payment-look = البحث عن المال
part-partner-egress = الاتصال بالشركاء
part-push-egress = الإشعارات
part-erasure = المحو
part-delivery-proofs = حذف الصور القديمة
part-replay = الإعادات
part-dashboard = العدّ لهذه الصفحة
part-drift = مقارنة الطلبات
part-reporting = أرقام كل يوم
part-archive = حفظ ما انتهى
part-search = العثور على الطلبات من جديد
part-payments = المصرف
part-partners = أنظمة المطاعم الخاصة
part-push = خدمات الإشعارات في المتصفحات
part-service = الخدمة { $name }

commit-fast = تستغرق عملية التثبيت أقل من 1 ملّي ثانية
commit-takes = تستغرق عملية التثبيت { NUMBER($milliseconds) } ملّي ثانية
store-holds = الوقائع: { NUMBER($facts) }، { $truth } و{ $views }
task-well = يؤدي عمله
task-behind = { $facts ->
    [zero] لا تأخر
    [one] متأخر بواقعة واحدة
    [two] متأخر بواقعتين
    [few] متأخر بـ{ $facts } وقائع
    [many] متأخر بـ{ $facts } واقعة
   *[other] متأخر بـ{ $facts } واقعة
}
task-behind-for = { $facts ->
    [zero] لا تأخر، الأولى منذ { $age }
    [one] متأخر بواقعة واحدة، منذ { $age }
    [two] متأخر بواقعتين، الأولى منذ { $age }
    [few] متأخر بـ{ $facts } وقائع، الأولى منذ { $age }
    [many] متأخر بـ{ $facts } واقعة، الأولى منذ { $age }
   *[other] متأخر بـ{ $facts } واقعة، الأولى منذ { $age }
}
task-waits = { $facts ->
    [zero] لا واقعة تنتظر إعادة المحاولة
    [one] واقعة واحدة تنتظر إعادة المحاولة
    [two] واقعتان تنتظران إعادة المحاولة
    [few] { $facts } وقائع تنتظر إعادة المحاولة
    [many] { $facts } واقعة تنتظر إعادة المحاولة
   *[other] { $facts } واقعة تنتظر إعادة المحاولة
}
task-failed = فشل، ويبدأ من جديد من تلقاء نفسه
began-again = { $times ->
    [zero] لم يبدأ من جديد، آخرها { $at }: { $why }
    [one] بدأ من جديد مرة واحدة، { $at }: { $why }
    [two] بدأ من جديد مرتين، آخرهما { $at }: { $why }
    [few] بدأ من جديد { $times } مرات، آخرها { $at }: { $why }
    [many] بدأ من جديد { $times } مرة، آخرها { $at }: { $why }
   *[other] بدأ من جديد { $times } مرة، آخرها { $at }: { $why }
}
outside-absent = غير مستعمل
outside-answers = يجيب
calls-wait = { $calls ->
    [zero] لا اتصال ينتظر
    [one] اتصال واحد ينتظر
    [two] اتصالان ينتظران
    [few] { $calls } اتصالات تنتظر
    [many] { $calls } اتصالًا ينتظر
   *[other] { $calls } اتصال ينتظر
}
calls-wait-for = { $calls ->
    [zero] لا اتصال ينتظر، الأول منذ { $age }
    [one] اتصال واحد ينتظر، منذ { $age }
    [two] اتصالان ينتظران، الأول منذ { $age }
    [few] { $calls } اتصالات تنتظر، الأول منذ { $age }
    [many] { $calls } اتصالًا ينتظر، الأول منذ { $age }
   *[other] { $calls } اتصال ينتظر، الأول منذ { $age }
}
silent-calls-wait = { $calls ->
    [zero] لا يجيب؛ لا اتصال ينتظر
    [one] لا يجيب؛ اتصال واحد ينتظر
    [two] لا يجيب؛ اتصالان ينتظران
    [few] لا يجيب؛ { $calls } اتصالات تنتظر
    [many] لا يجيب؛ { $calls } اتصالًا ينتظر
   *[other] لا يجيب؛ { $calls } اتصال ينتظر
}
silent-calls-wait-for = { $calls ->
    [zero] لا يجيب؛ لا اتصال ينتظر، الأول منذ { $age }
    [one] لا يجيب؛ اتصال واحد ينتظر، منذ { $age }
    [two] لا يجيب؛ اتصالان ينتظران، الأول منذ { $age }
    [few] لا يجيب؛ { $calls } اتصالات تنتظر، الأول منذ { $age }
    [many] لا يجيب؛ { $calls } اتصالًا ينتظر، الأول منذ { $age }
   *[other] لا يجيب؛ { $calls } اتصال ينتظر، الأول منذ { $age }
}
under-a-minute = أقل من دقيقة

orders-under-way = الطلبات الجارية
no-orders-under-way = لا يوجد أي منها.
orders-since = { NUMBER($orders) }، الأول منذ { $age }
status-for = { $status }، منذ { $age }
not-compared = لم يُقارَن بعد ما لدى الخدمات من الطلبات.
compared-alike = { $orders ->
    [zero] لم يُقارَن أي طلب بما لدى كل خدمة، { $at }: لا اختلاف.
    [one] قُورن طلب واحد بما لدى كل خدمة، { $at }: لا اختلاف.
    [two] قُورن طلبان بما لدى كل خدمة، { $at }: لا اختلاف.
    [few] قُورنت { $orders } طلبات بما لدى كل خدمة، { $at }: لا اختلاف.
    [many] قُورن { $orders } طلبًا بما لدى كل خدمة، { $at }: لا اختلاف.
   *[other] قُورن { $orders } طلب بما لدى كل خدمة، { $at }: لا اختلاف.
}
compared-mended = { $orders ->
    [zero] لم يُقارَن أي طلب بما لدى كل خدمة، { $at }: ما اختلف وأُصلح: { NUMBER($differed) }.
    [one] قُورن طلب واحد بما لدى كل خدمة، { $at }: ما اختلف وأُصلح: { NUMBER($differed) }.
    [two] قُورن طلبان بما لدى كل خدمة، { $at }: ما اختلف وأُصلح: { NUMBER($differed) }.
    [few] قُورنت { $orders } طلبات بما لدى كل خدمة، { $at }: ما اختلف وأُصلح: { NUMBER($differed) }.
    [many] قُورن { $orders } طلبًا بما لدى كل خدمة، { $at }: ما اختلف وأُصلح: { NUMBER($differed) }.
   *[other] قُورن { $orders } طلب بما لدى كل خدمة، { $at }: ما اختلف وأُصلح: { NUMBER($differed) }.
}

what-happens = ما يجري
fact = الواقعة
minute = دقيقة
hour = ساعة
day = يوم

apps-in-use = التطبيقات المستعملة
talks = { $screens ->
    [zero] لا شاشة تتلقى الأخبار الآن.
    [one] شاشة واحدة تتلقى الأخبار الآن.
    [two] شاشتان تتلقيان الأخبار الآن.
    [few] { $screens } شاشات تتلقى الأخبار الآن.
    [many] { $screens } شاشة تتلقى الأخبار الآن.
   *[other] { $screens } شاشة تتلقى الأخبار الآن.
}
devices-and-acts = { $devices ->
    [zero] لا أجهزة،
    [one] جهاز واحد،
    [two] جهازان،
    [few] { $devices } أجهزة،
    [many] { $devices } جهازًا،
   *[other] { $devices } جهاز،
} { $acts ->
    [zero] لا إجراء ينتظر
    [one] إجراء واحد ينتظر
    [two] إجراءان ينتظران
    [few] { $acts } إجراءات تنتظر
    [many] { $acts } إجراءً ينتظر
   *[other] { $acts } إجراء ينتظر
}
heard-of-at = آخر خبر: { $at }
release-unnamed = إصدار لا يقول أيّها هو

faults = الأخطاء
could-not-do = ما لم يستطع فعله
nothing-went-wrong = لم يحدث خطأ يحتاج إلى أن ينظر فيه أحد.
service-waits = { $facts ->
    [zero] { $service }: لا واقعة تنتظر
    [one] { $service }: واقعة واحدة تنتظر
    [two] { $service }: واقعتان تنتظران
    [few] { $service }: { $facts } وقائع تنتظر
    [many] { $service }: { $facts } واقعة تنتظر
   *[other] { $service }: { $facts } واقعة تنتظر
}
waits-behind-them = { $facts ->
    [zero] لا شيء ينتظر خلفها.
    [one] واحدة أخرى تنتظر خلفها.
    [two] اثنتان أخريان تنتظران خلفها.
    [few] { $facts } أخرى تنتظر خلفها.
    [many] { $facts } أخرى تنتظر خلفها.
   *[other] { $facts } أخرى تنتظر خلفها.
}
tried-times = { $kinds }، عدد المحاولات { NUMBER($tries) }، منذ { $since }
try-these-again = { $facts ->
    [zero] أعد المحاولة
    [one] أعد محاولته
    [two] أعد محاولة هذين
    [few] أعد محاولة هذه ({ $facts })
    [many] أعد محاولة هذه ({ $facts })
   *[other] أعد محاولة هذه ({ $facts })
}
tried-again = أُعيدت المحاولة
tried-by = { $faults ->
    [zero] { $at } { $by }: لا أخطاء من { $services }. { $how }
    [one] { $at } { $by }: خطأ واحد من { $services }. { $how }
    [two] { $at } { $by }: خطآن من { $services }. { $how }
    [few] { $at } { $by }: { $faults } أخطاء من { $services }. { $how }
    [many] { $at } { $by }: { $faults } خطأً من { $services }. { $how }
   *[other] { $at } { $by }: { $faults } خطأ من { $services }. { $how }
}
tried-well = { $faults ->
    [zero] لم يتم شيء
    [one] تم واحد
    [two] تم اثنان
    [few] تم { $faults }
    [many] تم { $faults }
   *[other] تم { $faults }
}
tried-in-vain = فشل من جديد: { NUMBER($faults) }
tried-gone = لم يعد ينتظر: { NUMBER($faults) }
still-to-be-tried = بقي للمحاولة: { NUMBER($faults) }.
told-of = ما أُبلغ عنه
told = { $at } { $kind } ({ NUMBER($times) }×): { $detail }
what-about = ما الذي كان يتعلق به
kind-unreadable-row = صف لا يُقرأ
kind-unreadable-act = إجراء لا يُقرأ
kind-unreadable-word = كلمة لا تُقرأ
kind-digest-differs = الخلاصة مختلفة
kind-stalled = توقف
kind-act-failed = فشل إجراء
kind-fact-parked = واقعة مؤجلة
kind-replay-failed = فشلت إعادة
kind-drifted = اختلف
kind-task-failed = فشلت مهمة
kind-money-stuck = مال لا يتحرك
kind-clock-failed = فشل مؤقت
kind-partner-not-told = شريك لم يُبلَّغ
kind-push-refused = رفض من خدمة الإشعارات
