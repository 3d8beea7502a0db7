use std::sync::{Arc, Mutex};

use audit::bundle::Verdict;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{actor::Actor, id::TaskId, task::Decision};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{World, key, on_both_databases};
use crate::{Error, MailSettings, PageRequest, holders, jobs, jobs::work_once, log, receipts, review, store};

on_both_databases! {
    every_decision_has_a_receipt_once_it_is_signed
    a_receipt_is_mailed_after_the_next_checkpoint
    a_refused_mail_is_given_up_and_a_late_one_is_tried_again
    checkpoints_are_mailed_to_those_who_keep_them
    addresses_are_checked_before_they_are_set
}

/// A mail server (RFC 5321) that takes letters, or answers a recipient with another code.
#[derive(Clone)]
struct Post {
    port: u16,
    letters: Arc<Mutex<Vec<String>>>,
    answer: Arc<Mutex<&'static str>>,
}

const TAKEN: &str = "250 ok";

impl Post {
    async fn open() -> Post {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let post = Post {
            port: listener.local_addr().unwrap().port(),
            letters: Arc::default(),
            answer: Arc::new(Mutex::new(TAKEN)),
        };
        tokio::spawn({
            let post = post.clone();
            async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(post.clone().serve(stream));
                }
            }
        });
        post
    }

    async fn serve(self, stream: TcpStream) {
        let (reader, mut writer) = stream.into_split();
        let mut lines = BufReader::new(reader).lines();
        writer.write_all(b"220 here\r\n").await.unwrap();
        while let Ok(Some(line)) = lines.next_line().await {
            let answer = match line.split(' ').next().unwrap() {
                "RCPT" => *self.answer.lock().unwrap(),
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await.unwrap();
                    let mut letter = String::new();
                    while let Some(line) = lines.next_line().await.unwrap().filter(|line| line != ".") {
                        letter += &format!("{line}\n");
                    }
                    self.letters.lock().unwrap().push(letter);
                    TAKEN
                }
                _ => TAKEN,
            };
            writer.write_all(format!("{answer}\r\n").as_bytes()).await.unwrap();
        }
    }

    fn letters(&self) -> Vec<String> {
        self.letters.lock().unwrap().clone()
    }
}

/// The file in a letter.
fn attached(letter: &str) -> String {
    let part =
        letter.split("\n\n").skip_while(|part| !part.contains("Content-Disposition: attachment")).nth(1).unwrap();
    let base64: String = part.lines().take_while(|line| !line.starts_with("--")).collect();
    String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap()
}

impl World {
    async fn with_mail(mut self, post: &Post) -> World {
        self.settings.mail = Some(MailSettings {
            smtp_url: format!("smtp://127.0.0.1:{}", post.port),
            from: "Countersign <countersign@example.com>".to_owned(),
            receipts: true,
            checkpoint_hours: 24,
        });
        self.app = self.restart().await.unwrap();
        self
    }

    /// A document that the reviewer has sent back.
    async fn rejected(&self, reviewer: &Actor, name: &str) -> TaskId {
        let (_, task) = self.in_review(name).await;
        review::claim_task(&self.app, reviewer, key(&format!("{name}-claim")), task).await.unwrap();
        let lease = review::find_tasks(&self.app, reviewer, &[task]).await.unwrap()[0].lease.clone().unwrap();
        let (once, reason) = (format!("{name}-decide"), Some("Ann's own handwriting"));
        super::decide(self, reviewer, &once, (task, lease.token), Decision::Reject, reason).await.unwrap();
        task
    }

    async fn verify_receipt(&self, text: &str) -> audit::bundle::Report {
        let status = log::log_status(&self.app, &self.admin).await.unwrap();
        audit::receipt::verify(text, &[status.verifier_key().unwrap().parse().unwrap()])
    }

    async fn dead_jobs(&self) -> Vec<jobs::DeadJob> {
        jobs::list_dead_jobs(&self.app, self.admin.organization).await.unwrap()
    }
}

async fn every_decision_has_a_receipt_once_it_is_signed(world: World) {
    world.settle().await;
    let reviewer = world.reviewer("ann@example.com").await;
    let task = world.rejected(&reviewer, "a").await;
    assert!(receipts::receipts_of_tasks(&world.app, &reviewer, &[task]).await.unwrap().is_empty());
    let page = PageRequest { first: 1, after: None };
    let decision = log::filter_events(&world.app, &world.admin, &log::EventFilter::default(), page)
        .await
        .unwrap()
        .items
        .remove(0)
        .1;
    let early = receipts::receipt_file(&world.app, &reviewer, decision.id).await;
    assert!(matches!(early, Err(Error::Conflict { code: "NOT_SIGNED_YET", .. })));
    world.settle().await;
    let (of, receipt) = receipts::receipts_of_tasks(&world.app, &reviewer, &[task]).await.unwrap().remove(0);
    assert_eq!((of, receipt.event), (task, decision.id));
    let report = world.verify_receipt(&receipt.text).await;
    assert_eq!((report.verdict, report.size), (Verdict::Valid, Some(receipt.checkpoint_size)));
    // It stays the same, under the first checkpoint over it.
    world.receive("b").await;
    world.settle().await;
    let file = receipts::receipt_file(&world.app, &reviewer, decision.id).await.unwrap();
    assert_eq!((&file.text, file.index), (&receipt.text, receipt.index));
    let unknown = receipts::receipt_file(&world.app, &reviewer, domain::id::EventId::generate()).await;
    assert!(matches!(unknown, Err(Error::NotFound)));
}

async fn a_receipt_is_mailed_after_the_next_checkpoint(world: World) {
    let post = Post::open().await;
    let world = world.with_mail(&post).await;
    let reviewer = world.reviewer("ann@example.com").await;
    world.rejected(&reviewer, "a").await;
    while work_once(&world.app).await.unwrap() {}
    assert!(post.letters().is_empty(), "nothing is signed yet");
    world.settle().await;
    world.advance(2);
    while work_once(&world.app).await.unwrap() {}
    let letter = post.letters().remove(0);
    assert!(letter.contains("To: ann@example.com") && letter.contains("You rejected a document at"), "{letter}");
    assert!(!letter.contains("handwriting"), "the reason is nobody's business in a mail");
    let report = world.verify_receipt(&attached(&letter)).await;
    assert_eq!(report.verdict, Verdict::Valid);
    let log = crate::ledger::present_log(&world.app, world.admin.organization).await.unwrap();
    let held = store::holder::outside_head(world.app.store().reader(), log.organization, holders::Way::Receipt).await;
    assert_eq!(Some(held.unwrap().unwrap().size), report.size, "somebody outside holds this head");
    while work_once(&world.app).await.unwrap() {}
    assert_eq!(post.letters().len(), 1);
}

async fn a_refused_mail_is_given_up_and_a_late_one_is_tried_again(world: World) {
    let post = Post::open().await;
    let world = world.with_mail(&post).await;
    let reviewer = world.reviewer("ann@example.com").await;
    *post.answer.lock().unwrap() = "550 5.1.1 no ann@example.com here";
    world.rejected(&reviewer, "a").await;
    world.settle().await;
    while work_once(&world.app).await.unwrap() {}
    let dead = world.dead_jobs().await.remove(0);
    assert_eq!((dead.kind.word(), dead.attempts), ("SEND_RECEIPT", 1));
    assert!(dead.error.contains("550") && !dead.error.contains("ann@example.com"), "{}", dead.error);

    *post.answer.lock().unwrap() = "451 4.3.0 later";
    world.rejected(&reviewer, "b").await;
    world.settle().await;
    while work_once(&world.app).await.unwrap() {}
    assert!(post.letters().is_empty() && world.dead_jobs().await.len() == 1, "the late one is no dead one");
    *post.answer.lock().unwrap() = TAKEN;
    world.advance(10);
    while work_once(&world.app).await.unwrap() {}
    assert_eq!(post.letters().len(), 1);

    jobs::retry_job(&world.app, world.admin.organization, dead.id).await.unwrap();
    while work_once(&world.app).await.unwrap() {}
    assert_eq!((post.letters().len(), world.dead_jobs().await.len()), (2, 0));
    let gone = jobs::retry_job(&world.app, world.admin.organization, dead.id).await;
    assert!(matches!(gone, Err(Error::NotFound)));
}

async fn checkpoints_are_mailed_to_those_who_keep_them(world: World) {
    let post = Post::open().await;
    let world = world.with_mail(&post).await;
    let mail = async || {
        world.settle().await;
        holders::enqueue_due(&world.app).await.unwrap();
        holders::enqueue_due(&world.app).await.unwrap();
        while work_once(&world.app).await.unwrap() {}
        post.letters().len()
    };
    let set = async |name: &str, addresses: &[&str]| {
        let addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
        holders::set_checkpoint_recipients(&world.app, &world.admin, key(name), addresses).await.unwrap()
    };
    assert_eq!(mail().await, 0);
    set("one", &["keeper@example.com"]).await;
    assert_eq!(mail().await, 1);
    let letter = post.letters().remove(0);
    let status = log::log_status(&world.app, &world.admin).await.unwrap();
    let newest = status.checkpoint.unwrap();
    assert_eq!(attached(&letter), newest.note);
    assert!(letter.contains("--pin") && letter.contains("To: keeper@example.com"));
    assert_eq!(mail().await, 1, "once a day");
    world.advance(24 * 3_600);
    assert_eq!(mail().await, 1, "and only when the log grew");
    world.receive("a").await;
    assert_eq!(mail().await, 2);
    world.advance(1);
    set("two", &["keeper@example.com", "second@example.com"]).await;
    assert_eq!(mail().await, 3, "a new one gets it at once");
    assert!(post.letters()[2].contains("To: second@example.com"));
    set("none", &[]).await;
    world.advance(48 * 3_600);
    assert_eq!(mail().await, 3);
    assert!(holders::checkpoint_recipients(&world.app, &world.admin).await.unwrap().is_empty());
}

async fn addresses_are_checked_before_they_are_set(world: World) {
    let set = async |world: &World, actor: &Actor, addresses: &[&str]| {
        let addresses = addresses.iter().map(|address| (*address).to_owned()).collect();
        holders::set_checkpoint_recipients(&world.app, actor, key("set"), addresses).await
    };
    let refused = set(&world, &world.admin, &["a@example.com"]).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "MAIL_NOT_SET_UP", .. })));
    let world = world.with_mail(&Post::open().await).await;
    let refused = set(&world, &world.admin, &["a@example.com", "no address"]).await;
    assert!(matches!(refused, Err(Error::Invalid { code: "ADDRESS_INVALID", .. })));
    let reviewer = world.reviewer("ann@example.com").await;
    assert!(matches!(set(&world, &reviewer, &[]).await, Err(Error::Forbidden)));
    let set = set(&world, &world.admin, &["b@example.com", " a@example.com ", "b@example.com"]).await.unwrap();
    assert_eq!(set, ["a@example.com", "b@example.com"]);
}
