//! What a run was, what was done to it, and which promise did not hold.

use std::fmt;

/// What was done to a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Requests that never arrived.
    pub requests_lost: u64,
    /// Requests that arrived twice.
    pub requests_doubled: u64,
    /// Answers that never arrived.
    pub answers_lost: u64,
    /// Sockets that were cut.
    pub sockets_cut: u64,
    /// Sockets that fell silent and stayed open.
    pub sockets_silent: u64,
    /// Times a device lost its network for a while.
    pub partitions: u64,
    /// Devices that crashed.
    pub device_crashes: u64,
    /// Writes to a device's disk that a crash swallowed.
    pub writes_lost: u64,
    /// Times the server crashed.
    pub server_crashes: u64,
    /// Times the server crashed between its commit and its answer.
    pub crashes_before_answer: u64,
}

impl Faults {
    /// All of them, with names to print.
    pub fn by_kind(&self) -> [(&'static str, u64); 10] {
        [
            ("requests lost", self.requests_lost),
            ("requests doubled", self.requests_doubled),
            ("answers lost", self.answers_lost),
            ("sockets cut", self.sockets_cut),
            ("sockets silent", self.sockets_silent),
            ("partitions", self.partitions),
            ("device crashes", self.device_crashes),
            ("device writes lost", self.writes_lost),
            ("server crashes", self.server_crashes),
            ("crashes between commit and answer", self.crashes_before_answer),
        ]
    }

    /// The sum with another run's.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self {
            requests_lost: self.requests_lost + other.requests_lost,
            requests_doubled: self.requests_doubled + other.requests_doubled,
            answers_lost: self.answers_lost + other.answers_lost,
            sockets_cut: self.sockets_cut + other.sockets_cut,
            sockets_silent: self.sockets_silent + other.sockets_silent,
            partitions: self.partitions + other.partitions,
            device_crashes: self.device_crashes + other.device_crashes,
            writes_lost: self.writes_lost + other.writes_lost,
            server_crashes: self.server_crashes + other.server_crashes,
            crashes_before_answer: self.crashes_before_answer + other.crashes_before_answer,
        }
    }
}

/// What a run was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    /// Events handled.
    pub steps: u64,
    /// Acts that were shown as saved.
    pub acts: u64,
    /// Orders that the server took.
    pub orders: u64,
    /// Acts that were refused.
    pub refused: u64,
    /// What was done to it.
    pub faults: Faults,
}

/// A promise that did not hold.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The run.
    pub seed: u64,
    /// What did not hold.
    pub what: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}: {}", self.seed, self.what)
    }
}
