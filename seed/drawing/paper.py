"""From ink to a scan or a photograph: thermal paper, wear, light and the camera.

Images are arrays (height, width, 3) of values from 0 to 1. Everything random comes from the generator that is passed in.
"""

import numpy as np
from PIL import Image, ImageFilter

PAPER = np.array([0.968, 0.964, 0.95])
INK = np.array([0.17, 0.17, 0.22])


def thermal(ink: np.ndarray, rng: np.random.Generator, strength: float = 0.92, paper=PAPER, colour=INK) -> np.ndarray:
    """Thermal print: dots bleed a little, the head heats unevenly, a few of its dots are worn."""
    height, width = ink.shape
    bled = blurred(ink, 0.55)
    heat = 1 - 0.16 * smooth_noise(rng, (height, 1), 28) - 0.10 * smooth_noise(rng, (1, width), 90)
    worn = np.ones(width)
    worn[rng.choice(width, size=max(1, width // 140), replace=False)] = 0.45
    speckle = 1 - 0.18 * rng.random((height, width))
    density = np.clip(bled * 1.12 * heat * worn * speckle * strength, 0, 1)[..., None]
    fibres = 1 - 0.018 * smooth_noise(rng, (height, width), 60)[..., None] - 0.012 * rng.random((height, width, 1))
    return paper * fibres * (1 - density) + colour * density


def faded(image: np.ndarray, rng: np.random.Generator, left: float, right: float) -> np.ndarray:
    """Ink that light and time have taken, from `left` to `right` of its strength."""
    height, width, _ = image.shape
    keep = np.linspace(left, right, width)[None, :] * (0.85 + 0.3 * smooth_noise(rng, (height, width), 140))
    return PAPER + (image - PAPER) * np.clip(keep, 0, 1)[..., None]


def crumpled(image: np.ndarray, rng: np.random.Generator, depth: float = 1.0) -> np.ndarray:
    """Pressed flat again: folds shift what is printed by a few pixels and shade it."""
    height, width, _ = image.shape
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    relief = np.zeros((height, width))
    for _ in range(16):
        angle = rng.uniform(0, np.pi)
        distance = (x - rng.uniform(0, width)) * np.cos(angle) + (y - rng.uniform(0, height)) * np.sin(angle)
        relief += rng.uniform(-0.16, 0.16) * np.abs(distance)
    relief += 26 * smooth_noise(rng, (height, width), 130)
    slope_y, slope_x = np.gradient(blurred_field(relief, 2.2))
    bent = sampled(image, x + 5.5 * depth * slope_x, y + 5.5 * depth * slope_y)
    light = 1 + depth * (0.30 * slope_x + 0.22 * slope_y)
    folds = np.abs(np.gradient(slope_x, axis=1)) + np.abs(np.gradient(slope_y, axis=0))
    cracks = np.clip(folds * 9 * depth, 0, 0.35)[..., None]
    return np.clip(bent * np.clip(light, 0.72, 1.1)[..., None] * (1 - cracks) + 0.9 * cracks, 0, 1)


def grainy(image: np.ndarray, rng: np.random.Generator, amount: float) -> np.ndarray:
    return np.clip(image + rng.normal(0, amount, image.shape[:2])[..., None], 0, 1)


def on_scanner(image: np.ndarray, rng: np.random.Generator, margin: int = 40, lid=(0.93, 0.93, 0.925), degrees: float = 0.0):
    """The slip on the glass, its edge casting a thin shadow on the lid behind it."""
    height, width, _ = image.shape
    bed_size = (height + 2 * margin, width + 2 * margin)
    mask = np.zeros(bed_size)
    mask[margin : margin + height, margin : margin + width] = 1
    sheet = np.ones((*bed_size, 3)) * np.array(lid)
    sheet[margin : margin + height, margin : margin + width] = image
    if degrees:
        mask, sheet = turned(mask, degrees), turned(sheet, degrees)
    shadow = np.clip(blurred(mask, 7) - mask, 0, 1)[..., None]
    bed = np.array(lid) * (1 - 0.5 * shadow) * (1 - 0.01 * rng.random((*mask.shape, 1)))
    return bed * (1 - mask[..., None]) + sheet * mask[..., None]


def photographed(slip: np.ndarray, rng: np.random.Generator, size: tuple[int, int]) -> np.ndarray:
    """A slip on a wooden table, by telephone: perspective, lamp light from one side, soft shadow, a little out of focus."""
    width, height = size
    table = wooden_table(rng, width, height)
    corners = [(0.19, 0.045), (0.765, 0.075), (0.85, 0.955), (0.13, 0.925)]
    corners = [(x * width, y * height) for x, y in corners]
    curled = crumpled(slip, rng, 0.35)
    flat, mask = placed(curled, corners, size), placed(np.ones_like(curled), corners, size)[..., :1]
    shadow = np.clip(blurred(np.roll(mask[..., 0], (26, 34), (0, 1)), 26), 0, 1)[..., None]
    scene = table * (1 - 0.55 * shadow) * (1 - mask) + flat * mask
    y, x = np.mgrid[0:height, 0:width]
    lamp = 1.06 - 0.34 * np.hypot((x - 0.35 * width) / width, (y - 0.3 * height) / height)
    warm = np.array([1.0, 0.965, 0.9])
    lit = np.clip(scene * lamp[..., None] * warm, 0, 1)
    return blurred(lit, 0.9)


def wooden_table(rng: np.random.Generator, width: int, height: int) -> np.ndarray:
    grain = smooth_noise(rng, (1, width), 40) * 0.6 + smooth_noise(rng, (height, width), 320) * 0.7
    boards = (np.arange(width) // (width // 4)) % 2 * 0.05
    rings = 0.5 + 0.5 * np.sin(grain * 34)
    tone = 0.36 + 0.09 * rings + boards[None, :]
    return tone[..., None] * np.array([1.12, 0.82, 0.58])


def placed(image: np.ndarray, corners, size: tuple[int, int]) -> np.ndarray:
    """The image with its corners (clockwise from top left) at the given places; black elsewhere."""
    height, width, _ = image.shape
    source = [(0, 0), (width, 0), (width, height), (0, height)]
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, source):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    coefficients = np.linalg.solve(np.array(rows), np.array(right))
    moved = to_pillow(image).transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    return np.asarray(moved, dtype=np.float64) / 255


def turned(image: np.ndarray, degrees: float) -> np.ndarray:
    """Turned by a few degrees, the canvas growing to hold it; the outside is black."""
    pillow = Image.fromarray((np.clip(image, 0, 1) * 255).round().astype(np.uint8))
    return np.asarray(pillow.rotate(degrees, Image.Resampling.BICUBIC, expand=True), dtype=np.float64) / 255


def sampled(image: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Bilinear samples at fractional places, clamped to the image."""
    height, width, _ = image.shape
    x, y = np.clip(x, 0, width - 1.001), np.clip(y, 0, height - 1.001)
    left, top = x.astype(int), y.astype(int)
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    upper = image[top, left] * (1 - fx) + image[top, left + 1] * fx
    lower = image[top + 1, left] * (1 - fx) + image[top + 1, left + 1] * fx
    return upper * (1 - fy) + lower * fy


def smooth_noise(rng: np.random.Generator, shape: tuple[int, int], grain: float) -> np.ndarray:
    """Noise between 0 and 1 whose blots are about `grain` pixels wide."""
    height, width = shape
    coarse = rng.random((max(2, int(height / grain) + 2), max(2, int(width / grain) + 2)))
    image = Image.fromarray(coarse.astype(np.float32))
    grown = np.asarray(image.resize((width, height), Image.Resampling.BICUBIC), dtype=np.float64)
    return np.clip(grown, 0, 1)


def blurred(image: np.ndarray, radius: float) -> np.ndarray:
    """Gaussian blur in eight bits, which is enough for what is seen."""
    pillow = Image.fromarray((np.clip(image, 0, 1) * 255).round().astype(np.uint8))
    return np.asarray(pillow.filter(ImageFilter.GaussianBlur(radius)), dtype=np.float64) / 255


def blurred_field(values: np.ndarray, radius: float) -> np.ndarray:
    """Gaussian blur of values of any range, without rounding."""
    reach = int(3 * radius) + 1
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / radius) ** 2)
    kernel /= kernel.sum()
    for axis in (0, 1):
        padding = [(reach, reach) if a == axis else (0, 0) for a in (0, 1)]
        padded = np.pad(values, padding, mode="edge")
        values = np.apply_along_axis(lambda line: np.convolve(line, kernel, mode="valid"), axis, padded)
    return values


def to_pillow(image: np.ndarray) -> Image.Image:
    return Image.fromarray((np.clip(image, 0, 1) * 255).round().astype(np.uint8))
