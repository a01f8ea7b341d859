//! Account: who is here. A guest orders at once; a person signs in, and takes over what they did as a guest; both can be
//! forgotten.

mod export;
mod guest;
mod sign_in;
mod signed_in;
mod your_data;

pub use guest::{BeingTakenOver, KeepOrder};
pub use sign_in::SignIn;
