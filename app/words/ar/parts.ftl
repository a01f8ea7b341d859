language = اللغة
language-missing = تعذّر تحميل كلمات { $name }. اخترها مرة أخرى عندما تكون متصلًا.
loading = جارٍ التحميل
updating = جارٍ التحديث…
update-now = حدِّث الآن

nothing-here = لا يوجد شيء هنا
leads-nowhere = هذا العنوان لا يؤدي إلى أي مكان
an-old-link = قد يكون رابطًا قديمًا.
to-the-start = إلى البداية

one-fewer = إنقاص واحد
one-more = زيادة واحد

in-your-own-words = بكلماتك أنت
how-much-of = كم المبلغ، من أصل { $most }
amount-at-most = يجب أن يكون أكثر من لا شيء، وألّا يتجاوز { $most }.
not-an-amount = «{ $text }» ليس مبلغًا من المال.
too-many-decimals = في «{ $text }» منازل عشرية أكثر مما في { $currency } ({ NUMBER($decimals) }).
amount-too-large = «{ $text }» مبلغ كبير جدًا.

give-back = إعادة المال…
give-back-title = هل تعيد المال؟
give-back-says = يعود إلى البطاقة التي دفعت. يقرأ زملاؤك السبب، ويرى الزبون المبلغ.
give-it-back = إعادة المبلغ

act-news = { $act }: { $step }.
order-news = الطلب رقم { $number }: { $step }.
order-unnumbered-news = الطلب { $letters }: { $step }.

adds = + { $sum }
takes-off = − { $sum }
share = مشاركة
address-copied = نُسخ العنوان.
ready-for-offline = صار Carryout على هذا الجهاز، ويفتح أيضًا بلا شبكة.
# Asked for a place, by a driver, by who waits, by who is hungry.
here-unknown = هذا الجهاز لا يقول أين هو.
