//! Account: who is here.

mod sign_in;

pub use sign_in::SignIn;
