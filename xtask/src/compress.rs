//! `.br` and `.gz` beside every file that shrinks, so that the server never compresses while someone waits.

use std::{collections::BTreeMap, io::Write, sync::Mutex, thread};

use flate2::{Compression, write::GzEncoder};

use crate::project::Profile;

/// Below this a header costs more than compression saves.
const BYTES_MIN: usize = 256;

/// `files`, and the compressed siblings of those that shrink.
pub(crate) fn with_siblings(mut files: BTreeMap<String, Vec<u8>>, profile: Profile) -> BTreeMap<String, Vec<u8>> {
    let worth = |name: &str, content: &[u8]| content.len() >= BYTES_MIN && !name.ends_with(".png");
    let queue: Vec<_> = files.iter().filter(|(name, content)| worth(name, content)).collect();
    let queue = Mutex::new(queue.into_iter());
    let siblings = Mutex::new(Vec::new());
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let Some((name, content)) = queue.lock().expect("no worker panics").next() else { break };
                    let made = [("br", brotli(content, profile)), ("gz", gzip(content, profile))];
                    let smaller = made.into_iter().filter(|(_, bytes)| bytes.len() < content.len());
                    let named = smaller.map(|(kind, bytes)| (format!("{name}.{kind}"), bytes));
                    siblings.lock().expect("no worker panics").extend(named);
                }
            });
        }
    });
    files.extend(siblings.into_inner().expect("no worker panics"));
    files
}

fn brotli(content: &[u8], profile: Profile) -> Vec<u8> {
    let (quality, window) = if profile == Profile::Release { (11, 22) } else { (1, 18) };
    let mut writer = brotli::CompressorWriter::new(Vec::new(), 1 << 16, quality, window);
    writer.write_all(content).expect("a Vec takes every byte");
    writer.into_inner()
}

fn gzip(content: &[u8], profile: Profile) -> Vec<u8> {
    let level = if profile == Profile::Release { Compression::best() } else { Compression::fast() };
    let mut writer = GzEncoder::new(Vec::new(), level);
    writer.write_all(content).expect("a Vec takes every byte");
    writer.finish().expect("a Vec takes every byte")
}
