"""Text of decks that say `markup: markdown`, as lines to be read aloud: what is marked by its place or its look is told in words.

Emphasis is left out, code is kept as written, links are told with their address, images by their words. HTML is shown as it stands.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.core.printable import literal

if TYPE_CHECKING:
    from markdown_it.token import Token

_MOST = 20_000  # characters that are read as Markdown; a longer text is cut


def markdown_lines(text: str) -> list[str]:
    """Return ``text`` as lines, none of them empty but within code."""
    from markdown_it import MarkdownIt  # takes a while to load, and few decks need it

    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").enable("table")
    return list(_blocks(parser.parse(literal(text)[:_MOST])))


def image_line(alt: str) -> str:
    """Return what is said of an image: its author's words for who cannot see it."""
    words = " ".join(literal(alt).split())
    return f"Image: {words}" if words else "Image, not described"


def _blocks(tokens: "list[Token]") -> Iterator[str]:
    lists: list[int | None] = []  # of each list we are in: the number of the next item, None where they have none
    lead = ""
    heads: list[str] = []
    cells: list[str] = []
    in_head = in_cell = False
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                number = lists[-1]
                indent = "  " * (len(lists) - 1)
                lead = f"{indent}- " if number is None else f"{indent}{number}. "
                if number is not None:
                    lists[-1] = number + 1
            case "blockquote_open":
                lead = "Quotation: "
            case "fence" | "code_block":
                yield f"Code in {token.info.split()[0]}:" if token.info.split() else "Code:"
                yield from token.content.rstrip("\n").split("\n")
                yield "End of the code."
            case "thead_open" | "thead_close":
                in_head = token.type == "thead_open"
            case "tr_open":
                cells = []
            case "tr_close" if in_head:
                heads = cells
            case "tr_close":
                yield "; ".join(f"{head}: {cell}" if head else cell for head, cell in zip(heads, cells, strict=False))
            case "th_open" | "td_open" | "th_close" | "td_close":
                in_cell = token.type.endswith("open")
            case "inline" if in_cell:
                cells.append(_inline(token))
            case "inline":
                for line in filter(str.strip, _inline(token).split("\n")):
                    yield lead + line
                    lead = ""


def _inline(token: "Token") -> str:
    parts: list[str] = []
    address = ""
    for child in token.children or ():
        match child.type:
            case "text":
                parts.append(child.content)
            case "code_inline":
                parts.append(f"`{child.content}`")
            case "softbreak":
                parts.append(" ")
            case "hardbreak":
                parts.append("\n")
            case "image":
                parts.append(f"({image_line(child.content)})")
            case "s_open":
                parts.append("(struck out: ")
            case "s_close":
                parts.append(")")
            case "link_open":
                address = str(child.attrs.get("href", ""))
            case "link_close":
                if address and address not in "".join(parts):
                    parts.append(f" ({address})")
                address = ""
            case _ if child.content:
                parts.append(child.content)
    return "".join(parts)
