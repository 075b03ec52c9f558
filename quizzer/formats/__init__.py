"""Other programs' decks: each form is a module with ``read`` and ``write``, and a line in ``FORMATS``.

Reading takes what it can and tells the rest with its line; writing tells what the form does not carry. Knows no deck files, no
learners, and no form knows another.
"""

import re
from functools import partial
from importlib import import_module

import msgspec

from quizzer.core.errors import FormatError
from quizzer.core.kinds import Deck
from quizzer.formats.decoding import MOST_BYTES, decoded
from quizzer.formats.losses import account, differing, same
from quizzer.formats.values import Format, Loss, Options, Problem, Read, Written

__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "Format",
    "Loss",
    "Options",
    "Problem",
    "Read",
    "Written",
    "account",
    "differing",
    "read",
    "same",
    "told",
    "write",
]

_DEFAULT = Options()


def _read(module: str, text: str, options: Options) -> Read:
    found: Read = import_module(f"quizzer.formats.{module}").read(text, options)
    return found


def _write(module: str, deck: Deck) -> Written:
    made: Written = import_module(f"quizzer.formats.{module}").write(deck)
    return made


def _format(name: str, module: str, title: str, *endings: str) -> Format:
    return Format(name=name, title=title, endings=endings, read=partial(_read, module), write=partial(_write, module))


FORMATS = {
    one.name: one
    for one in (
        _format("csv", "sheet", "CSV", ".csv"),
        _format("quizlet", "quizlet", "Quizlet", ".tsv"),
        _format("hashcards", "hashcards", "hashcards", ".md", ".markdown"),
        _format("obsidian", "obsidian", "Obsidian"),
        _format("text2qti", "text2qti", "text2qti", ".txt"),
    )
}


def read(data: bytes, *, ending: str = "", form: str = "", options: Options = _DEFAULT) -> tuple[Format, Read]:
    """Return what ``data`` holds, and the form it is in: the one named, or told by the ending and the text.

    Raises:
        FormatError: it is no text, its form cannot be told, or nothing can be made of it. It begins with a line: ``3: …``.
    """
    text, notices = decoded(data)
    found_form = FORMATS[form or _sniffed(text, ending.lower())]
    found = found_form.read(text, options)
    return found_form, msgspec.structs.replace(found, problems=(*notices, *found.problems))


def told(ending: str) -> str:
    """Return the name of the form that a file with this ending is written in; empty where no form has it."""
    return next((one.name for one in FORMATS.values() if ending.lower() in one.endings), "")


def write(deck: Deck, form: str) -> Written:
    """Return ``deck`` in the form named, and what of it got lost."""
    return FORMATS[form].write(deck)


def _sniffed(text: str, ending: str) -> str:
    """Return the name of the form of a text: of Markdown and plain text there are several."""
    from quizzer.formats import hashcards, obsidian, sheet, text2qti

    first = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    if ending == ".csv" or sheet.knows(first):
        return "csv"
    if ending in (".md", ".markdown"):
        return "hashcards" if hashcards.knows(text) else "obsidian"
    if ending == ".tsv":
        return "quizlet"
    if text2qti.knows(text):
        return "text2qti"
    if hashcards.knows(text):
        return "hashcards"
    if "\t" in text:
        return "quizlet"
    if obsidian.knows(text):
        return "obsidian"
    raise FormatError(f"1: the form of this cannot be told. Name it: --format {', '.join(FORMATS)}.")
