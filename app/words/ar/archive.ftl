# ما انتهى: الأرشيف، وما آل إليه الطلب فيه.

archive = كل الطلبات
archive-is-nobodys = طلبات من؟
archive-sign-in = سجّل الدخول لترى الطلبات التي كان لك دور فيها ولتبحث فيها.
archive-needs-network =
    تُحفظ كل الطلبات على الخادم لا على هذا الجهاز، لذلك تحتاج إلى الشبكة. أما الجاري منها فموجود هنا من دونها. حالما
    يمكن الوصول إلى الخادم تمتلئ هذه الصفحة من تلقاء نفسها.
archive-is-empty = لا طلبات بعد. يظهر الطلب هنا بعد لحظات من إتمامه.
archive-search = البحث في كل الطلبات
archive-hint = طبق، مطعم، رقم…
archive-look = بحث
archive-earlier = طلبات أسبق
archive-finds-nothing = لم يُعثر على شيء عن «{ $words }». يجب أن ترد كل الكلمات في الطلب: الأطباق، والمطعم، ورقم الطلب.

no-orders = ما تطلبه يظهر هنا مدة شهر، حتى من دون شبكة. والأقدم منه تحت «كل الطلبات».
order-elsewhere = هو لدى الخادم. ما انتهى قبل أكثر من شهر تجده تحت «كل الطلبات».
no-such-order = قد يكون تابعًا لحساب آخر، أو لم يُحمَّل بعد. ما انتهى قبل أكثر من شهر تجده تحت «كل الطلبات».

paper-wanted = مطلوب

paper-tip = بقشيش
paper-refund = أُعيد
paper-total = المجموع
paper-paid = الدفع
paper-by-card = بالبطاقة
paper-at-hand-over = عند التسليم

at-counter = المنضدة
at-table = الطاولة { $name }

became-submitted = ينتظر المطبخ
became-received = قُبل
became-preparing = قيد الطهي
became-prepared = جاهز
became-picked-up = في الطريق
became-handed-over = سُلِّم
became-delivered = تم التوصيل
became-cancelled = أُلغي
became-rejected = رفضه المطبخ
became-paid = مدفوع
became-closed = مدفوع ومغلق
became-under-way = جارٍ
