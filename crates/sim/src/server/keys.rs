//! The keys of people, apart from all that is kept about them. The cipher here only has to be no plain text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use sync::AccountId;
use sync::personal::{self, Seal};

/// Who holds the keys: everybody has one who is not erased.
#[derive(Default)]
pub struct Keys {
    destroyed: BTreeSet<AccountId>,
}

impl Keys {
    /// Seals `text`, which is about `of`; nothing for who is erased.
    pub fn seal(&self, of: &AccountId, text: &str) -> Option<Seal> {
        let sealed = || Seal { of: of.clone(), text: text.chars().rev().collect() };
        (!self.destroyed.contains(of)).then(sealed)
    }

    /// `json` with every seal in it opened, whose key is there.
    pub fn open<'a>(&self, json: &'a str) -> Cow<'a, str> {
        let known = |seal: &Seal| !self.destroyed.contains(&seal.of);
        personal::open_all(json, |seal| known(seal).then(|| seal.text.chars().rev().collect()))
    }
}
