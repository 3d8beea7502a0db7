"""One sample receipt: its pages and its truth; and the writing of amounts."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from drawing.slip import Slip

CENT = Decimal("0.01")
FIELDS = ("company", "date", "address", "total", "tax", "currency", "receipt_number")


@dataclass(frozen=True)
class Receipt:
    """Pages of rows, and the truth: field -> (as printed, normalised); a field that is not printed is left out."""

    pages: tuple[Slip, ...]
    truth: dict[str, tuple[str, str]]


def money(amount: Decimal) -> str:
    return f"{amount.quantize(CENT, ROUND_HALF_UP):,}"


def comma(amount: Decimal) -> str:
    return money(amount).translate(str.maketrans(",.", ".,"))


def cents(text: str) -> Decimal:
    return Decimal(text)


def share(amount: Decimal, percent: str) -> Decimal:
    return (amount * Decimal(percent) / 100).quantize(CENT, ROUND_HALF_UP)


def contained(gross: Decimal, percent: str) -> Decimal:
    """The tax inside a gross amount."""
    return (gross - gross / (1 + Decimal(percent) / 100)).quantize(CENT, ROUND_HALF_UP)


def address(*lines: str) -> tuple[str, str]:
    return "\n".join(lines), " ".join(lines)


def amount(printed: str, value: Decimal) -> tuple[str, str]:
    return printed, str(value.quantize(CENT))
