"""A till slip as a list of rows, and the printing of it.

A row knows its words and where they stand; `Slip.print` turns rows into ink: an array (height, width) of values from
0 (none) to 1 (black), as a till's print head would put it down.
"""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFont

DEJAVU = "/usr/share/fonts/truetype/dejavu/"
LIBERATION = "/usr/share/fonts/truetype/liberation/"
# Face -> its regular and bold file, and how much taller than drawn the till prints it.
FACES = {
    "till": (DEJAVU + "DejaVuSansMono.ttf", DEJAVU + "DejaVuSansMono-Bold.ttf", 1.22),
    "typewriter": (LIBERATION + "LiberationMono-Regular.ttf", LIBERATION + "LiberationMono-Bold.ttf", 1.15),
    "narrow": (LIBERATION + "LiberationSansNarrow-Regular.ttf", LIBERATION + "LiberationSansNarrow-Bold.ttf", 1.0),
    "sans": (LIBERATION + "LiberationSans-Regular.ttf", LIBERATION + "LiberationSans-Bold.ttf", 1.0),
    "serif": (LIBERATION + "LiberationSerif-Regular.ttf", LIBERATION + "LiberationSerif-Bold.ttf", 1.0),
}
LINE_HEIGHT = 1.28


@dataclass(frozen=True)
class Row:
    """Words and their places: `cells` are (text, x in parts of the width, anchor l, m or r)."""

    cells: tuple[tuple[str, float, str], ...] = ()
    size: float = 1.0
    bold: bool = False
    mark: str = "text"
    height: float = LINE_HEIGHT


@dataclass
class Slip:
    face: str = "till"
    width: int = 560
    size: int = 21
    margin: int = 34
    rows: list[Row] = field(default_factory=list)

    def centre(self, *texts: str, size: float = 1.0, bold: bool = False) -> None:
        for text in texts:
            self._add(((text, 0.5, "m"),), size, bold)

    def left(self, *texts: str, size: float = 1.0, bold: bool = False) -> None:
        for text in texts:
            self._add(((text, 0.0, "l"),), size, bold)

    def pair(self, left: str, right: str, size: float = 1.0, bold: bool = False) -> None:
        self._add(((left, 0.0, "l"), (right, 1.0, "r")), size, bold)

    def cells(self, *cells: tuple[str, float, str], size: float = 1.0, bold: bool = False) -> None:
        self._add(cells, size, bold)

    def rule(self, mark: str = "dashes") -> None:
        self.rows.append(Row(mark=mark, height=0.9))

    def space(self, height: float = 0.6) -> None:
        self.rows.append(Row(mark="space", height=height))

    def barcode(self, digits: str) -> None:
        self.rows.append(Row(cells=((digits, 0.5, "m"),), mark="barcode", height=4.6, size=0.8))

    def logo(self, mark: str) -> None:
        self.rows.append(Row(mark=mark, height=3.4))

    def lines(self) -> list[str]:
        """What is printed, a line a row, cells joined by a blank."""
        return [" ".join(text for text, _, _ in row.cells) for row in self.rows if row.cells]

    def print(self) -> np.ndarray:
        stretch = FACES[self.face][2]
        heights = [row.height * row.size * self.size for row in self.rows]
        canvas = Image.new("L", (self.width, int(sum(heights) + 2 * self.margin)), 0)
        draw = ImageDraw.Draw(canvas)
        top = float(self.margin)
        for row, height in zip(self.rows, heights):
            self._draw(draw, row, top, height)
            top += height
        tall = canvas.resize((canvas.width, int(canvas.height * stretch)), Image.Resampling.BICUBIC)
        return np.asarray(tall, dtype=np.float64) / 255

    def _add(self, cells, size: float, bold: bool) -> None:
        self.rows.append(Row(cells=tuple(cells), size=size, bold=bold))

    def _draw(self, draw: ImageDraw.ImageDraw, row: Row, top: float, height: float) -> None:
        inner = self.width - 2 * self.margin
        middle = top + height / 2
        match row.mark:
            case "text":
                self._write(draw, row, middle)
            case "dashes":
                for x in range(self.margin, self.width - self.margin, 11):
                    draw.line((x, middle, x + 6, middle), fill=255, width=2)
            case "line":
                draw.line((self.margin, middle, self.width - self.margin, middle), fill=255, width=2)
            case "double":
                for y in (middle - 3, middle + 3):
                    draw.line((self.margin, y, self.width - self.margin, y), fill=255, width=2)
            case "barcode":
                digits = row.cells[0][0]
                bars_bottom = top + height * 0.72
                x = self.width / 2 - inner * 0.32
                module = inner * 0.64 / (len(digits) * 7 + 6)
                for digit in f"0{digits}0":
                    value = int(digit) if digit.isdigit() else ord(digit) % 10
                    for run, dark in zip((1 + value % 2, 1 + value % 3, 2 - value % 2, 3 - value % 3), (1, 0, 1, 0)):
                        if dark:
                            draw.rectangle((x, top + 6, x + run * module - 1, bars_bottom), fill=255)
                        x += run * module
                self._write(draw, row, top + height * 0.88)
            case "leaf":
                centre, reach = self.width / 2, height * 0.42
                along = np.linspace(0, np.pi, 24)
                xs, bulge = centre - 2.2 * reach + 4.4 * reach * along / np.pi, reach * np.sin(along)
                draw.polygon([*zip(xs, middle - bulge), *zip(xs[::-1], middle + bulge[::-1])], fill=255)
                draw.line((xs[0] - reach, middle, xs[-5], middle), fill=0, width=4)
                draw.line((xs[0] - reach, middle, xs[0], middle), fill=255, width=5)
            case "diamond":
                centre, reach = self.width / 2, height * 0.45
                corners = [(centre, middle - reach), (centre + reach, middle), (centre, middle + reach), (centre - reach, middle)]
                draw.polygon(corners, outline=255, width=5)
                draw.polygon([((x + centre) / 2, (y + middle) / 2) for x, y in corners], fill=255)

    def _write(self, draw: ImageDraw.ImageDraw, row: Row, middle: float) -> None:
        regular, bold, _ = FACES[self.face]
        font = ImageFont.truetype(bold if row.bold else regular, round(self.size * row.size))
        inner = self.width - 2 * self.margin
        for text, place, anchor in row.cells:
            draw.text((self.margin + place * inner, middle), text, fill=255, font=font, anchor=f"{anchor}m")
