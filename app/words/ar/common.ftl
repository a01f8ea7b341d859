# كلمات تستعملها كل الشاشات.

outbox = الصادر
inbox = الوارد
sync-centre = مركز المزامنة
try-again = أعد المحاولة
all-right = حسنًا
back = رجوع
saving = جارٍ الحفظ…
copied = تم النسخ.
not-copied = لم يسمح المتصفح بالنسخ. احفظ نسخة كملف بدلًا من ذلك.
no-file = لا توجد مساحة لدى المتصفح لإنشاء الملف. أغلق صفحات أخرى ثم أعد المحاولة.
cannot-open = لا يمكن تشغيل Carryout هنا
nothing-yet = لم يُحمَّل شيء على هذا الجهاز بعد، ولا يمكن الوصول إلى الخادم. ستمتلئ هذه الصفحة من تلقاء نفسها حالما يصبح ذلك ممكنًا.

with-count = { $name }: { NUMBER($number) }
list-comma = { "، " }

minutes = { NUMBER($minutes) } د
hours = { NUMBER($hours) } س
hours-minutes = { NUMBER($hours) } س { NUMBER($minutes) } د
days = { $days ->
    [zero] أقل من يوم
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
}
from-to = من { $from } إلى { $to }
today = اليوم
tomorrow = غدًا
day-and-clock = { $day }، { $clock }
