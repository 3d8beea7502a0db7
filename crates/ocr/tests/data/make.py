#!/usr/bin/env python3
"""Makes the test pages of this folder: our own text, DejaVu fonts. Needs Pillow and the fonts of Debian's
fonts-dejavu-core; run it only to change the pages, they are committed."""

from PIL import Image, ImageDraw, ImageFont, ImageFilter

LINES = [
    ("KORNBLUME BAKERY LTD", 26, "Sans-Bold"),
    ("14 Harbour Street, Galway", 18, "Sans"),
    ("Tel: 091 555 0142", 18, "Sans"),
    ("", 10, "Sans"),
    ("RECEIPT No. 20417", 20, "SansMono"),
    ("Date: 12/03/2026   09:41", 18, "SansMono"),
    ("", 10, "Sans"),
    ("2 x Rye bread         7.80", 18, "SansMono"),
    ("1 x Apple cake        4.50", 18, "SansMono"),
    ("3 x Espresso          8.25", 18, "SansMono"),
    ("", 10, "Sans"),
    ("Subtotal             20.55", 18, "SansMono"),
    ("VAT 13.5 %            2.77", 18, "SansMono"),
    ("TOTAL EUR            23.32", 22, "SansMono-Bold"),
    ("", 10, "Sans"),
    ("Thank you for your visit", 18, "Sans"),
]


def receipt(ink=25, paper=246):
    page = Image.new("L", (460, 560), paper)
    draw = ImageDraw.Draw(page)
    y = 36
    for text, size, face in LINES:
        font = ImageFont.truetype(f"/usr/share/fonts/truetype/dejavu/DejaVu{face}.ttf", size)
        draw.text((42, y), text, font=font, fill=ink)
        y += size + 12
    return page.filter(ImageFilter.GaussianBlur(0.5))


receipt().save("receipt.png", optimize=True)
receipt(ink=206, paper=232).save("faint.png", optimize=True)
receipt().rotate(6, Image.BICUBIC, expand=True, fillcolor=246).save("skewed.png", optimize=True)
