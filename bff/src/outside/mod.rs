//! What every gateway to a system outside needs: words that are signed, calls that are tried again with patience, and a breaker that
//! leaves a system alone which fails.

pub(crate) mod breaker;
pub(crate) mod patience;
pub(crate) mod signature;
