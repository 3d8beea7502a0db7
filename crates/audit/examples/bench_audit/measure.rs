//! Wall clock, processor time and memory, as Linux tells them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Outcome;

/// The processor time that it takes on this thread, in seconds, and what comes out. A busy machine changes little.
pub fn timed<T>(work: impl FnOnce() -> T) -> Outcome<(f64, T)> {
    let start = thread_nanoseconds()?;
    let result = std::hint::black_box(work());
    Ok(((thread_nanoseconds()? - start) as f64 / 1e9, result))
}

/// Nanoseconds that this thread ran on a processor (the kernel's documentation of scheduler statistics).
fn thread_nanoseconds() -> Outcome<u64> {
    let statistics = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(statistics.split(' ').next().unwrap_or_default().parse()?)
}

pub struct Run {
    pub output: String,
    pub wall: f64,
    pub processor: f64,
    pub peak_bytes: u64,
}

/// Runs `countersign-verify`, which lies where this program's target folder has its programs.
pub fn program(bundle: &Path, key: &str) -> Outcome<Run> {
    let program = std::env::current_exe()?.with_file_name("../countersign-verify");
    let start = Instant::now();
    let child = Command::new(program).arg(bundle).args(["--key", key, "--json"]).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| format!("build countersign-verify first: {error}"))?;
    let (mut peak_bytes, mut ticks) = (0, 0);
    while child.try_wait()?.is_none() {
        peak_bytes = peak(child.id()).unwrap_or(peak_bytes);
        ticks = processor_ticks(child.id()).unwrap_or(ticks);
        std::thread::sleep(Duration::from_millis(10));
    }
    let wall = start.elapsed().as_secs_f64();
    let output = String::from_utf8(child.wait_with_output()?.stdout)?;
    Ok(Run { output, wall, processor: ticks as f64 / 100.0, peak_bytes })
}

/// `VmHWM`: the most memory that was resident at any time (proc_pid_status(5)).
fn peak(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}

/// `utime` and `stime`, in hundredths of a second (proc_pid_stat(5)).
fn processor_ticks(pid: u32) -> Option<u64> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = stat.rsplit(") ").next()?.split(' ').skip(11);
    Some(fields.next()?.parse::<u64>().ok()? + fields.next()?.parse::<u64>().ok()?)
}
