//! Bytes that follow an act: they wait for it, leave after all acts, one at a time, and end only with it or by a typed refusal.

mod world;

use sync::attachment::{
    self, Attach, AttachError, Attachment, BYTES_MAX, Carrier, Chances, ENDED_KEPT_MS, End, SENT_KEPT_MS, Stage,
    WAITING_BYTES_MAX, WAITING_MAX, follow,
};
use sync::client::SendError;
use sync::protocol::Outcome;
use sync::{AccountId, CommandId, Millis, Reason};
use uuid::Uuid;
use world::{Device, Refusal};

/// What a device keeps of attachments, and who carries them.
struct Bag {
    device: Device,
    kept: Vec<Attachment>,
    carrier: Carrier,
    now: Millis,
}

impl Bag {
    fn new(device: Device) -> Self {
        Self { device, kept: vec![], carrier: Carrier::new(7), now: 0 }
    }

    fn attach(&mut self, follows: CommandId, bytes: &[u8]) -> Result<Attachment, AttachError> {
        self.attach_as(self.device.by().as_ref(), &photo(follows), bytes)
    }

    fn attach_as(&mut self, by: Option<&AccountId>, attach: &Attach, bytes: &[u8]) -> Result<Attachment, AttachError> {
        let outbox = self.device.client.outbox();
        let kept = attachment::attach(&self.kept, outbox, by, attach.clone(), bytes, self.now)?;
        self.kept.push(kept.clone());
        Ok(kept)
    }

    /// The device reads what became of its acts; the stages then.
    fn follows(&mut self) -> Vec<&'static str> {
        let (changed, gone) = follow(&self.kept, self.device.client.outbox(), self.now);
        changed.into_iter().for_each(|changed| self.put(changed));
        self.kept.retain(|kept| !gone.contains(&kept.id));
        self.kept.iter().map(|kept| kept.stage.name()).collect()
    }

    fn put(&mut self, changed: Attachment) {
        let known = self.kept.iter_mut().find(|kept| kept.id == changed.id).expect("it is there");
        *known = changed;
    }

    fn next(&mut self) -> Result<Attachment, Option<Millis>> {
        self.next_of(self.device.by().as_ref(), true)
    }

    fn next_of(&mut self, account: Option<&AccountId>, may_send: bool) -> Result<Attachment, Option<Millis>> {
        let chances = Chances { account, outbox: self.device.client.outbox(), may_send, visible: true };
        self.carrier.next(&self.kept, &chances, self.now)
    }

    fn answered(&mut self, carried: &Attachment, answer: Result<(), SendError>) {
        let answer = answer.map_err(|error| (error, Some("a sentence".to_owned())));
        let changed = self.carrier.answered(carried, answer, true, self.now);
        changed.into_iter().for_each(|changed| self.put(changed));
    }

    /// The act is on the server.
    fn is_accepted(&mut self, act: CommandId) {
        self.device.answered(vec![(act, Outcome::Accepted)]);
    }
}

fn photo(follows: CommandId) -> Attach {
    Attach {
        follows,
        kind: "photo".into(),
        is_one: false,
        to: "/photos/{id}?of=a".into(),
        content_type: "image/jpeg".into(),
        preview: "data:,".into(),
    }
}

fn problem(status: u16) -> Result<(), SendError> {
    Err(SendError::Problem { status, slug: "why".into(), retry_after_ms: None })
}

const LOST: Result<(), SendError> = Err(SendError::Lost { retry_after_ms: None });

#[test]
fn it_waits_for_its_act_and_for_every_other_that_may_leave_and_goes_when_it_is_sent() {
    let mut bag = Bag::new(Device::new().leads());
    let act = bag.device.append("a", "x");
    let kept = bag.attach(act, b"one").expect("room");
    assert_eq!(kept.path(), format!("/photos/{}?of=a", kept.id));
    assert_eq!(bag.follows(), ["saved"]);
    assert_eq!(bag.next(), Err(None));
    bag.device = bag.device.linked();
    assert_eq!(bag.follows(), ["saved"], "it has left, and nobody said that it arrived");
    bag.is_accepted(act);
    assert_eq!(bag.follows(), ["free"]);
    let other = bag.device.append("b", "y");
    assert_eq!(bag.next(), Err(None), "an act goes first, whatever it is about");
    bag.is_accepted(other);
    let carried = bag.next().expect("it may leave");
    assert_eq!((carried.id, bag.next()), (kept.id, Err(None)), "one at a time");
    bag.answered(&carried, Ok(()));
    assert_eq!(bag.follows(), ["sent"]);
    assert_eq!(bag.next(), Err(None));
    assert_eq!(bag.kept[0].preview, "", "nothing of the picture is left");
    bag.now += SENT_KEPT_MS + 1;
    assert!(bag.follows().is_empty());
}

#[test]
fn what_is_lost_on_the_way_is_tried_again_later_and_the_server_s_own_word_on_when_is_kept() {
    let mut bag = Bag::new(Device::new().linked());
    let act = bag.device.append("a", "x");
    bag.attach(act, b"one").expect("room");
    bag.is_accepted(act);
    bag.follows();
    for tries in 0..40 {
        let carried = bag.next().unwrap_or_else(|_| panic!("try {tries}"));
        bag.answered(&carried, LOST);
        match bag.next() {
            Err(Some(until)) => {
                assert!(until - bag.now <= 4_000, "{until}");
                bag.now = until;
            }
            // The jitter is full: at once is a moment, too. It was handed out just now.
            Ok(carried) => bag.answered(&carried, LOST),
            Err(None) => panic!("given up after {tries}"),
        }
        bag.now += 4_000;
    }
    let carried = bag.next().expect("for ever");
    let busy = SendError::Problem { status: 503, slug: "busy".into(), retry_after_ms: Some(30_000) };
    bag.answered(&carried, Err(busy));
    assert_eq!(bag.next(), Err(Some(bag.now + 30_000)));
    bag.carrier.hurry();
    assert!(bag.next().is_ok(), "a person wants it tried now");
}

#[test]
fn only_a_typed_refusal_ends_it_and_says_why_and_its_person_may_have_it_tried_again() {
    for status in [400, 403, 409, 410, 413, 415, 422] {
        let mut bag = Bag::new(Device::new().linked());
        let act = bag.device.append("a", "x");
        bag.attach(act, b"one").expect("room");
        bag.is_accepted(act);
        bag.follows();
        let carried = bag.next().expect("free");
        bag.answered(&carried, problem(status));
        let why = End::Refused { slug: "why".into(), detail: Some("a sentence".into()) };
        assert_eq!(bag.kept[0].stage, Stage::Ended(why), "{status}");
        assert_eq!(bag.next(), Err(None));
        assert_eq!(bag.kept[0].preview, "data:,");
        let again = attachment::again(&bag.kept[0], bag.now).expect("it ended so");
        bag.put(again);
        assert!(bag.next().is_ok());
    }
    for status in [401, 404, 408, 412, 429, 500, 502, 503] {
        let mut bag = Bag::new(Device::new().linked());
        let act = bag.device.append("a", "x");
        bag.attach(act, b"one").expect("room");
        bag.is_accepted(act);
        bag.follows();
        let carried = bag.next().expect("free");
        bag.answered(&carried, problem(status));
        assert_eq!(bag.follows(), ["free"], "{status}");
        assert_eq!(bag.carrier.is_paused(), status == 401);
        bag.now += 60_000;
        if status == 401 {
            assert_eq!(bag.next(), Err(None), "until somebody signs in");
            bag.carrier.hurry();
        }
        assert!(bag.next().is_ok(), "{status}");
    }
}

#[test]
fn one_on_which_the_server_fails_holds_up_no_other() {
    let mut bag = Bag::new(Device::new().linked());
    let act = bag.device.append("a", "x");
    let first = bag.attach(act, b"one").expect("room");
    let second = bag.attach(act, b"two").expect("room");
    bag.is_accepted(act);
    bag.follows();
    let carried = bag.next().expect("free");
    assert_eq!(carried.id, first.id);
    bag.answered(&carried, problem(500));
    let carried = bag.next().expect("the other");
    assert_eq!(carried.id, second.id);
    bag.answered(&carried, Ok(()));
    let Err(Some(until)) = bag.next() else { panic!("it rests") };
    bag.now = until;
    assert_eq!(bag.next().expect("rested").id, first.id);
}

#[test]
fn it_ends_with_an_act_that_is_refused_and_goes_with_one_that_is_taken_back() {
    let mut bag = Bag::new(Device::new());
    let (refused, back) = (bag.device.append("a", "x"), bag.device.append("b", "y"));
    bag.attach(refused, b"one").expect("room");
    bag.attach(back, b"two").expect("room");
    bag.device.withdraw(back).expect("it has not left");
    assert_eq!(bag.follows(), ["saved"]);
    bag.device = bag.device.linked();
    let reason = Reason::Trade(Refusal::IsLocked);
    bag.device.answered(vec![(refused, Outcome::Refused(reason))]);
    assert_eq!(bag.follows(), ["ended"]);
    assert_eq!(bag.next(), Err(None));
    assert_eq!(bag.kept[0].stage, Stage::Ended(End::ActRefused));
    assert_eq!(attachment::again(&bag.kept[0], bag.now), None, "there is nothing that it would show");
    assert_eq!(bag.attach(refused, b"three"), Err(AttachError::NoAct));
    bag.now += ENDED_KEPT_MS + 1;
    assert!(bag.follows().is_empty());
}

#[test]
fn nobody_else_sends_or_makes_it_and_a_tab_that_may_not_send_does_not() {
    let mut bag = Bag::new(Device::new().linked());
    let act = bag.device.append("a", "x");
    bag.attach(act, b"one").expect("room");
    bag.is_accepted(act);
    bag.follows();
    let emil = AccountId::from("emil");
    assert_eq!(bag.next_of(Some(&emil), true), Err(None));
    assert_eq!(bag.next_of(None, true), Err(None));
    let ada = bag.device.by();
    assert_eq!(bag.next_of(ada.as_ref(), false), Err(None));
    assert_eq!(bag.attach_as(Some(&emil), &photo(act), b"two"), Err(AttachError::NoAct));
    assert_eq!(bag.attach_as(None, &photo(act), b"two"), Err(AttachError::SignedOut));
    assert_eq!(attachment::waiting(&bag.kept, &emil), 0);
    assert_eq!(attachment::waiting(&bag.kept, &ada.expect("somebody")), 1);
}

#[test]
fn the_same_twice_is_one_and_there_is_a_limit_for_each_and_for_all() {
    let mut bag = Bag::new(Device::new());
    let act = bag.device.append("a", "x");
    bag.attach(act, b"one").expect("room");
    assert_eq!(bag.attach(act, b"one"), Err(AttachError::There));
    let word = Attach { kind: "word".into(), is_one: true, ..photo(act) };
    let by = bag.device.by();
    let first = bag.attach_as(by.as_ref(), &word, b"Ada").expect("room");
    assert_eq!(bag.attach_as(by.as_ref(), &word, b"Ben"), Err(AttachError::There));
    let other = attachment::AttachmentId::of(act, "word", b"Cleo", true);
    assert_eq!(first.id, other, "its name says nothing of what it holds");
    assert_ne!(first.id, attachment::AttachmentId::of(CommandId(Uuid::from_u128(9)), "word", b"Ada", true));
    assert_eq!(bag.attach(act, &vec![0; BYTES_MAX + 1]), Err(AttachError::TooLarge(BYTES_MAX + 1)));

    let whole = WAITING_BYTES_MAX / BYTES_MAX;
    for number in 0..whole - 1 {
        let bytes = vec![u8::try_from(number).expect("few"); BYTES_MAX];
        bag.attach(act, &bytes).expect("room");
    }
    assert!(matches!(bag.attach(act, &vec![99; BYTES_MAX]), Err(AttachError::Full(..))), "by their bytes");
    let mut bag = Bag::new(Device::new());
    let act = bag.device.append("a", "x");
    for number in 0..WAITING_MAX {
        bag.attach(act, &[u8::try_from(number).expect("few")]).expect("room");
    }
    assert_eq!(bag.attach(act, b"one more"), Err(AttachError::Full(WAITING_MAX, WAITING_MAX)), "by their number");
    // What is sent takes no room.
    let sent = Attachment { stage: Stage::Sent, ..bag.kept[0].clone() };
    bag.put(sent);
    bag.attach(act, b"one more").expect("room");
}

#[test]
fn what_a_newer_release_wrote_is_not_read() {
    let mut bag = Bag::new(Device::new());
    let act = bag.device.append("a", "x");
    let kept = bag.attach(act, b"one").expect("room");
    let json = serde_json::to_string(&kept).expect("plain data");
    assert_eq!(attachment::read(&json), Some(kept));
    assert_eq!(attachment::read(&json.replacen("\"format\":1", "\"format\":2", 1)), None);
    assert_eq!(attachment::read("{}"), None);
}
