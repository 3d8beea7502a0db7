use image::RgbImage;
use rten::{RunOptions, Value};
use rten_imageproc::{RetrievalMode, RotatedRect, find_contours, min_area_rect, simplify_polygon};
use rten_tensor::{NdTensor, NdTensorView, prelude::*};

use crate::{
    content::Content,
    engine::OcrError,
    geometry::TextBox,
    lanes::Lane,
    pack::{Detection, Pack},
    resample,
};

/// Boxes lower than this on the detector's map are noise.
const LOWEST: f32 = 3.0;
/// More boxes than this are texture, not a document.
const MOST: usize = 3000;

/// Finds the lines of text in what is printed, shrunk by `scale` for the search; boxes are in pixels of `image`.
pub(crate) fn detect(
    pack: &Pack,
    lane: &Lane,
    image: &RgbImage,
    content: &Content,
    scale: f32,
) -> Result<Vec<TextBox>, OcrError> {
    let Content { area, .. } = *content;
    let align = pack.detection.align;
    let aligned = |extent: u32| ((extent as f32 / scale / align as f32).round().max(1.0) as u32 * align) as usize;
    let (width, height) = (aligned(area.width), aligned(area.height));
    let map = text_map(pack, lane, image, content, width, height)?;
    let (sx, sy) = (area.width as f32 / width as f32, area.height as f32 / height as f32);
    let boxes = boxes(map.view(), &pack.detection).into_iter().map(|text| TextBox {
        centre: [area.x as f32 + text.centre[0] * sx, area.y as f32 + text.centre[1] * sy],
        width: text.width * sx,
        height: text.height * sy,
        angle: text.angle,
    });
    Ok(boxes.collect())
}

/// How likely each pixel of the shrunk area is text.
fn text_map(
    pack: &Pack,
    lane: &Lane,
    image: &RgbImage,
    content: &Content,
    width: usize,
    height: usize,
) -> Result<NdTensor<f32, 2>, OcrError> {
    let mut planes = resample::resize(image, content.area, width, height);
    content.tone.stretch(&mut planes.values);
    let Detection { mean, deviation, .. } = pack.detection;
    for (channel, plane) in planes.values.chunks_exact_mut(width * height).enumerate() {
        let (gain, offset) = (1.0 / (255.0 * deviation[channel]), mean[channel] / deviation[channel]);
        plane.iter_mut().for_each(|value| *value = *value * gain - offset);
    }
    let input = NdTensor::from_data([1, 3, planes.height, planes.width], planes.values);
    let options = RunOptions::default().with_thread_pool(Some(lane.wide.clone()));
    let output: Value = pack.detector.run_one(input.view().into(), Some(options))?;
    let map: NdTensor<f32, 4> = output.try_into().map_err(|_| OcrError::Output)?;
    if map.shape() != [1, 1, height, width] {
        return Err(OcrError::Output);
    }
    Ok(map.into_shape([height, width]))
}

/// Boxes around the connected likely areas, in pixels of the map (differentiable binarization,
/// Liao et al. 2020, section 3.5).
fn boxes(map: NdTensorView<f32, 2>, settings: &Detection) -> Vec<TextBox> {
    let mask = map.map(|share| *share > settings.mask_threshold);
    let contours = find_contours(mask.view(), RetrievalMode::External);
    let mut boxes = Vec::new();
    for contour in contours.iter().take(MOST) {
        let points: Vec<_> = contour.iter().map(|point| point.to_f32()).collect();
        let Some(tight) = min_area_rect(&simplify_polygon(&points, 0.5)) else { continue };
        // Contours run through the centres of the border pixels.
        let tight = tight.expanded(1.0, 1.0);
        if tight.width().min(tight.height()) < LOWEST || mean_inside(&map, &tight) < settings.box_threshold {
            continue;
        }
        let grow = 2.0 * settings.grow * tight.width() * tight.height() / (2.0 * (tight.width() + tight.height()));
        boxes.push(level(&tight.expanded(grow, grow)));
    }
    boxes
}

/// The direction of reading is taken as the one nearest to the x axis.
fn level(rect: &RotatedRect) -> TextBox {
    use std::f32::consts::{FRAC_PI_2, FRAC_PI_4};
    let up = rect.up_axis();
    let mut angle = (-up.x).atan2(up.y);
    let (mut width, mut height) = (rect.width(), rect.height());
    while angle > FRAC_PI_4 {
        angle -= FRAC_PI_2;
        std::mem::swap(&mut width, &mut height);
    }
    while angle <= -FRAC_PI_4 {
        angle += FRAC_PI_2;
        std::mem::swap(&mut width, &mut height);
    }
    let centre = rect.center();
    TextBox { centre: [centre.x + 0.5, centre.y + 0.5], width, height, angle }
}

fn mean_inside(map: &NdTensorView<f32, 2>, rect: &RotatedRect) -> f32 {
    let text = level(rect);
    let (columns, rows) = ((text.width.ceil() as usize).max(1), (text.height.ceil() as usize).max(1));
    let mut sum = 0.0;
    for row in 0..rows {
        for column in 0..columns {
            let [x, y] =
                text.at((column as f32 + 0.5) / columns as f32, (row as f32 + 0.5) / rows as f32).map(|v| v.max(0.0));
            let at = [(y as usize).min(map.size(0) - 1), (x as usize).min(map.size(1) - 1)];
            sum += map[at];
        }
    }
    sum / (rows * columns) as f32
}
