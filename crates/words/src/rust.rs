//! Functions that say messages: one a message, in a module a slice. A function knows its message's number, by which the
//! [tables](mod@crate::table) of all languages have it: a page fetches one of them, and no bundle holds any.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::language::LANGUAGES;
use crate::read::{Kind, Message, Part, snake};
use crate::table::{self, Slice};

/// All modules, for tables of this `edition`.
pub fn modules(slices: &[Slice<'_>], edition: &str) -> String {
    let codes: Vec<_> = LANGUAGES.iter().map(|language| language.code).collect();
    let mut code = format!(
        "/// The languages' codes.\npub const CODES: [&str; {}] = {codes:?};\n\n\
         /// Which tables these functions find their texts in.\npub const EDITION: &str = {edition:?};\n",
        codes.len()
    );
    for (name, mark) in table::MARKS {
        let _ = writeln!(code, "\n/// A mark of `crates/words/src/table.rs`.\npub const {name}: char = {mark:?};");
    }
    let mut number = 0;
    for slice in slices {
        let (module, english) = (snake(slice.name), slice.english());
        let fills = english.messages.iter().any(|message| !message.given().is_empty());
        // A slice may have no message that is given anything.
        let uses = if fills { "{Given, fill, pick}" } else { "pick" };
        let _ = write!(code, "\n/// Of `{}`.\npub mod {module} {{\n    use crate::language::{uses};\n", english.path);
        for message in &slice.english().messages {
            code.push_str(&function(message, number));
            number += 1;
        }
        code.push_str("}\n");
    }
    code
}

/// The function of the message with this number.
fn function(english: &Message, number: usize) -> String {
    let given = english.given();
    let doc = format!(" `{}`", shown(&english.parts).replace('`', "'"));
    let name = snake(&english.key);
    if given.is_empty() {
        return format!(
            "\n    #[doc = {doc:?}]\n    pub fn {name}() -> &'static str {{\n        pick({number})\n    }}\n"
        );
    }
    let takes: Vec<_> = given
        .iter()
        .map(|(name, kind)| format!("{}: {}", snake(name), if *kind == Kind::Text { "&str" } else { "u64" }))
        .collect();
    let gives: Vec<_> = given
        .iter()
        .map(|(name, kind)| format!("Given::{}({})", if *kind == Kind::Text { "Text" } else { "Number" }, snake(name)))
        .collect();
    format!(
        "\n    #[doc = {doc:?}]\n    pub fn {name}({}) -> String {{\n        fill({number}, &[{}])\n    }}\n",
        takes.join(", "),
        gives.join(", ")
    )
}

/// A text as a person reads it in the documentation.
fn shown(parts: &[Part]) -> String {
    let seen = |part: &Part| match part {
        Part::Text(words) => words.clone(),
        Part::Given(name, _) => format!("{{{name}}}"),
        Part::Select(name, variants) => {
            let variants: BTreeSet<String> = variants.iter().map(|(_, parts)| shown(parts)).collect();
            format!("{{{name}: {}}}", variants.into_iter().collect::<Vec<_>>().join(" | "))
        }
    };
    parts.iter().map(seen).collect()
}
