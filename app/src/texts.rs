//! What screens say, a module a slice and a function a message, in the language that is spoken now.
//!
//! The functions are made by the build (`crates/words`) of what translators write: `app/words/LANGUAGE/SLICE.ftl`. What they are given
//! comes in the order of its names; what is counted is a `u64`, all else is words.

include!(concat!(env!("OUT_DIR"), "/texts.rs"));
