//! Work that falls into equal pieces, on several threads.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// `work` of each item, in the order of the items. One thread, or one item, is worked on where the caller stands.
pub(crate) fn map<T: Sync, R: Send>(threads: usize, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if threads <= 1 || items.len() <= 1 {
        return items.iter().map(work).collect();
    }
    // Small enough to share evenly, large enough that handing out costs nothing.
    let piece = items.len().div_ceil(threads * 8);
    let pieces: Vec<&[T]> = items.chunks(piece).collect();
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(pieces.len())));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(items) = pieces.get(at) else { return };
                    let results: Vec<R> = items.iter().map(&work).collect();
                    // A thread that panicked has unwound the scope already; its poison says nothing more.
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((at, results));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().flat_map(|(_, results)| results).collect()
}
