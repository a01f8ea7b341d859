//! What translators are told, and what comes of files that are well.

use words::table::{BETWEEN, END, NEXT, SAYS, SELECT};
use words::{Source, build};

/// The counting message in each language, as it should be.
const WELL: [(&str, &str); 4] = [
    ("en", "left = { $left ->\n    [one] { $left } portion\n   *[other] { $left } portions\n } of { $dish }\n"),
    ("de", "left = { $left ->\n    [one] { $left } Portion\n   *[other] { $left } Portionen\n } { $dish }\n"),
    ("es", "left = { $left ->\n    [one] { $left } ración\n   *[other] { $left } raciones\n } de { $dish }\n"),
    (
        "ar",
        "left = { $left ->\n  [0] لا\n  [one] حصة\n  [two] حصتان\n  [few] { $left } حصص\n  [many] { $left } حصة\n *[other] { $left } حصة\n } { $dish }\n",
    ),
];

fn source(language: &'static str, text: &str) -> Source {
    Source { language, slice: "kitchen".into(), text: text.into() }
}

/// What is told of the counting message, where a language says `text` instead.
fn told(language: &str, text: &str) -> Vec<String> {
    let sources = WELL.map(|(code, well)| source(code, if code == language { text } else { well }));
    let complaints = build(&sources).err().unwrap_or_default();
    complaints.into_iter().map(|complaint| complaint.to_string()).collect()
}

#[test]
fn a_message_is_a_function_with_what_it_is_given_in_the_order_of_names() {
    let built = build(&WELL.map(|(code, text)| source(code, text))).expect("all is well");
    let code = built.functions;
    assert!(code.contains("pub mod kitchen {"), "{code}");
    assert!(code.contains("pub fn left(dish: &str, left: u64) -> String {"), "{code}");
    assert!(code.contains("fill(0, &[Given::Text(dish), Given::Number(left)])"), "{code}");
    let english = format!("{SELECT}\u{2}o{SAYS}\u{2} portion{NEXT}{SAYS}\u{2} portions{NEXT}{END} of \u{1}");
    assert_eq!(built.tables["en"].split(BETWEEN).nth(1), Some(english.as_str()));
}

#[test]
fn each_language_has_its_text_under_the_functions_number() {
    let text = |code: &str, last: &str| format!("sold-out = {code}\ngone = {last}\n");
    let built = build(&["en", "de", "es", "ar"].map(|code| source(code, &text(code, "!")))).expect("all is well");
    assert!(built.functions.contains("pub fn sold_out() -> &'static str {\n        pick(0)"), "{}", built.functions);
    assert!(built.functions.contains("pub fn gone() -> &'static str {\n        pick(1)"), "{}", built.functions);
    for (code, table) in &built.tables {
        let entries: Vec<_> = table.split(BETWEEN).collect();
        assert!(built.functions.contains(&format!("pub const EDITION: &str = {:?};", entries[0])), "{code}");
        assert_eq!(entries[1..], [code, "!"]);
    }
}

#[test]
fn tables_of_other_functions_are_another_edition_and_other_words_for_the_same_are_not() {
    let edition = |text: &str| {
        let built = build(&["en", "de", "es", "ar"].map(|code| source(code, text))).expect("all is well");
        built.tables["en"].split(BETWEEN).next().unwrap_or_default().to_owned()
    };
    let before = edition("one = One\ntwo = Two\n");
    assert_eq!(edition("one = First\ntwo = Second\n"), before);
    assert_ne!(edition("two = Two\none = One\n"), before);
    assert_ne!(edition("one = One\ntwo = Two { $more }\n"), before);
}

#[test]
fn a_text_over_several_lines_is_one_line_and_quotes_keep_their_spaces() {
    let sources = ["en", "de", "es", "ar"].map(|code| source(code, "said =\n    One,\n    two{\", \"}three\n"));
    let built = build(&sources).expect("all is well");
    assert_eq!(built.tables["es"].split(BETWEEN).nth(1), Some("One, two, three"));
}

#[test]
fn what_a_language_has_not_is_named_with_its_file_and_line() {
    assert_eq!(told("de", ""), ["de/kitchen.ftl:1: `left` is missing: say here what en/kitchen.ftl:1 says"]);
    let more = format!("{}\nmore = Mehr\n", WELL[1].1);
    let words = "`more` is not in en/kitchen.ftl: write it there too, or take it out here";
    assert_eq!(told("de", &more), [format!("de/kitchen.ftl:6: {words}")]);
}

#[test]
fn a_file_that_is_missing_is_named() {
    let three: Vec<_> = WELL.iter().take(3).map(|(code, text)| source(code, text)).collect();
    let told: Vec<_> = build(&three).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["ar/kitchen.ftl:1: this file is missing: write it with the messages of en/kitchen.ftl"]);
}

#[test]
fn a_form_that_a_language_needs_is_asked_for() {
    let few = WELL[3].1.replace("[few] { $left } حصص\n", "");
    assert_eq!(told("ar", &few), ["ar/kitchen.ftl:1: the selector over `$left` lacks [few]: write them"]);
    let none = WELL[3].1.replace("[0]", "[zero]");
    assert_eq!(told("ar", &none), Vec::<String>::new(), "a form for one number and that number are the same");
    let german = WELL[1].1.replace("[one]", "[few]");
    let words = told("de", &german);
    assert!(words[0].starts_with("de/kitchen.ftl:1: the selector over `$left` lacks [one]"), "{words:?}");
    assert!(words[1].starts_with("de/kitchen.ftl:2: no number asks for `few`"), "{words:?}");
}

#[test]
fn what_the_caller_gives_is_the_same_in_all_languages() {
    let of = |from, to| told("de", &WELL[1].1.replace(from, to)).join("\n");
    assert!(of("{ $dish }", "").contains("leaves out `$dish`"));
    assert!(of("{ $dish }", "{ $dish }{ $name }").contains("speaks of `$name`, which nobody gives"));
    assert!(of("{ $dish }", "{ NUMBER($dish) }").contains("`$dish` of `left` is words in English"));
    let same = told("de", "left = { NUMBER($left) } { $dish }\n").join("\n");
    assert!(same.contains("says the same for each `$left`"), "{same}");
}

#[test]
fn a_number_with_a_text_of_its_own_has_one_in_all_languages() {
    let seven = |text: &str| text.replace("[one]", "[7] seven\n    [one]");
    let all = WELL.map(|(code, text)| source(code, &if code == "es" { text.to_owned() } else { seven(text) }));
    let told: Vec<_> = build(&all).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(told, ["es/kitchen.ftl:1: `left` lacks the variant [7], which English has: write it"]);
}

#[test]
fn what_is_not_taken_of_fluent_is_refused() {
    for (text, words) in [
        ("-brand = Carryout\n", "terms are not used"),
        ("left = A\n    .title = B\n", "has an attribute"),
        ("left = { other }\n", "only $variables"),
        ("left = { DATETIME($at) }\n", "only $variables"),
        ("Left = A\n", "is no key"),
        ("left = A\nleft = B\n", "stands in line 1 already"),
        ("match = A\n", "is a word of Rust"),
        ("left = { $a\n", "this is not Fluent"),
    ] {
        let told = told("en", text).join("\n");
        assert!(told.contains(words), "{text}: {told}");
    }
}
