# المطبخ: لوحته ومنبّهه وحصيلة أيامه.

alarm = المنبّه
hush = إسكات
turn-alarm-off = إطفاء المنبّه
turn-alarm-on = تشغيل المنبّه
ring-again = الرنين من جديد
let-it-ring = السماح بالرنين

board = اللوحة
board-new = { $waiting ->
    [zero] اللوحة: لا جديد
    [one] اللوحة: طلب جديد واحد
    [two] اللوحة: طلبان جديدان
    [few] اللوحة: { $waiting } طلبات جديدة
    [many] اللوحة: { $waiting } طلبًا جديدًا
   *[other] اللوحة: { $waiting } طلب جديد
}
no-new-orders = لا طلبات جديدة
nothing-accepted = لا شيء مقبول
nothing-cooking = لا شيء على النار
nothing-ready = لا شيء ينتظر التسليم
done = المنتهية: { NUMBER($tickets) }
board-is-whose = تعرض اللوحة طلبات المطعم الذي سُجّل الدخول بحسابه.
customer-is-signed-in =
    سُجّل دخول زبون في هذا المتصفح. استعمل نافذة خاصة للمطبخ، أو سجّل الدخول بحسابه.

due-in = الموعد بعد { NUMBER($minutes) } د
due-now = حان الموعد
wanted-for = لوقت { $slot }
start-by = البدء قبل { $clock }
start-now = ابدأ الآن
accept-for = قبول لوقت { $clock }
deliver = توصيل
address-phone-sum = العنوان والهاتف والمبلغ
how = الطريقة
phone = الهاتف
sum = المبلغ
since = منذ
dish-times = { NUMBER($times) }× { $dish }
accept = قبول
ready-in = جاهز خلال، للرقم { NUMBER($ticket) }
start-cooking = بدء الطهي
ready = جاهز
handed-over = سُلِّم

back-missing = كان شيء ناقصًا
back-not-as-ordered = لم يكن كما طُلب
back-too-late = وصل متأخرًا جدًا

refuse = رفض…
refuse-title = هل يُرفض هذا الطلب؟
refuse-says = يقرأ الزبون السبب. لن يُخصم شيء.
refuse-it = رفض الطلب
no-too-busy = نحن مشغولون جدًا الآن
no-run-out = نفد لدينا شيء مما طلبته
no-closing = نحن على وشك الإغلاق
no-delivery-there = لا يمكننا التوصيل إلى هناك

call-off = لا يمكننا تحضيره…
call-off-title = هل يُلغى هذا الطلب؟
call-off-says = سبق أن قبلته. يقرأ الزبون لماذا لن يصله، ولن يُخصم شيء.
call-off-it = إلغاء الطلب
mishap-broke = تعطل شيء في مطبخنا
mishap-spoilt = كان فاسدًا

figures = الأرقام حسب اليوم
figures-need-network =
    تُجمع الأرقام على الخادم ولا تُحفظ على هذا الجهاز، لذلك تحتاج إلى الشبكة. حالما يمكن الوصول إلى الخادم ستمتلئ هذه
    الصفحة من تلقاء نفسها.
no-figures = لا أرقام بعد. يظهر كل يوم هنا بُعيد أول طلب فيه.
earlier-days = أيام سابقة
# A bar a day, with what its parts are.
chart-orders = الطلبات حسب اليوم
chart-kept = طُبخت أو قيد التنفيذ
chart-lost = رُفضت أو أُلغيت
figures-file = حفظ كملف (CSV)
figures-as-of = حتى { $when }.
figures-as-of-version = حتى { $when }، الإصدار { NUMBER($version) }: وفيه ما جاء لاحقًا.
figure-placed = قُدّمت
figure-accepted = قُبلت
figure-refused = رُفضت
figure-cancelled = أُلغيت
figure-handed-over = سُلّمت
figure-delivered = أوصلها السائقون
figure-goods = الأطباق المدفوعة
figure-tips = البقشيش
figure-refunds = المُعاد
