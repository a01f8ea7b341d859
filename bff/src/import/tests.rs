//! What real documents look like, and what becomes of them.

use domain::catalog::{Allergen, Availability, Day, Diet, Hours, Span};

use super::*;

fn taken(document: &str) -> (Vec<Offering>, Vec<String>) {
    let (offerings, report) = read(document.as_bytes(), &Options::default()).expect("a usable document");
    (offerings, report.lines.iter().map(ToString::to_string).collect())
}

fn only(document: &str) -> (Offering, Vec<String>) {
    let (mut offerings, lines) = taken(document);
    assert_eq!(offerings.len(), 1, "{lines:#?}");
    (offerings.remove(0), lines)
}

/// A restaurant with these items on its menu.
fn with_items(items: &str) -> String {
    format!(
        r#"{{"@context":"https://schema.org","@type":"Restaurant","name":"Corner","currenciesAccepted":"EUR",
            "address":{{"@type":"PostalAddress","addressCountry":"IT"}},
            "hasMenu":{{"@type":"Menu","hasMenuItem":{items}}}}}"#
    )
}

#[test]
fn the_demo_restaurants_are_taken_whole() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/demo");
    let mut restaurants = 0;
    let mut items = 0;
    for entry in std::fs::read_dir(folder).expect("the demo folder") {
        let file = entry.expect("an entry").path();
        let bytes = std::fs::read(&file).expect("a file");
        let (offerings, report) =
            read(&bytes, &Options::default()).unwrap_or_else(|broken| panic!("{}: {broken}", file.display()));
        let lost: Vec<_> =
            report.lines.iter().filter(|line| line.verdict == Verdict::LeftOut).map(ToString::to_string).collect();
        let lost: Vec<_> = lost.into_iter().filter(|line| !line.ends_with("not kept")).collect();
        assert!(lost.is_empty(), "{}: {lost:#?}", file.display());
        restaurants += offerings.len();
        items += offerings.iter().map(|offering| offering.menu.items().count()).sum::<usize>();
        for offering in &offerings {
            let stem = file.file_stem().expect("a name").to_string_lossy().into_owned();
            assert_eq!(offering.restaurant.id.0, stem);
        }
    }
    assert_eq!(restaurants, 40);
    assert!(items >= 1_400, "{items}");
}

#[test]
fn the_round_the_clock_kitchen_has_the_names_that_everything_else_counts_on() {
    let document = include_str!("../../../data/demo/trattoria-lucciola.jsonld");
    let (offering, _) = only(document);
    let Offering { restaurant, menu } = offering;
    assert_eq!((restaurant.id.0.as_str(), restaurant.zone.as_str()), ("trattoria-lucciola", "Europe/Rome"));
    assert_eq!(restaurant.address, "Vicolo dei Lampionai 14, 00153 Rome");
    assert_eq!(restaurant.hours, Hours::always());
    let margherita = menu.item(&"margherita".into()).expect("the margherita");
    assert_eq!((margherita.price.minor, margherita.availability), (900, Availability::Available));
    assert_eq!(
        (margherita.diets.as_slice(), margherita.allergens.as_slice()),
        ([Diet::Vegetarian].as_slice(), [Allergen::Gluten, Allergen::Milk].as_slice())
    );
    let toppings = &margherita.groups[0];
    assert_eq!((toppings.id.0.as_str(), toppings.min, toppings.max), ("toppings", 0, 5));
    assert_eq!((toppings.options[0].id.0.as_str(), toppings.options[0].adds.minor), ("buffalo-mozzarella", 250));
    let artichokes = menu.item(&"carciofi-alla-giudia".into()).expect("the artichokes");
    assert_eq!(artichokes.availability, Availability::Left(12));
    let espresso = menu.item(&"espresso".into()).expect("the espresso");
    assert_eq!((espresso.is_ready_made, margherita.is_ready_made), (true, false), "drinks need no kitchen");
}

#[test]
fn what_is_served_at_once_is_said_of_a_dish_or_of_a_section_with_all_below_it() {
    let at_once = |value| format!(r#""additionalProperty":{{"name":"servedAtOnce","value":"{value}"}}"#);
    let dish =
        |name, more: &str| format!(r#"{{"name":"{name}","offers":{{"price":"3","priceCurrency":"EUR"}}{more}}}"#);
    let document = format!(
        r#"{{"@type":"Restaurant","name":"Bar","address":{{"addressCountry":"FR"}},"hasMenu":{{"@type":"Menu","hasMenuSection":[
        {{"name":"To drink",{},"hasMenuSection":{{"name":"Hot","hasMenuItem":{}}}}},
        {{"name":"To eat","hasMenuItem":[{},{},{}]}}]}}}}"#,
        at_once("true"),
        dish("Tea", ""),
        dish("Cake", &format!(",{}", at_once("Yes"))),
        dish("Pie", ""),
        dish("Soup", &format!(",{}", at_once("soon"))),
    );
    let (offering, lines) = only(&document);
    let ready: Vec<_> = offering.menu.items().map(|item| (item.name.as_str(), item.is_ready_made)).collect();
    assert_eq!(ready, [("Tea", true), ("Cake", true), ("Pie", false), ("Soup", false)]);
    assert!(lines.iter().any(|line| line.contains(r#"servedAtOnce "soon": it is "true" or "false""#)), "{lines:#?}");
}

#[test]
fn how_long_a_meal_takes_is_taken_where_it_can_be_planned_by() {
    for (said, taken, complaint) in
        [("\"35\"", Some(35), None), ("35", Some(35), None), ("\"soon\"", None, Some("soon")), ("0", None, Some("0"))]
    {
        let tea = r#"[{"@type":"MenuItem","name":"Tea","offers":{"@type":"Offer","price":"2.00"}}]"#;
        let document = with_items(tea).replacen(
            r#""name":"Corner""#,
            &format!(r#""name":"Corner","additionalProperty":{{"name":"leadTimeMinutes","value":{said}}}"#),
            1,
        );
        let (offering, lines) = only(&document);
        assert_eq!(offering.restaurant.lead_min, taken, "{said}");
        let complains = lines.iter().any(|line| line.contains("leadTimeMinutes"));
        assert_eq!(complains, complaint.is_some(), "{lines:#?}");
    }
}

#[test]
fn a_graph_is_followed_from_name_to_name() {
    let document = r##"{"@context":"http://schema.org/","@graph":[
        {"@id":"#menu","@type":"Menu","hasMenuSection":[{"@id":"#soups"},{"@id":"#gone"}]},
        {"@id":"#soup-1","@type":"MenuItem","name":"Broth","offers":{"@id":"#price"}},
        {"@id":"#price","@type":"Offer","price":4.5,"priceCurrency":"GBP"},
        {"@id":"#soups","@type":"MenuSection","name":"Soups","hasMenuItem":{"@id":"#soup-1"}},
        {"@id":"https://inn.example/#us","@type":["LocalBusiness","schema:CafeOrCoffeeShop"],"name":"The Inn","hasMenu":"#menu",
         "address":{"@type":"PostalAddress","addressCountry":{"@type":"Country","name":"GB"}}}]}"##;
    let (offering, lines) = only(document);
    assert_eq!(offering.restaurant.id.0, "the-inn");
    assert_eq!(offering.menu.sections[0].name, "Soups");
    assert_eq!(offering.menu.sections[0].items[0].id.0, "soup-1");
    assert_eq!(offering.menu.sections[0].items[0].price.to_string(), "4.50 GBP");
    let lost = r##"@graph[0].hasMenuSection[1]: left out a section: refers to "#gone", which is not in this file"##;
    assert!(lines.iter().any(|line| line == lost), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("no time zone: taken as Europe/London")), "{lines:#?}");
}

#[test]
fn a_section_that_contains_itself_is_read_once() {
    let document = r#"{"@type":"Restaurant","name":"Loop","address":{"addressCountry":"FR"},
        "hasMenu":{"@type":"Menu","hasMenuSection":{"@id":"a","name":"Round","hasMenuItem":{"name":"Pie","offers":{"price":"5","priceCurrency":"EUR"}},
        "hasMenuSection":[{"@id":"a"},{"@id":"b","name":"Deeper","hasMenuItem":{"name":"Cake","offers":{"price":"6"}},"hasMenuSection":{"@id":"a"}}]}}}"#;
    let (offering, lines) = only(document);
    let headings: Vec<_> = offering.menu.sections.iter().map(|section| section.name.as_str()).collect();
    assert_eq!(headings, ["Round", "Round · Deeper"]);
    assert!(lines.iter().any(|line| line.ends_with("a section: it contains itself")), "{lines:#?}");
}

#[test]
fn several_offers_are_sizes_and_the_dish_costs_what_the_smallest_does() {
    let (offering, lines) = only(&with_items(
        r#"{"@type":"MenuItem","name":"Pizza","offers":[
            {"name":"Large","price":"12.50"},{"name":"Small","price":8},{"name":"Party","price":"30","availability":"SoldOut"}]}"#,
    ));
    let pizza = &offering.menu.sections[0].items[0];
    assert_eq!(pizza.price.minor, 800);
    let sizes = &pizza.groups[0];
    assert_eq!((sizes.id.0.as_str(), sizes.min, sizes.max), ("size", 1, 1));
    let adds: Vec<_> = sizes.options.iter().map(|option| (option.id.0.as_str(), option.adds.minor)).collect();
    assert_eq!(adds, [("large", 450), ("small", 0)]);
    assert!(lines.iter().any(|line| line.contains(r#"the size "Party": sold out"#)), "{lines:#?}");
}

#[test]
fn a_price_is_never_guessed() {
    let (offering, lines) = only(&with_items(
        r#"[{"name":"Soup","offers":{"price":"4,50 €"}},
            {"name":"Lobster","offers":{"priceCurrency":"EUR"}},
            {"name":"Plate","offers":{"@type":"AggregateOffer","lowPrice":"5","highPrice":"9"}},
            {"name":"Burger","offers":{"price":"12","priceCurrency":"USD"}},
            {"name":"Tea","offers":[{"price":1},{"price":2}]},
            {"name":"Cake","offers":{"price":"3.999"}},
            {"name":"Gift","offers":{"price":"-1"}},
            {"name":"Wine","offers":{"priceSpecification":{"price":"21.00","priceCurrency":"EUR"}}}]"#,
    ));
    let names: Vec<_> = offering.menu.items().map(|item| (item.name.as_str(), item.price.minor)).collect();
    assert_eq!(names, [("Soup", 450), ("Wine", 2100)]);
    for reason in [
        r#"hasMenu.hasMenuItem[0].offers: note: read the price "4,50 €" as 4.50 EUR"#,
        "hasMenu.hasMenuItem[1]: left out Lobster: no price",
        "hasMenu.hasMenuItem[2]: left out Plate: a range of prices (5 to 9) is no price",
        "hasMenu.hasMenuItem[3]: left out Burger: priced in USD, the restaurant charges EUR",
        "hasMenu.hasMenuItem[4]: left out Tea: 2 prices, and no name says which is for what",
        r#"hasMenu.hasMenuItem[5]: left out Cake: "3.999" has more decimals than EUR has (2)"#,
        r#"hasMenu.hasMenuItem[6]: left out Gift: "-1" is not an amount of money"#,
    ] {
        assert!(lines.iter().any(|line| line == reason), "{reason} in {lines:#?}");
    }
}

#[test]
fn single_add_ons_are_extras_and_sections_are_groups() {
    let (offering, _) = only(&with_items(
        r#"{"name":"Bowl","offers":{"price":9},"menuAddOn":[
            {"@type":"MenuItem","name":"Egg","offers":{"price":"1.00"}},
            {"@type":"MenuSection","name":"Noodles","additionalProperty":[{"name":"minimumChoices","value":1},{"name":"maximumChoices","value":"1"}],
             "hasMenuItem":[{"name":"Thin"},{"name":"Wide"}]},
            {"@type":"MenuSection","name":"Nothing","hasMenuItem":[]}]}"#,
    ));
    let groups = &offering.menu.sections[0].items[0].groups;
    let read: Vec<_> =
        groups.iter().map(|group| (group.name.as_str(), group.min, group.max, group.options.len())).collect();
    assert_eq!(read, [("Noodles", 1, 1, 2), ("Extras", 0, 1, 1)]);
}

#[test]
fn several_menus_keep_their_names_and_a_dish_on_both_stands_once() {
    let document = r##"{"@type":"Restaurant","name":"Two","currenciesAccepted":"EUR","address":{"addressCountry":"IT"},"hasMenu":[
        {"name":"Lunch","hasMenuSection":{"name":"Mains","hasMenuItem":{"@id":"#pie","name":"Pie","offers":{"price":5}}}},
        {"name":"Dinner","hasMenuItem":[{"@id":"#pie","name":"Pie","offers":{"price":5}},{"name":"Pie","offers":{"price":7}}]}]}"##;
    let (offering, lines) = only(document);
    let read: Vec<_> =
        offering.menu.sections.iter().map(|section| (section.name.as_str(), section.items[0].id.0.as_str())).collect();
    assert_eq!(read, [("Lunch · Mains", "pie"), ("Dinner", "pie-2")]);
    assert!(lines.iter().any(|line| line.ends_with("Pie: it is on the menu already")), "{lines:#?}");
}

#[test]
fn hours_are_read_in_both_forms_and_past_midnight() {
    let hours = |hours: &str| {
        let document = with_items(r#"{"name":"Pie","offers":{"price":5}}"#).replacen('{', &format!("{{{hours},"), 1);
        only(&document).0.restaurant.hours.0
    };
    let specified = hours(
        r#""openingHoursSpecification":[{"dayOfWeek":["http://schema.org/Friday"],"opens":"18:00:00","closes":"02:00"},
            {"dayOfWeek":"Monday","opens":"00:00","closes":"00:00"}]"#,
    );
    assert_eq!(specified, [Span { day: Day::Friday, opens_min: 1080, closes_min: 120 }]);
    assert_eq!(hours(r#""openingHours":["Mo-Tu 09:00-17:00","Sa 10:00-12:00"]"#).len(), 3);
}

#[test]
fn a_web_page_is_read_for_its_scripts() {
    let page = format!(
        "<!doctype html>\n<title>Corner</title><script>var a = 1;</script>\n<SCRIPT type='application/ld+json'>{}</SCRIPT>",
        with_items(r#"{"name":"Fish &amp; chips","offers":{"price":"9"}}"#)
    );
    let (offering, lines) = only(&page);
    assert_eq!(offering.menu.sections[0].items[0].name, "Fish & chips");
    assert!(
        lines.iter().any(|line| line.starts_with("script[0]: took Corner as corner: 1 dish in 1 section")),
        "{lines:#?}"
    );
}

#[test]
fn a_broken_file_says_where() {
    let broken = |bytes: &[u8]| read(bytes, &Options::default()).expect_err("a broken file").to_string();
    assert_eq!(broken(b"{\n  \"name\": \"Corner\",,\n}"), "line 2, column 20: not JSON: key must be a string");
    assert_eq!(
        broken(b"<html>\n<script type=\"application/ld+json\">{]</script>"),
        "line 2, column 37: not JSON: key must be a string"
    );
    assert_eq!(
        broken(b"{\n\"name\": \"Corner\n}"),
        "line 2, column 16: not JSON: control character (\\u0000-\\u001F) found while parsing a string"
    );
    assert_eq!(broken(b"{\n\"name\": \"\xff\"}"), "line 2, column 10: this is not UTF-8 text");
    assert!(broken(b"<html></html>").starts_with("the page has no <script"));
    assert!(broken(br#"{"@type":"Recipe","name":"Pie"}"#).starts_with("there is no schema.org Restaurant"));
    assert!(broken(&[b'['; 400]).contains("recursion limit"));
    assert!(broken(&vec![b' '; FILE_BYTES_MAX + 1]).starts_with("the file has"));
}

#[test]
fn limits_hold_and_are_reported() {
    let items: Vec<String> = (0..1_200).map(|at| format!(r#"{{"name":"Dish {at}","offers":{{"price":5}}}}"#)).collect();
    let (offering, lines) = only(&with_items(&format!("[{}]", items.join(","))));
    assert_eq!(offering.menu.items().count(), 1_000);
    assert!(lines.iter().any(|line| line.ends_with("left out 200 dishes: a menu has at most 1000")), "{lines:#?}");

    // Sections that each name two more would be read 2^n times without a limit.
    let sections: Vec<String> = (0..60)
        .map(|at| {
            format!(r#"{{"@id":"s{at}","name":"S{at}","hasMenuSection":[{{"@id":"s{0}"}},{{"@id":"s{0}"}}]}}"#, at + 1)
        })
        .collect();
    let document = with_items(r#"{"name":"Pie","offers":{"price":5}}"#).replacen(
        r#""hasMenuItem""#,
        &format!(r#""hasMenuSection":[{}],"hasMenuItem""#, sections.join(",")),
        1,
    );
    let (offering, lines) = only(&document);
    assert_eq!(offering.menu.items().count(), 1);
    assert!(lines.iter().any(|line| line.contains("more than 400 were read")), "{}", lines.len());
}

#[test]
fn what_has_no_place_here_is_named() {
    let document = with_items(
        r#"{"name":"Pie","image":"pie.jpg","offers":{"price":5},"nutrition":{"calories":"300"}}"#,
    )
    .replacen('{', r#"{"priceRange":"€€","aggregateRating":{"ratingValue":5},"#, 1);
    let (_, lines) = only(&document);
    assert!(lines.iter().any(|line| line == "document: left out aggregateRating, priceRange: not kept"), "{lines:#?}");
    assert!(lines.iter().any(|line| line == "hasMenu: left out image (1 time): not kept"), "{lines:#?}");
}
