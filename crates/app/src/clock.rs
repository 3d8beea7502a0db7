use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use domain::time::Timestamp;

/// Where the time comes from: the machine, or a hand that a test moves.
#[derive(Clone, Debug)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    pub fn system() -> Clock {
        Clock(None)
    }

    /// Stands still at `start` until it is [moved](Clock::advance).
    pub fn by_hand(start: Timestamp) -> Clock {
        Clock(Some(Arc::new(AtomicI64::new(start.millis()))))
    }

    /// Moves a clock by hand; the system's does not move.
    pub fn advance(&self, seconds: i64) {
        if let Some(hand) = &self.0 {
            hand.fetch_add(seconds * 1_000, Ordering::SeqCst);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Timestamp {
        let millis = match &self.0 {
            Some(hand) => hand.load(Ordering::SeqCst),
            None => std::time::SystemTime::now()
                .duration_since(std::time::UNIX_EPOCH)
                .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)),
        };
        Timestamp(millis)
    }
}
