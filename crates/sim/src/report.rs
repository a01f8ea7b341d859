//! What a run was, what was done to it, and which promise did not hold.

use std::fmt;

/// What may be done to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A request never arrived.
    RequestLost,
    /// A request arrived twice.
    RequestDoubled,
    /// An answer never arrived.
    AnswerLost,
    /// An answer arrived after its device had stopped waiting for it.
    AnswerLate,
    /// Something between device and server answered in the server's place.
    Stranger,
    /// A socket was cut.
    SocketCut,
    /// A socket fell silent and stayed open.
    SocketSilent,
    /// A socket took nothing for a while, so that the server had to wait with what it had to say.
    SocketSlow,
    /// A socket did not pass although requests do.
    SocketRefused,
    /// A word on a socket was lost or could not be read.
    WordGarbled,
    /// A device had no network for a while.
    Partition,
    /// The server crashed.
    ServerCrash,
    /// The server crashed between its commit and its answer.
    CrashBeforeAnswer,
    /// The server was too busy for a request.
    ServerBusy,
    /// The server failed on a whole request, before or after it had committed.
    ServerFailed,
    /// The server failed on one act of a batch.
    ActFailed,
    /// The server lost its views and built them again.
    ViewsLost,
    /// The server forgot what left its scope a while ago.
    LeftForgotten,
    /// The server was restored from a backup.
    Restored,
    /// The server forgot a session.
    SessionLost,
    /// A tab crashed.
    TabCrash,
    /// A tab was frozen for a while.
    TabFrozen,
    /// A tab was hidden, or shown again.
    TabHidden,
    /// A second tab was opened, or closed.
    TabOpened,
    /// A device lost its power.
    PowerCut,
    /// A write of a device was lost in a crash.
    WriteLost,
    /// A write of the cache that was called done was lost with the power.
    CacheTorn,
    /// A write of a device took seconds, or the word that it was done.
    WriteLate,
    /// A device refused a write.
    WriteRefused,
    /// A device's cache was evicted.
    CacheEvicted,
    /// A row on a device's disk was damaged.
    RowDamaged,
    /// A device's clock was a day wrong all the time.
    ClockWrong,
    /// A device's clock jumped.
    ClockJump,
    /// A service worker sent what waited with all tabs closed.
    WorkerRound,
    /// Somebody else signed in, or somebody signed out.
    AccountSwitch,
    /// Somebody signed in and took over the guest that they were.
    GuestTakenOver,
    /// A device took a new release while others had not.
    DeviceUpgrade,
    /// The server took a new release.
    ServerUpgrade,
    /// What was asked of the payment provider, or what it said, was lost.
    ProviderLost,
    /// The payment provider said something twice.
    ProviderTwice,
    /// The payment provider took its time.
    ProviderLate,
    /// The payment provider took back a no.
    ProviderRelents,
}

impl Fault {
    /// All of them.
    pub const ALL: [Self; 42] = [
        Self::RequestLost,
        Self::RequestDoubled,
        Self::AnswerLost,
        Self::AnswerLate,
        Self::Stranger,
        Self::SocketCut,
        Self::SocketSilent,
        Self::SocketSlow,
        Self::SocketRefused,
        Self::WordGarbled,
        Self::Partition,
        Self::ServerCrash,
        Self::CrashBeforeAnswer,
        Self::ServerBusy,
        Self::ServerFailed,
        Self::ActFailed,
        Self::ViewsLost,
        Self::LeftForgotten,
        Self::Restored,
        Self::SessionLost,
        Self::TabCrash,
        Self::TabFrozen,
        Self::TabHidden,
        Self::TabOpened,
        Self::PowerCut,
        Self::WriteLost,
        Self::CacheTorn,
        Self::WriteLate,
        Self::WriteRefused,
        Self::CacheEvicted,
        Self::RowDamaged,
        Self::ClockWrong,
        Self::ClockJump,
        Self::WorkerRound,
        Self::AccountSwitch,
        Self::GuestTakenOver,
        Self::DeviceUpgrade,
        Self::ServerUpgrade,
        Self::ProviderLost,
        Self::ProviderTwice,
        Self::ProviderLate,
        Self::ProviderRelents,
    ];

    /// Its name, to print.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequestLost => "requests lost",
            Self::RequestDoubled => "requests doubled",
            Self::AnswerLost => "answers lost",
            Self::AnswerLate => "answers too late",
            Self::Stranger => "answers by a stranger",
            Self::SocketCut => "sockets cut",
            Self::SocketSilent => "sockets silent",
            Self::SocketSlow => "sockets slow to take what is said",
            Self::SocketRefused => "sockets refused",
            Self::WordGarbled => "words on a socket lost or garbled",
            Self::Partition => "partitions",
            Self::ServerCrash => "server crashes",
            Self::CrashBeforeAnswer => "crashes between commit and answer",
            Self::ServerBusy => "requests refused as too busy",
            Self::ServerFailed => "requests failed on the server",
            Self::ActFailed => "acts failed on the server",
            Self::ViewsLost => "views lost and built again",
            Self::LeftForgotten => "rows that left forgotten",
            Self::Restored => "restores from a backup",
            Self::SessionLost => "sessions forgotten",
            Self::TabCrash => "tabs crashed",
            Self::TabFrozen => "tabs frozen",
            Self::TabHidden => "tabs hidden",
            Self::TabOpened => "tabs opened or closed",
            Self::PowerCut => "power cuts",
            Self::WriteLost => "writes lost in a crash",
            Self::CacheTorn => "cache writes lost with the power",
            Self::WriteLate => "writes that took seconds",
            Self::WriteRefused => "writes refused",
            Self::CacheEvicted => "caches evicted",
            Self::RowDamaged => "rows damaged on the disk",
            Self::ClockWrong => "clocks a day wrong",
            Self::ClockJump => "clocks that jumped",
            Self::WorkerRound => "rounds of a service worker",
            Self::AccountSwitch => "account switches",
            Self::GuestTakenOver => "guests taken over",
            Self::DeviceUpgrade => "devices upgraded",
            Self::ServerUpgrade => "servers upgraded",
            Self::ProviderLost => "talk with the bank lost",
            Self::ProviderTwice => "words of the bank doubled",
            Self::ProviderLate => "words of the bank late",
            Self::ProviderRelents => "noes of the bank taken back",
        }
    }
}

/// How often each was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults([u64; Fault::ALL.len()]);

impl Default for Faults {
    fn default() -> Self {
        Self([0; Fault::ALL.len()])
    }
}

impl Faults {
    /// It was done once more.
    pub fn note(&mut self, fault: Fault) {
        self.0[fault as usize] += 1;
    }

    /// How often `fault` was done.
    pub fn count(&self, fault: Fault) -> u64 {
        self.0[fault as usize]
    }

    /// All that was done.
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// Adds another run's.
    pub fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(mine, other)| *mine += other);
    }
}

/// What a run was.
#[derive(Clone, Copy, Debug, Default)]
pub struct Report {
    /// Events handled.
    pub steps: u64,
    /// Acts that were durable on a device.
    pub acts: u64,
    /// Orders that the server took.
    pub orders: u64,
    /// Meals that a driver brought.
    pub delivered: u64,
    /// How many persons were erased.
    pub erased: u64,
    /// Acts that were refused.
    pub refused: u64,
    /// Messages that were encoded on one side and decoded on the other.
    pub messages: u64,
    /// What was done to it.
    pub faults: Faults,
}

impl Report {
    /// Adds another run's.
    pub fn add(&mut self, other: &Self) {
        self.steps += other.steps;
        self.acts += other.acts;
        self.orders += other.orders;
        self.delivered += other.delivered;
        self.erased += other.erased;
        self.refused += other.refused;
        self.messages += other.messages;
        self.faults.add(&other.faults);
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_a_place_and_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> = Fault::ALL.iter().map(|fault| fault.name()).collect();
        assert_eq!(names.len(), Fault::ALL.len());
        Fault::ALL.iter().enumerate().for_each(|(index, fault)| assert_eq!(*fault as usize, index));
    }
}
