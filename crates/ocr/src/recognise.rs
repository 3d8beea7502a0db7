use image::RgbImage;
use rten::{RunOptions, ThreadPool};
use rten_tensor::{NdTensor, prelude::*};
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use crate::{
    content::Tone,
    decode::{Seen, best_path},
    engine::OcrError,
    geometry::TextBox,
    lanes::Lane,
    pack::Pack,
    resample,
};

/// The widest strip in pixels; a longer line is squeezed into it.
const WIDEST: f32 = 3200.0;

/// What one line says.
#[derive(Clone, Debug)]
pub(crate) struct Spelled {
    pub seen: Vec<Seen>,
    /// How many steps the line was seen in.
    pub steps: usize,
}

impl Spelled {
    /// Mean over the characters; 0 for none.
    pub fn confidence(&self) -> f32 {
        let sum: f32 = self.seen.iter().map(|seen| seen.probability).sum();
        if self.seen.is_empty() { 0.0 } else { sum / self.seen.len() as f32 }
    }
}

/// Reads all `lines`, each on one thread of the lane. The longest go first, so that no thread ends alone.
pub(crate) fn recognise_all(
    pack: &Pack,
    lane: &Lane,
    image: &RgbImage,
    tone: &Tone,
    lines: &[TextBox],
) -> Result<Vec<Spelled>, OcrError> {
    let mut order: Vec<usize> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*b].width.total_cmp(&lines[*a].width));
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(lines.len()));
    let work = |pool: &Arc<ThreadPool>| {
        while let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            let result = recognise(pack, pool, image, tone, &lines[index]);
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    match lane.narrow.as_slice() {
        [only] => work(only),
        pools => std::thread::scope(|scope| {
            for pool in pools {
                scope.spawn(|| work(pool));
            }
        }),
    }
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn recognise(
    pack: &Pack,
    pool: &Arc<ThreadPool>,
    image: &RgbImage,
    tone: &Tone,
    line: &TextBox,
) -> Result<Spelled, OcrError> {
    let (height, step) = (pack.recognition.height as f32, pack.recognition.step as f32);
    let natural = line.width / line.height.max(1.0) * height;
    let width = ((natural.min(WIDEST) / step).ceil().max(2.0) * step) as usize;
    let mut strip = resample::strip(image, line, width, height as usize);
    tone.stretch(&mut strip.values);
    strip.values.iter_mut().for_each(|value| *value = *value / 127.5 - 1.0);
    let input = NdTensor::from_data([1, 3, strip.height, strip.width], strip.values);
    let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
    let output = pack.recogniser.run_one(input.view().into(), Some(options))?;
    let output: NdTensor<f32, 3> = output.try_into().map_err(|_| OcrError::Output)?;
    if output.size(0) != 1 || output.size(2) != pack.alphabet.len() {
        return Err(OcrError::Output);
    }
    let steps = output.slice([0]);
    Ok(Spelled { seen: best_path(steps, &pack.alphabet), steps: output.size(1) })
}
