//! `countersign read`: scans in, readings out, without server or database.

mod fields;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Instant,
};

use domain::{
    ppm::Ppm,
    reading::{Line, PageReading, Reading, Word},
    region::Quad,
};
use ocr::{Engine, Pack};
use pages::{DecodeError, Limits, child::Decoder};
use serde::Serialize;

use self::fields::{Extraction, FieldOut};
use crate::decode_pages;

/// Reads scans (JPEG, PNG, PDF): text with regions and confidences.
#[derive(clap::Args)]
pub struct Arguments {
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The document type whose fields are looked for: `receipt`, or the TOML file of a type of your own.
    #[arg(long = "type", value_name = "TYPE")]
    document_type: Option<String>,
    /// Print one JSON object a line, in the order of the files.
    #[arg(long)]
    json: bool,
    /// Folder of the OCR model pack [default: COUNTERSIGN_PACK, else the cache].
    #[arg(long, value_name = "FOLDER")]
    pack: Option<PathBuf>,
    /// Pages read at the same time [default: one a processor].
    #[arg(long)]
    threads: Option<usize>,
}

/// Corners in pixels of the upright page, clockwise from the top left of the text.
type Corners = [[f64; 2]; 4];

/// A tenth of a pixel says enough.
fn rounded(corners: Corners) -> Corners {
    corners.map(|corner| corner.map(|value| (value * 10.0).round() / 10.0))
}

#[derive(Serialize)]
#[serde(untagged)]
enum Outcome {
    Read { file: String, pages: Vec<PageOut>, fields: Vec<FieldOut>, milliseconds: u64 },
    Failed { file: String, error: ErrorOut },
}

#[derive(Serialize)]
struct ErrorOut {
    code: &'static str,
    message: String,
}

#[derive(Serialize)]
struct PageOut {
    width: u32,
    height: u32,
    lines: Vec<LineOut>,
}

#[derive(Serialize)]
struct LineOut {
    #[serde(flatten)]
    span: Span,
    words: Vec<Span>,
}

/// A piece of text, its confidence from 0 to 1, and where it stands.
#[derive(Serialize)]
struct Span {
    text: String,
    confidence: f64,
    #[serde(rename = "box")]
    corners: Corners,
}

pub fn run(arguments: Arguments) -> ExitCode {
    match read_all(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("countersign read: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads every file and prints what came of it, in the order given; false when one failed.
fn read_all(arguments: &Arguments) -> Result<bool, Box<dyn std::error::Error>> {
    let files = &arguments.files;
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = arguments.threads.unwrap_or(processors).max(1);
    // With many files a page a thread wastes nothing; a single file has all threads to itself.
    let workers = threads.min(files.len()).max(1);
    let extraction = arguments.document_type.as_deref().map(Extraction::of_type).transpose()?;
    let pack = Pack::load(&arguments.pack.clone().unwrap_or_else(Pack::default_folder))?;
    let reader = Reader {
        engine: Engine::new(pack, threads / workers),
        decoder: decode_pages::decoder(Limits::default())?,
        decoding: Mutex::new(()),
        extraction,
    };
    let next = AtomicUsize::new(0);
    let (sender, outcomes) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..workers {
            let sender = sender.clone();
            let (reader, next) = (&reader, &next);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(index) else { break };
                    // Nobody listens any more when printing has failed.
                    if sender.send((index, reader.read(file))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        Ok(print_in_order(outcomes, arguments.json)?)
    })
}

fn print_in_order(outcomes: mpsc::Receiver<(usize, Outcome)>, json: bool) -> io::Result<bool> {
    let mut output = io::stdout().lock();
    let mut waiting = BTreeMap::new();
    let mut printed = 0;
    let mut all_read = true;
    for (index, outcome) in outcomes {
        waiting.insert(index, outcome);
        while let Some(outcome) = waiting.remove(&printed) {
            printed += 1;
            all_read &= matches!(outcome, Outcome::Read { .. });
            if json {
                serde_json::to_writer(&mut output, &outcome)?;
                writeln!(output)?;
            } else {
                print_text(&mut output, &outcome)?;
            }
            output.flush()?;
        }
    }
    Ok(all_read)
}

fn print_text(output: &mut impl Write, outcome: &Outcome) -> io::Result<()> {
    match outcome {
        Outcome::Read { file, pages, fields, milliseconds } => {
            writeln!(output, "{file} ({milliseconds} ms)")?;
            for (number, page) in pages.iter().enumerate() {
                writeln!(output, "  page {} of {}, {} × {} pixels", number + 1, pages.len(), page.width, page.height)?;
                for line in &page.lines {
                    writeln!(output, "    {:3.0} %  {}", line.span.confidence * 100.0, line.span.text)?;
                }
            }
            for FieldOut { name, value, span, .. } in fields {
                let value = value.as_deref().unwrap_or(&span.text);
                writeln!(output, "  {name}: {value} ({:.0} %)", span.confidence * 100.0)?;
            }
            Ok(())
        }
        Outcome::Failed { file, error } => writeln!(output, "{file}: {} {}", error.code, error.message),
    }
}

/// Pixels from which on a page is large: A4 at 400 dots per inch.
const LARGE: u32 = 15_000_000;

struct Reader {
    engine: Engine,
    decoder: Decoder,
    /// One file is decoded at a time: that is quick, and takes more memory than reading.
    decoding: Mutex<()>,
    extraction: Option<Extraction>,
}

impl Reader {
    fn read(&self, path: &Path) -> Outcome {
        let start = Instant::now();
        let file = path.display().to_string();
        match self.read_pages(path) {
            Ok(reading) => Outcome::Read {
                file,
                fields: self.extraction.as_ref().map(|extraction| extraction.fields(&reading)).unwrap_or_default(),
                pages: reading.pages.iter().map(PageOut::from).collect(),
                milliseconds: start.elapsed().as_millis() as u64,
            },
            Err(error) => Outcome::Failed { file, error },
        }
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.decoding.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_pages(&self, path: &Path) -> Result<Reading, ErrorOut> {
        let bytes = fs::read(path).map_err(|error| ErrorOut {
            code: "FILE_UNREADABLE",
            message: format!("The file can't be read: {error}. Check its name and your rights."),
        })?;
        // The child begins to decode as soon as it is started, so not before it is this file's turn.
        let mut turn = self.turn();
        let mut images = self.decoder.pages(bytes)?;
        let mut pages = Vec::new();
        while let Some(image) = images.next().transpose()? {
            // Nothing else is decoded while a page of a hundred megabytes is read.
            let kept = (image.width() * image.height() >= LARGE).then_some(turn);
            let read = self
                .engine
                .read_page(&image)
                .map_err(|error| ErrorOut { code: "READING_FAILED", message: error.to_string() })?;
            pages.push(read.reading);
            drop(image);
            turn = kept.unwrap_or_else(|| self.turn());
        }
        Ok(Reading { engine: self.engine.version(), pages })
    }
}

impl From<DecodeError> for ErrorOut {
    fn from(error: DecodeError) -> ErrorOut {
        ErrorOut { code: error.code(), message: error.to_string() }
    }
}

impl From<&PageReading> for PageOut {
    fn from(page: &PageReading) -> PageOut {
        let (width, height) = (page.width, page.height);
        let span = |text: &str, confidence: Ppm, quad: Quad| Span {
            text: text.into(),
            confidence: confidence.share(),
            corners: rounded(quad.to_pixels(width, height)),
        };
        let word = |word: &Word| span(&word.text, word.confidence, word.quad);
        let line = |line: &Line| LineOut {
            span: span(&line.text, line.confidence, line.quad),
            words: line.words.iter().map(word).collect(),
        };
        PageOut { width, height, lines: page.lines.iter().map(line).collect() }
    }
}
