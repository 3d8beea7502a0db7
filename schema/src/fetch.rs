//! Runs what loaders fetch on the task of the operation that waits for it, and only when the operation can't go on by
//! itself: then all keys of a level are known, and one statement fetches them. A fetch on a task of its own begins while
//! the operation is still collecting keys; on a busy machine that splits a batch into dozens.

use std::{
    future::{Future, poll_fn},
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
};

use futures_util::{
    Stream, StreamExt,
    future::BoxFuture,
    stream::{self, FuturesUnordered},
    task::AtomicWaker,
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

type Fetch = BoxFuture<'static, ()>;

/// What the loaders of one operation have begun to fetch.
pub(crate) struct Fetches {
    begun: UnboundedReceiver<Fetch>,
    running: FuturesUnordered<Fetch>,
    wakes: Arc<Wakes>,
}

/// Tells whether an operation that waits has asked to go on: long lists pause of themselves after every few items.
#[derive(Default)]
struct Wakes {
    asked: AtomicBool,
    task: AtomicWaker,
}

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.asked.store(true, Ordering::Release);
        self.task.wake();
    }
}

impl Fetches {
    /// With what loaders take as the place to spawn a fetch.
    pub fn new() -> (impl Fn(Fetch) + Send + Sync + 'static, Fetches) {
        let (begin, begun) = unbounded_channel();
        // An operation that has ended needs nothing more.
        let spawn = move |fetch| drop(begin.send(fetch));
        (spawn, Fetches { begun, running: FuturesUnordered::new(), wakes: Arc::default() })
    }

    /// Runs an operation with its fetches.
    pub async fn run<F: Future>(mut self, operation: F) -> F::Output {
        let mut operation = pin!(operation);
        poll_fn(|task| self.poll(task, |context| operation.as_mut().poll(context))).await
    }

    /// As [`Fetches::run`], for an operation that answers many times.
    pub fn run_stream<S: Stream + Send>(mut self, operation: S) -> impl Stream<Item = S::Item> + Send {
        let mut operation = Box::pin(operation);
        stream::poll_fn(move |task| self.poll(task, |context| operation.as_mut().poll_next(context)))
    }

    /// Goes on with the operation, then, when it can't, with the fetches. One that ends wakes the operation by itself.
    fn poll<T>(&mut self, task: &mut Context<'_>, operation: impl FnOnce(&mut Context<'_>) -> Poll<T>) -> Poll<T> {
        self.wakes.task.register(task.waker());
        self.wakes.asked.store(false, Ordering::Release);
        let waker = Waker::from(self.wakes.clone());
        let polled = operation(&mut Context::from_waker(&waker));
        if polled.is_pending() && !self.wakes.asked.load(Ordering::Acquire) {
            while let Poll::Ready(Some(fetch)) = self.begun.poll_recv(task) {
                self.running.push(fetch);
            }
            while let Poll::Ready(Some(())) = self.running.poll_next_unpin(task) {}
        }
        polled
    }
}
