# من السلة إلى الوجبة التي يُتابَع سيرها.

cart = السلة
cart-empty = سلتك فارغة
cart-empty-says = ما تضيفه يبقى هنا على هذا الجهاز، حتى من دون شبكة.
find-something = ابحث عن شيء تأكله
total = المجموع
to-checkout = إتمام الطلب
empty-cart = إفراغ هذه السلة
how-many-of = الكمية من { $dish }
in-cart = { NUMBER($quantity) } × { $dish } في سلتك.
view-cart = { $dishes ->
    [zero] عرض السلة · لا أطباق
    [one] عرض السلة · طبق واحد
    [two] عرض السلة · طبقان
    [few] عرض السلة · { $dishes } أطباق
    [many] عرض السلة · { $dishes } طبقًا
   *[other] عرض السلة · { $dishes } طبق
}
times = { NUMBER($count) }× { $dish }
quoted = «{ $note }»

menu-changed = هذا ما تغيّر في القائمة
taking-changes = بقبول التغييرات تُدفع الأسعار الجديدة، ويُستبعد ما لم يعد متاحًا.
take-changes = قبول التغييرات
change-dish = الطبق
change-before = ما رأيته
change-now = الآن

checkout = إتمام الطلب
checkout-at = إتمام الطلب: { $restaurant }
nothing-to-check-out = لا يوجد ما يُطلب
nothing-to-check-out-says = هذه السلة فارغة.
to-the-menu = إلى القائمة
your-order = طلبك
place-order = تأكيد الطلب
send-anyway = أرسله على أي حال
take-changes-first = بحالته هذه سيُرفض هذا الطلب على الأرجح: اقبل التغييرات أولًا.
looked-so-last = { $why } هكذا بدا الأمر آخر مرة؛ يمكنك إرساله على أي حال.
who-is-it-for = لمن هو؟
name-to-call = الاسم الذي يُنادى به
phone = الهاتف، إن كانت هناك أسئلة
how-to-you = كيف يصل إليك؟
collect-it = أستلمه بنفسي
deliver-it = توصيل
address = العنوان
word-to-the-kitchen = كلمة إلى المطبخ (اختياري)
no-account-needed = لا يلزم حساب للطلب. إن كان لديك حساب فسجّل الدخول، وسيُحفظ الطلب فيه.

when = متى تريده؟
when-time = الوقت
as-soon-as-possible = في أقرب وقت
soonest-in = في أقرب وقت (نحو { $soonest })
choose-a-time = اختر وقتًا
time-gone = { $slot }: لم يعد متاحًا
closed-choose-a-time = المطعم مغلق الآن. اختر وقتًا يكون فيه مفتوحًا من جديد؛ لن يُختار شيء نيابة عنك.
last-orders-choose-a-time =
    يغلق المطعم قبل أن تجهز وجبة تُطلب الآن. اختر وقتًا يكون فيه مفتوحًا من جديد؛ لن يُختار شيء نيابة عنك.
ready-in-slot = يكون جاهزًا لك خلال ربع الساعة هذا.
brought-in-slot = يصلك خلال ربع الساعة هذا.

how-do-you-pay = كيف تدفع؟
pay-at-hand-over = عند الاستلام
pay-at-hand-over-says = نقدًا، أو على جهاز الدفع لدى المطعم
card-succeeds = يُخصم المبلغ
card-declined = المصرف يرفض
card-silent = خدمة الدفع لا تردّ أبدًا
card-late = يصل الرد متأخرًا
card-twice = يصل كل رد مرتين

a-tip = بقشيش؟
no-tip = بلا بقشيش
percent = { NUMBER($percent) }%
tip-of-the-driver = هو لمن يوصله، أو للمطعم إن كان يوصل وجباته بنفسه.
tip-of-the-house = هو للمطعم.
with-the-tip = مع البقشيش

placed = طلبك محفوظ على هذا الهاتف.
placed-in-window = طلبك في هذه النافذة. وهو غير محفوظ: أبقِ النافذة مفتوحة إلى أن يُرسل.
leaves-later = أنت غير متصل. الطلب محفوظ على هذا الهاتف، وينطلق من تلقاء نفسه حالما يمكن الوصول إلى الخادم.
leaves-later-in-window =
    أنت غير متصل، وهذه النافذة لا تحفظ شيئًا. ينطلق الطلب حالما يمكن الوصول إلى الخادم، إن بقيت هذه النافذة مفتوحة
    حتى ذلك الحين.

orders = الطلبات
order-at = طلب من { $restaurant }
not-kept-here = لم يعد هذا الطلب محفوظًا هنا
not-here = لا يوجد طلب كهذا هنا
ready-in = جاهز خلال { NUMBER($minutes) } د تقريبًا، في { $clock }
wanted-for = مطلوب { $slot }
ready-any-moment = جاهز في أي لحظة، في { $clock }
cancel-asked = طلبتَ الإلغاء. الكلمة الأخيرة للمطبخ ما دام لم يبدأ الطهي.
no-answer-yet = لم يردّ المطعم بعد. يمكنك الإلغاء ولن يُخصم شيء؛ وإن لم يردّ قريبًا ألغينا الطلب عنك.
to-the-restaurant = في الطريق إلى المطعم
number = الرقم
until-a-number = إلى أن يعطي المطبخ رقمًا
by-this-phone-at = { $when } · حسب هذا الهاتف
by-this-phone = حسب هذا الهاتف
what-you-ordered = ما طلبته
tip = بقشيش
fact-for = لمن
fact-when = متى
fact-how = الطريقة
fact-note = ملاحظة
change-order = تغيير هذا الطلب
order-again = اطلب هذا مجددًا
cancel-order = إلغاء هذا الطلب
cancel-title = هل تتراجع عن هذا الطلب؟
cancel-says = يمكن ذلك إلى أن يبدأ المطبخ الطهي. لن يُخصم شيء عندئذ.
cancel-why = السبب، إن أردت ذكره؛ سيقرؤه المطبخ
cancel-confirm = إلغاء الطلب

held = موقوف: يحتاج إلى قرارك
nothing-happened = لم يُطهَ شيء ولن يُخصم شيء.
decide-in-inbox = اتخذ القرار في الوارد
see-outbox = عرض الصادر
total-as-seen = المجموع كما رأيته

your-orders = طلباتك
on-their-way = في الطريق
earlier = السابقة
none-on-this-phone = لا طلبات على هذا الهاتف بعد
none-on-this-phone-says = يمكنك الطلب من دون حساب. سجّل الدخول لترى طلبات حسابك.
none-here = لا طلبات هنا

change-your-order = تغيير طلبك
none-waits = لا يوجد طلب كهذا ينتظر هنا
none-waits-says = لا يمكن تغيير طلب إلا قبل أن يغادر هذا الهاتف.
save-anyway = احفظه على أي حال
save-change = حفظ التغيير
takes-its-place = يحل محل الطلب المنتظر. هو طلب واحد، قبل التغيير وبعده.
add-from-menu = أضف شيئًا من القائمة
add-from-cart = { $dishes ->
    [zero] لا أطباق في سلتك للإضافة
    [one] أضف طبقًا واحدًا من سلتك
    [two] أضف طبقين من سلتك
    [few] أضف { $dishes } أطباق من سلتك
    [many] أضف { $dishes } طبقًا من سلتك
   *[other] أضف { $dishes } طبق من سلتك
}
order-has-left = غادر هذا الطلب هذا الهاتف، فلم يعد ممكنًا تغييره. يمكنك أن تطلب إلغاءه، ثم تطلب من جديد.

# Where the driver was last seen.
driver-asked = نسأل أين طلبك…
driver-unseen = لا يمكن الآن رؤية مكان طلبك.
driver-seen-now = شوهد طلبك قبل لحظات
driver-seen = { $minutes ->
    [zero] شوهد طلبك قبل لحظات
    [one] شوهد طلبك قبل دقيقة
    [two] شوهد طلبك قبل دقيقتين
    [few] شوهد طلبك قبل { $minutes } دقائق
    [many] شوهد طلبك قبل { $minutes } دقيقة
   *[other] شوهد طلبك قبل { $minutes } دقيقة
}
# wind: a direction, such as “north-east”.
driver-from-kitchen = على بُعد { $distance } { $wind } { $restaurant }
driver-at-kitchen = عند { $restaurant }
driver-from-here = على بُعد { $distance } منك
how-far-from-here = كم يبعد عني؟
how-far-is-asked = نسأل هذا الهاتف…
here-stays = مكانك يبقى على هذا الهاتف.
sketch-driver = طلبك
sketch-here = أنت
# A picture of where driver, kitchen and customer are. length: how long the bar in it is.
sketch-scale = الشمال في الأعلى، وطول الشريط { $length }.
