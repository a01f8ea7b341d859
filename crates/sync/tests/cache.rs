//! The cache on the disk: who may write it, and whose eyes it is for.

mod world;

use sync::cache::{Cache, CacheWrite, Claim, Mark, check_claim};
use sync::client::Kept;
use sync::protocol::{Change, Frame};
use sync::{AccountId, Scope};
use world::{Device, Notes, change, fresh, kept, mark, note_key, stored_row};

#[test]
fn a_cache_is_written_by_the_leader_that_claimed_it_and_only_whole_where_it_was_thrown_away() {
    assert_eq!(check_claim(4, 4), Claim::Holds);
    assert_eq!(
        check_claim(3, 4),
        Claim::Gone,
        "an earlier leader's, or nobody's: a piece would be taken for all of it"
    );
    assert_eq!(check_claim(5, 4), Claim::Taken, "a later leader has read it, and counts on what it read");
}

#[test]
fn a_cache_that_is_written_whole_is_read_as_it_was() {
    let mut cache = Cache::<Notes>::default();
    let (one, two) = (change("a", 1, 4, "one"), change("b", 1, 5, "two"));
    let piece = cache.apply(&fresh(5, vec![one, two])).expect("it follows");
    assert!(!piece.anew, "a piece leaves what the disk has");
    let CacheWrite { anew, puts, removes, mark } = cache.whole();
    assert!(anew, "whatever the disk has goes first");
    assert!(removes.is_empty());
    let read = Cache::<Notes>::load(puts, mark);
    assert!(read.stored().eq(cache.stored()));
    assert_eq!((read.stored().count(), read.mark()), (2, cache.mark()));
}

/// A cache of Ada's in which one row is public, one is hers, and one is both.
fn of_ada() -> Cache<Notes> {
    let mut cache = Cache::<Notes>::load([], Mark { account: Some("ada".into()), ..Mark::default() });
    let seen = |note: &str, position: u64, scopes: &[&str]| Change {
        scopes: scopes.iter().map(|scope| Scope::from(*scope)).collect(),
        ..change(note, 1, position, "x")
    };
    let rows = vec![seen("shelf", 1, &["shelf"]), seen("hers", 2, &["notes"]), seen("both", 3, &["shelf", "notes"])];
    let scopes = Some(vec!["shelf".into(), "notes".into()]);
    cache.apply(&Frame { scopes, ..fresh(3, rows) }).expect("it follows");
    cache
}

#[test]
fn what_another_person_could_see_is_forgotten_but_for_what_is_public() {
    let (ada, ben) = (AccountId::from("ada"), AccountId::from("ben"));
    let mut cache = of_ada();
    assert_eq!(cache.belongs_to(Some(&ada), &["shelf".into()]), None, "it is hers already");
    let write = cache.belongs_to(Some(&ben), &["shelf".into()]).expect("it was another's");
    assert_eq!(write.removes, [note_key("hers")]);
    assert_eq!(
        write.puts.iter().map(|row| (&row.key, &*row.scopes)).collect::<Vec<_>>(),
        [(&note_key("both"), &["shelf".into()][..])]
    );
    assert_eq!((write.mark.account, write.mark.scopes), (Some(ben), vec!["shelf".into()]));
    assert_eq!(cache.stored().count(), 2);
    assert!(cache.belongs_to(None, &["shelf".into()]).is_some(), "nobody's is not his either");
}

#[test]
fn a_tab_does_not_show_what_another_one_stored_for_somebody_else() {
    let mut device = Device::new();
    let reload = |device: &mut Device, account: &str| {
        let (rows, mark) = (vec![stored_row("a", 1, 5, "secret")], mark(account, 5));
        device.told(|client, now| client.cache_reloaded(rows, &[], mark, now));
    };
    assert!(!device.client.goes_on_with(&mark("ben", 5)), "all is to be read again");
    reload(&mut device, "ben");
    assert_eq!((device.note("a"), device.client.cache().mark().cursor), (None, None));
    reload(&mut device, "ada");
    assert_eq!(device.note("a").as_deref(), Some("secret"));
    assert_eq!(device.client.cache().mark(), &mark("ada", 5), "the mark came with the rows it belongs to");
}

/// Only the leading tab may write, so a tab that finds another person's rows forgets them and writes that when it leads.
#[test]
fn a_leader_forgets_on_the_disk_what_another_person_s_cache_held() {
    let rows = vec![stored_row("a", 1, 5, "secret")];
    let found = Kept { rows: rows.clone(), mark: mark("ben", 5), ..kept(vec![], None) };
    let mut device = Device::started(vec![], found, 0);
    assert_eq!((device.note("a"), device.cache_writes.len()), (None, 0));
    device.told(|client, now| client.lead(now));
    assert_eq!(device.cache_writes.len(), 1);
    assert_eq!(device.cache_writes[0].removes, [note_key("a")]);
    assert_eq!(device.cache_writes[0].mark.account, Some("ada".into()));

    let mut device = Device::new().leads();
    device.cache_writes.clear();
    device.told(|client, now| client.cache_replaced(rows, mark("ben", 5), now));
    assert_eq!((device.note("a"), device.cache_writes.len()), (None, 1), "at once, where it leads already");
}

/// A tab that followed since another person was here has read the disk anew before it leads.
#[test]
fn what_was_to_be_forgotten_of_an_earlier_cache_is_not_taken_from_a_later_one() {
    let found = Kept { rows: vec![stored_row("a", 1, 5, "secret")], mark: mark("ben", 5), ..kept(vec![], None) };
    let mut device = Device::started(vec![], found, 0);
    let hers = vec![stored_row("a", 2, 9, "shared by now")];
    device.told(|client, now| client.cache_replaced(hers, mark("ada", 9), now));
    device.told(|client, now| client.lead(now));
    assert_eq!((device.note("a").as_deref(), device.cache_writes.len()), (Some("shared by now"), 0));
}
