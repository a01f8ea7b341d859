//! The names of things: ids are types, so that one cannot be passed for another.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Milliseconds since 1970-01-01T00:00Z.
///
/// Whose clock it is stands beside each use. No device clock ever orders anything.
pub type Millis = i64;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

macro_rules! counter {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl $name {
            /// The one after this.
            #[must_use]
            pub fn next(self) -> Self {
                Self(self.0 + 1)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

uuid_id!(
    /// One act of one person, minted once at the tap (UUIDv7). Sending it again is the same act.
    CommandId
);
uuid_id!(
    /// One browser profile.
    DeviceId
);
uuid_id!(
    /// One unbroken history of a server. A server restored from a backup begins a new one.
    Epoch
);
text_id!(
    /// Who acts.
    AccountId
);
text_id!(
    /// A slice of the rows that an identity may see, such as `customer:ada`.
    Scope
);
text_id!(
    /// The name of a row: its kind, a slash, its own id. The key of an aggregate's row is also its **lane**: commands of
    /// one lane are sent and decided in the order they were given, and lanes never wait for each other.
    Key
);
counter!(
    /// A place in the server's history, gap-free; the only cursor clients see. 0 is before the first fact.
    Position
);
counter!(
    /// How often a row was written; 0 is a row that is not there yet.
    Version
);

impl Key {
    /// Names the row `id` of `kind`.
    pub fn new(kind: &str, id: impl fmt::Display) -> Self {
        Self(format!("{kind}/{id}"))
    }

    /// What stands before the first slash.
    pub fn kind(&self) -> &str {
        self.0.split_once('/').map_or("", |(kind, _)| kind)
    }

    /// What stands after the first slash.
    pub fn id(&self) -> &str {
        self.0.split_once('/').map_or(self.0.as_str(), |(_, id)| id)
    }
}
