# ما تقدمه المطاعم.

hungry-for = ماذا تشتهي؟
restaurants = المطاعم
all-restaurants = كل المطاعم
search-restaurants = البحث في المطاعم والأطباق
search-example = رامن، بيتزا، مطعم…
filters = التصفية
open-now = مفتوح الآن
nearest-first = الأقرب أولًا
restaurants-found = { $found ->
    [zero] لا مطاعم
    [one] مطعم واحد
    [two] مطعمان
    [few] { $found } مطاعم
    [many] { $found } مطعمًا
   *[other] { $found } مطعم
}
nothing-like-that = لا يوجد شيء كهذا هنا
nothing-like-that-says = جرّب كلمة أخرى، أو تصفّح كل المطاعم.
show-all = إظهار الكل
no-restaurants = لا مطاعم بعد
no-restaurants-says = حالما يفتح مطعم أبوابه هنا سيظهر من تلقاء نفسه.
nothing-here = لا شيء هنا بعد

menu = قائمة الطعام
menu-not-here = هذه القائمة ليست على هذا الجهاز
menu-not-here-says = ستُحمَّل حالما يمكن الوصول إلى الخادم.
no-dish-like-that = لا يوجد طبق كهذا
no-dish-like-that-says = جرّب كلمة أخرى.
search-this-menu = البحث في هذه القائمة
diets = الأنظمة الغذائية
fill-a-cart = { $openness }. يمكنك ملء السلة من الآن.
order-for-later = { $openness }. يمكنك الطلب لوقت لاحق.
price-from = ابتداءً من { $sum }
suits = يناسب
contains = يحتوي على { $allergens }
sold-out = نفد
left = { $left ->
    [zero] لم يبقَ شيء
    [one] بقيت واحدة
    [two] بقيت اثنتان
    [few] بقيت { $left }
    [many] بقيت { $left }
   *[other] بقيت { $left }
}

dish = طبق
not-on-menu = هذا الطبق ليس في القائمة
not-on-menu-says = ربما أُزيل منها.
add = أضف { NUMBER($count) } · { $sum }
word-to-the-cook = كلمة إلى الطاهي
optional = (اختياري)
word-example = بلا بصل من فضلك
how-many = الكمية
choose-one = اختر واحدًا
choose-one-if-you-like = اختر واحدًا إن أردت
as-many-as-you-like = اختر ما تشاء
up-to = حتى { NUMBER($most) }
choose-exactly = اختر { NUMBER($count) }
choose-between = اختر من { NUMBER($least) } إلى { NUMBER($most) }
chosen-twice = اختير { $option } مرتين
choose-at-least = اختر { NUMBER($least) } على الأقل من { $group }
choose-at-most = اختر { NUMBER($most) } على الأكثر من { $group }
choice-not-offered = أحد الاختيارات لم يعد متاحًا
dish-gone = هذا الطبق لم يعد في القائمة
cart-full = أقصى عدد للأسطر في السلة هو { NUMBER($lines) }

sign-in-as-restaurant = سجّل الدخول كمطعم
sign-in-as-restaurant-says = تُحرَّر هنا قائمة المطعم الذي سُجّل الدخول بحسابه.
no-menu = لا توجد قائمة هنا بعد
search-your-menu = البحث في قائمتك
name = الاسم
price = السعر
price-in = السعر، { $currency }
left-field = المتبقي
left-says = كم حصة بقيت؛ اتركه فارغًا إن لم تكن تُعدّ
not-portions = عدد الحصص رقم صحيح، أو لا شيء إن لم تكن تُعدّ
save = حفظ
undo = تراجع
needs-no-kitchen = لا يحتاج إلى المطبخ
needs-no-kitchen-says = يُقدَّم فورًا، كالمشروبات: لا تنتظر الطاولات المطبخ

how-long-now = كم تستغرق الوجبات الآن
takes-usual = { $usual } كالعادة
takes-longer = { $time } بسبب الازدحام

take-orders-again = استئناف استقبال الطلبات
stop-taking-orders = إيقاف استقبال الطلبات

allergen-gluten = الغلوتين
allergen-crustaceans = القشريات
allergen-eggs = البيض
allergen-fish = السمك
allergen-peanuts = الفول السوداني
allergen-soy = الصويا
allergen-milk = الحليب
allergen-nuts = المكسرات
allergen-celery = الكرفس
allergen-mustard = الخردل
allergen-sesame = السمسم
allergen-sulphites = الكبريتيت
allergen-lupin = الترمس
allergen-molluscs = الرخويات
