"""What a reader takes a figure for, against what it is."""

from __future__ import annotations

from crossfoot.parity.pages import Block, Seen, number
from crossfoot.readback import Reader


def misread(figure: Seen, block: Block, reader: Reader | None) -> str:
    """Return how the wording of *figure* differs from its machine form, '' where a reader takes it as it is meant."""
    if reader is None or figure.claim:
        return ""
    text = block.text if block.is_tile else figure.text
    if figure.omission and text.strip() in ("", "–"):
        return ""
    read = reader.figure(text, figure.unit)
    if read is None:
        return f"'{text}' cannot be read as a figure"
    if read.omission != figure.omission:
        return f"'{text}' is read as '{read.omission or 'a figure'}'"
    if read.amount is None:
        return ""
    exact = read.in_digits and not read.upto and format(read.amount, "f") != figure.value
    if exact or read.amount != number(figure.value) or read.upto != number(figure.upto):
        upto = f" to {read.upto:f}" if read.upto is not None else ""
        return f"'{text}' is read as {read.amount:f}{upto}"
    if read.qualifier and read.qualifier != figure.qualifier:
        return f"'{text}' is read as '{read.qualifier}'"
    return ""
