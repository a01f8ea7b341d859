//! The keys of people, apart from all that is kept about them. The cipher here only has to be no plain text.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use sync::AccountId;
use sync::personal::{self, Seal};

/// Who holds the keys: everybody has one who is not erased.
#[derive(Default)]
pub struct Keys {
    /// Who took a guest over.
    owners: BTreeMap<AccountId, AccountId>,
    destroyed: BTreeSet<AccountId>,
}

impl Keys {
    /// Seals `text`, which is about `of`; nothing for who is erased.
    pub fn seal(&self, of: &AccountId, text: &str) -> Option<Seal> {
        let sealed = || Seal { of: of.clone(), text: text.chars().rev().collect() };
        (!self.is_erased(of)).then(sealed)
    }

    /// `json` with every seal in it opened, whose key is there.
    pub fn open<'a>(&self, json: &'a str) -> Cow<'a, str> {
        personal::open_all(json, |seal| (!self.is_erased(&seal.of)).then(|| seal.text.chars().rev().collect()))
    }

    /// Who erases `to` erases what was `from`'s, too.
    pub fn pass(&mut self, from: &AccountId, to: &AccountId) {
        self.owners.insert(from.clone(), to.clone());
    }

    /// Destroys the keys of `owner`.
    pub fn destroy(&mut self, owner: &AccountId) {
        self.destroyed.insert(owner.clone());
    }

    /// Whose keys are destroyed.
    pub fn destroyed(&self) -> impl Iterator<Item = &AccountId> {
        self.destroyed.iter()
    }

    /// Whether `subject` was erased, or whoever took them over.
    pub fn is_erased(&self, subject: &AccountId) -> bool {
        self.destroyed.contains(self.owners.get(subject).unwrap_or(subject))
    }
}
