//! Wall clock, processor time and memory, as Linux tells them.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::Outcome;

/// How long it takes, in seconds, and what comes out.
pub fn timed<T>(work: impl FnOnce() -> T) -> (f64, T) {
    let start = Instant::now();
    let result = std::hint::black_box(work());
    (start.elapsed().as_secs_f64(), result)
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
