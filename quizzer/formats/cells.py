"""The cells of a spreadsheet: formulas made harmless, and several texts in one."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_SEPARATED = re.compile(r"(?:\\.|[^;\\]|\\$)+", re.DOTALL)


def safe(cell: str) -> str:
    """Return the text of a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _FORMULA.match(cell.strip(" ")) or _FORMULA.match(cell.strip()) else cell


def joined(texts: tuple[str, ...]) -> str:
    """Return several texts as one, a semicolon between them."""
    shown = "; ".join(text.replace("\\", "\\\\").replace(";", "\\;") for text in texts)
    return f"{shown};" if "," in shown and len(texts) == 1 else shown


def escaped(left: str) -> str:
    """Return the left of a pair, safe before its equals sign."""
    return left.replace("\\", "\\\\").replace("=", "\\=")


def unsafe(cell: str) -> str:
    """Return the text of a cell as it was before ``safe``."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell


def split(cell: str, *, commas: bool = False) -> tuple[str, ...]:
    """Return the texts in a cell: what ``joined`` made one, or where ``commas`` are allowed and there is no semicolon, what they part."""
    if commas and not re.search(r"(?<!\\);", cell):
        texts = cell.split(",")
    else:
        texts = [re.sub(r"\\([;\\])", r"\1", piece) for piece in _SEPARATED.findall(cell)]
    return tuple(text.strip() for text in texts if text.strip())
