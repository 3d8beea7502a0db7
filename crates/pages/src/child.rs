//! Decoding in a child process. A decoder that spins can't be stopped inside a thread, and one that allocates
//! without end takes the server with it; a process can be limited, and killed.
//!
//! The parent writes the file to the child's standard input and reads frames from its standard output: `P`, width
//! and height (little-endian, four bytes each) and the pixels of one page (red, green, blue); or, as the last,
//! `.` for the end; or `E`, a length (four bytes) and a [`DecodeError`] as JSON. The parent trusts no frame.

use std::{
    io::{self, BufWriter, Read, Write},
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use image::RgbImage;
use rustix::process::{Resource, Rlimit, setrlimit};

use crate::{DecodeError, Limits, decode::Budget, decode_each};

const PAGE: u8 = b'P';
const END: u8 = b'.';
const ERROR: u8 = b'E';
/// No error takes more.
const LONGEST_ERROR: u32 = 4096;

/// Starts children that decode.
#[derive(Clone, Debug)]
pub struct Decoder {
    /// The program, and the arguments that bring it to [`run`]; the limits follow as one argument.
    pub program: PathBuf,
    pub args: Vec<String>,
    pub limits: Limits,
}

impl Decoder {
    /// All pages of a file. Blocks; not for an async thread.
    pub fn decode(&self, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<Vec<RgbImage>, DecodeError> {
        self.pages(bytes)?.collect()
    }

    /// The pages of a file, each decoded when the one before was taken, so that a long file needs little memory.
    pub fn pages(&self, bytes: impl AsRef<[u8]> + Send + 'static) -> Result<Pages<'_>, DecodeError> {
        let size = bytes.as_ref().len() as u64;
        if size > self.limits.bytes {
            return Err(DecodeError::FileTooLarge { bytes: size, limit: self.limits.bytes });
        }
        let unavailable = |reason: &dyn ToString| DecodeError::DecoderUnavailable { reason: reason.to_string() };
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .arg(serde_json::to_string(&self.limits).map_err(|error| unavailable(&error))?)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| unavailable(&error))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(unavailable(&"no pipes"));
        };
        // A child that stops reading has said why on its output.
        thread::spawn(move || input.write_all(bytes.as_ref()));
        let child = Arc::new(Mutex::new(child));
        let watch = Watch::over(Arc::clone(&child), Duration::from_secs(self.limits.seconds));
        let budget = Budget::new(&self.limits);
        Ok(Pages { limits: &self.limits, child, output, watch, budget, ended: false })
    }
}

/// The pages that a child decodes, one by one; the first error is the last item.
pub struct Pages<'a> {
    limits: &'a Limits,
    child: Arc<Mutex<Child>>,
    output: ChildStdout,
    watch: Watch,
    budget: Budget<'a>,
    ended: bool,
}

impl Iterator for Pages<'_> {
    type Item = Result<RgbImage, DecodeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let page = self.watch.during(|| read_frame(&mut self.output, &mut self.budget));
        let result = page.unwrap_or_else(|_| Err(self.cause_of_death()));
        self.ended = !matches!(result, Ok(Some(_)));
        result.transpose()
    }
}

impl Pages<'_> {
    /// The child went away without a word.
    fn cause_of_death(&self) -> DecodeError {
        const SIGABRT: i32 = 6;
        const SIGKILL: i32 = 9;
        const SIGXCPU: i32 = 24;
        let timeout = DecodeError::DecodeTimeout { seconds: self.limits.seconds };
        if self.watch.expired.load(Ordering::Acquire) {
            return timeout;
        }
        match self.exit_status().and_then(|status| status.signal()) {
            // Rust aborts when memory or stack run out; the kernel kills when the machine's memory does.
            Some(SIGABRT | SIGKILL) => DecodeError::DecodeMemory,
            Some(SIGXCPU) => timeout,
            _ => DecodeError::FileDamaged,
        }
    }

    /// A child that closed its output is about to end; one that doesn't is killed when this is dropped.
    fn exit_status(&self) -> Option<ExitStatus> {
        const PATIENCE: Duration = Duration::from_millis(10);
        for _ in 0..100 {
            match self.child.lock().unwrap_or_else(PoisonError::into_inner).try_wait() {
                Ok(None) => thread::sleep(PATIENCE),
                status => return status.ok().flatten(),
            }
        }
        None
    }
}

impl Drop for Pages<'_> {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself; waiting removes it from the process table either way.
        let _ = child.kill();
        let _ = child.wait();
    }
}

/// Reads one frame; `Ok(Ok(None))` is the end of the file, an I/O error the end of the child.
fn read_frame(output: &mut impl Read, budget: &mut Budget<'_>) -> io::Result<Result<Option<RgbImage>, DecodeError>> {
    let mut kind = [0];
    output.read_exact(&mut kind)?;
    match kind[0] {
        PAGE => {
            let (width, height) = (read_u32(output)?, read_u32(output)?);
            if let Err(error) = budget.take(width.into(), height.into()) {
                return Ok(Err(error));
            }
            let mut pixels = vec![0; width as usize * height as usize * 3];
            output.read_exact(&mut pixels)?;
            Ok(RgbImage::from_raw(width, height, pixels).ok_or(DecodeError::FileDamaged).map(Some))
        }
        END => Ok(Ok(None)),
        ERROR => {
            let mut json = vec![0; read_u32(output)?.min(LONGEST_ERROR) as usize];
            output.read_exact(&mut json)?;
            Ok(Err(serde_json::from_slice(&json).unwrap_or(DecodeError::FileDamaged)))
        }
        _ => Ok(Err(DecodeError::FileDamaged)),
    }
}

fn read_u32(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

/// Kills a child that keeps its parent waiting for too long.
struct Watch {
    /// Begins and ends a wait, in turns.
    turns: Sender<()>,
    expired: Arc<AtomicBool>,
}

impl Watch {
    fn over(child: Arc<Mutex<Child>>, limit: Duration) -> Watch {
        let (turns, turn) = mpsc::channel();
        let expired = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&expired);
        thread::spawn(move || {
            while turn.recv().is_ok() {
                match turn.recv_timeout(limit) {
                    Ok(()) => {}
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        flag.store(true, Ordering::Release);
                        // Fails only when the child is gone already.
                        let _ = child.lock().unwrap_or_else(PoisonError::into_inner).kill();
                        return;
                    }
                }
            }
        });
        Watch { turns, expired }
    }

    fn during<R>(&self, wait: impl FnOnce() -> R) -> R {
        // The watcher is gone only when it has killed the child, and then reading ends by itself.
        let _ = self.turns.send(());
        let result = wait();
        let _ = self.turns.send(());
        result
    }
}

/// The child's side: limits itself, reads a file from standard input and writes frames to standard output.
/// `limits` is the argument that [`Decoder`] added.
pub fn run(limits: &str) -> io::Result<()> {
    let limits: Limits = serde_json::from_str(limits)?;
    confine(&limits)?;
    let mut bytes = Vec::new();
    io::stdin().lock().take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    let mut output = BufWriter::new(io::stdout().lock());
    let mut written = Ok(());
    let result = decode_each(&bytes, &limits, &mut |page| {
        if written.is_ok() {
            written = write_page(&mut output, &page);
        }
    });
    written?;
    match result {
        Ok(()) => output.write_all(&[END])?,
        Err(error) => {
            let json = serde_json::to_vec(&error)?;
            output.write_all(&[ERROR])?;
            output.write_all(&(json.len() as u32).to_le_bytes())?;
            output.write_all(&json)?;
        }
    }
    output.flush()
}

fn write_page(output: &mut impl Write, page: &RgbImage) -> io::Result<()> {
    output.write_all(&[PAGE])?;
    output.write_all(&page.width().to_le_bytes())?;
    output.write_all(&page.height().to_le_bytes())?;
    output.write_all(page.as_raw())?;
    output.flush()
}

/// No more memory and time than allowed, no files written, no core dump with a document in it.
fn confine(limits: &Limits) -> io::Result<()> {
    for (resource, most) in [
        (Resource::As, limits.memory),
        (Resource::Cpu, limits.seconds.max(1)),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}
