# ما غيّره آخرون في أمر لا يزال في الطريق.

you-saw = { $field }: ما رأيته
is-now = { $field }: الآن
you-want = ما تريده

dish = الطبق
order = الطلب
ticket = التذكرة
table = الطاولة
delivery = التوصيل
doors = الأبواب

no-longer-on-menu = لم يعد في القائمة
is-over = انتهى الأمر
takes-orders = يستقبل الطلبات
takes-no-orders = لا يستقبل الطلبات
