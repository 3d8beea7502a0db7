"""Draws the sample documents of seed/samples and writes their truth to seed/truth.

usage: make samples (or, with the packages of requirements.txt: python3 seed/generate.py)

Fonts: Debian's fonts-dejavu-core and fonts-liberation. The same versions of these and of the packages give the same
bytes; every sample has a generator of random numbers of its own, so a new sample leaves the others as they are.
"""

import io
import json
import pathlib
import time
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

from drawing import paper, services, shops
from drawing.receipt import FIELDS, Receipt

HERE = pathlib.Path(__file__).resolve().parent
LARGEST_SAMPLE_BYTES = 150_000
# EXIF orientation 6: the camera was held upright and wrote its rows sideways (Exif 2.32, section 4.6.4, tag 0x0112).
EXIF_ORIENTATION, TURN_CLOCKWISE = 0x0112, 6


def scan(receipt: Receipt, rng: np.random.Generator, degrees: float = 0.0, **thermal) -> np.ndarray:
    printed = paper.thermal(receipt.pages[0].print(), rng, **thermal)
    return paper.grainy(paper.on_scanner(printed, rng, degrees=degrees), rng, 0.008)


def scan_faint(receipt: Receipt, rng: np.random.Generator) -> np.ndarray:
    printed = paper.faded(paper.thermal(receipt.pages[0].print(), rng), rng, 0.42, 0.22)
    return paper.grainy(paper.on_scanner(printed, rng), rng, 0.012)


def scan_crumpled(receipt: Receipt, rng: np.random.Generator) -> np.ndarray:
    pressed = paper.crumpled(paper.thermal(receipt.pages[0].print(), rng, strength=0.85), rng)
    return paper.grainy(paper.on_scanner(pressed, rng, degrees=1.3, lid=(0.8, 0.8, 0.79)), rng, 0.03)


def scan_blank(rng: np.random.Generator) -> np.ndarray:
    return paper.grainy(paper.on_scanner(paper.thermal(np.zeros((900, 560)), rng), rng), rng, 0.01)


def scan_letter(receipt: Receipt, rng: np.random.Generator) -> list[Image.Image]:
    """Plain laser print from a sheet feeder, in grey."""
    pages = []
    for slip, degrees in zip(receipt.pages, (0.6, -0.4)):
        ink = slip.print()
        sheet = np.zeros((1404, ink.shape[1]))
        sheet[: min(1404, ink.shape[0])] = ink[:1404]
        printed = paper.thermal(sheet, rng, paper=np.array([0.985] * 3), colour=np.array([0.1] * 3))
        fed = paper.on_scanner(printed, rng, margin=6, lid=(0.97, 0.97, 0.97), degrees=degrees)
        pages.append(paper.to_pillow(paper.grainy(fed, rng, 0.006)).convert("L"))
    return pages


def jpeg(image: np.ndarray, quality: int = 72, grey: bool = False, size: tuple[int, int] | None = None) -> bytes:
    picture = paper.to_pillow(image)
    if size:
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    return encoded(picture.convert("L") if grey else picture, "JPEG", quality=quality, optimize=True)


def encoded(picture: Image.Image, form: str, **options) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def plain(receipt: Receipt, rng) -> bytes:
    return jpeg(scan(receipt, rng))


def png(receipt: Receipt, rng) -> bytes:
    """Sixteen greys, as a scanner set to small files writes them."""
    grey = paper.to_pillow(scan(receipt, rng, paper=np.array([1.0] * 3), colour=np.array([0.1] * 3))).convert("L")
    levels = grey.point(lambda value: min(255, round(value / 17) * 17 + (17 if value > 215 else 0)))
    return encoded(levels.quantize(16), "PNG", optimize=True)


def skewed(receipt: Receipt, rng) -> bytes:
    return jpeg(scan(receipt, rng, degrees=-5.5))


def on_its_side(receipt: Receipt, rng) -> bytes:
    return jpeg(np.rot90(scan(receipt, rng)))


def upside_down(receipt: Receipt, rng) -> bytes:
    return jpeg(np.rot90(scan(receipt, rng, degrees=0.8), 2))


def faint(receipt: Receipt, rng) -> bytes:
    return jpeg(scan_faint(receipt, rng), quality=80)


def crumpled(receipt: Receipt, rng) -> bytes:
    return jpeg(scan_crumpled(receipt, rng), quality=62)


def small(receipt: Receipt, rng) -> bytes:
    image = scan(receipt, rng)
    height, width, _ = image.shape
    return jpeg(image, grey=True, size=(240, round(240 * height / width)))


def photo(receipt: Receipt, rng) -> bytes:
    printed = paper.thermal(np.kron(receipt.pages[0].print(), np.ones((2, 2))), rng)
    picture = paper.to_pillow(np.rot90(paper.photographed(printed, rng, (1800, 2400))))
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = TURN_CLOCKWISE
    return encoded(picture, "JPEG", quality=42, optimize=True, exif=exif)


def pdf(receipt: Receipt, rng) -> bytes:
    first, *rest = scan_letter(receipt, rng)
    fixed = time.struct_time((2025, 9, 30, 12, 0, 0, 1, 273, 0))
    return encoded(first, "PDF", save_all=True, append_images=rest, resolution=120.0, quality=50, creationDate=fixed, modDate=fixed)


# File name -> what is on it and how it got onto the file.
SAMPLES: dict[str, tuple[Callable[[], Receipt], Callable[..., bytes]]] = {
    "hardware-store.jpg": (shops.hardware_store, plain),
    "bakery.jpg": (shops.bakery, plain),
    "mini-market.jpg": (shops.mini_market, plain),
    "bookshop.png": (shops.bookshop, png),
    "filling-station-skewed.jpg": (shops.filling_station, skewed),
    "pharmacy-rotated-90.jpg": (shops.pharmacy, on_its_side),
    "restaurant-rotated-180.jpg": (services.restaurant, upside_down),
    "car-park-faint.jpg": (services.car_park, faint),
    "grocer-crumpled.jpg": (services.grocer, crumpled),
    "kiosk-small.jpg": (services.kiosk, small),
    "garden-centre-photo.jpg": (services.garden_centre, photo),
    "guest-house-two-pages.pdf": (services.guest_house, pdf),
}
BLANK = "blank.jpg"


def truth(receipt: Receipt | None) -> dict:
    """The fields as printed (`text`, line breaks kept) and normalised (`value`), null where not printed; and the lines."""
    fields = receipt.truth if receipt else {}
    return {
        "type": "receipt",
        "fields": {name: dict(zip(("text", "value"), fields[name])) if name in fields else None for name in FIELDS},
        "pages": [slip.lines() for slip in receipt.pages] if receipt else [[]],
    }


def write(name: str, content: bytes, receipt: Receipt | None) -> None:
    if len(content) > LARGEST_SAMPLE_BYTES:
        raise SystemExit(f"{name}: {len(content)} bytes are more than a sample should have ({LARGEST_SAMPLE_BYTES})")
    (HERE / "samples" / name).write_bytes(content)
    text = json.dumps(truth(receipt), ensure_ascii=False, indent=2)
    (HERE / "truth" / f"{pathlib.Path(name).stem}.json").write_text(text + "\n")
    print(f"{name:30} {len(content) / 1000:6.1f} kB")


def main() -> None:
    for folder in ("samples", "truth"):
        (HERE / folder).mkdir(exist_ok=True)
    for name, (make, draw) in SAMPLES.items():
        receipt = make()
        write(name, draw(receipt, np.random.default_rng(zlib.crc32(name.encode()))), receipt)
    write(BLANK, jpeg(scan_blank(np.random.default_rng(zlib.crc32(BLANK.encode())))), None)


if __name__ == "__main__":
    main()
