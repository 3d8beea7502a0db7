use std::sync::{Arc, Mutex, PoisonError};

use rten::ThreadPool;

/// The threads one page is read with: all of them for one network run, or one each for many at once.
pub(crate) struct Lane {
    pub wide: Arc<ThreadPool>,
    pub narrow: Vec<Arc<ThreadPool>>,
}

/// Lends each page that is being read a lane of its own; a pool shared by two pages would make them wait for
/// one another.
pub(crate) struct Lanes {
    threads: usize,
    free: Mutex<Vec<Lane>>,
}

impl Lanes {
    pub fn new(threads: usize) -> Lanes {
        Lanes { threads: threads.max(1), free: Mutex::new(Vec::new()) }
    }

    pub fn with<R>(&self, work: impl FnOnce(&Lane) -> R) -> R {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = free().pop().unwrap_or_else(|| self.lane());
        let result = work(&lane);
        free().push(lane);
        result
    }

    fn lane(&self) -> Lane {
        let narrow: Vec<_> = (0..self.threads).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        let wide = match narrow.as_slice() {
            [only] => Arc::clone(only),
            _ => Arc::new(ThreadPool::with_num_threads(self.threads)),
        };
        Lane { wide, narrow }
    }
}
