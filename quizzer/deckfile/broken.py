"""Broken YAML in plain words: what PyYAML reports, said for somebody who has never read its scanner.

Knows the messages of libyaml and of the parser in Python; what neither table nor context explains is said plainly to be
broken, with the place, and never in PyYAML's own terms.
"""

import re

import yaml
from yaml.error import MarkedYAMLError

from quizzer.deckfile.problems import Lines, Unreadable, quoted

_CONTROL = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTE_IT = "Put the text in quotes."

# What the parser says → what is wrong and what to do; the first that fits.
_WORDS = (
    (
        r"mapping values are not allowed",
        "a second `: ` in this line. Put a text that holds `: ` in quotes; or mend the indentation.",
    ),
    (r"could not find expected ':'", "the line above is no `key: value`. Add the colon, or indent it as part of the text."),
    (r"sequence entries are not allowed", "a list cannot begin behind a key. Begin it on the next line, indented."),
    (r"mapping keys are not allowed", f"`? ` cannot stand here. {_QUOTE_IT}"),
    (r"unknown escape character", r"a backslash in double quotes that means nothing here. Write `\\`, or use single quotes."),
    (r"hexa?deci?mal number|invalid Unicode", r"the `\x`, `\u` or `\U` here is no character. Write the character itself, or `\\`."),
    (r"unexpected document", "`---` or `...` inside a quoted text. Is the closing quote missing? Else indent the line."),
    (r"comment or (a )?line break", "text behind `|` or `>`. Put it on the next line, indented; or put it in quotes."),
    (r"indentation indicator|expected chomping", "the number behind `|` or `>` is no indentation. Remove it."),
    (r"alphabetic or numeric", "`*` and `&` have a meaning of their own at the start of a text. " + _QUOTE_IT),
    (r"\btag\b", "`!` has a meaning of its own at the start of a text. " + _QUOTE_IT),
    (r"incompatible YAML|scanning a directive|%YAML", "a line that begins with `%` has a meaning of its own. Remove it."),
    (r"<document start>", "something stands before or after the deck. Remove it, or put it in quotes."),
    (r"expected (the )?node content", "a value cannot begin with {char}. Put it in quotes, or remove it."),
    (r"',' or '[\]}]'", "a comma or the closing bracket is missing before this. Add it, or put the text in quotes."),
    (r"'-' indicator", "this line is indented differently from the list it belongs to. Line it up."),
)


def in_plain_words(error: yaml.YAMLError, text: str) -> Unreadable:
    """Return what is wrong with the broken YAML ``text``, as the file's one problem."""
    lines = Lines(text)

    def at(index: int, message: str, code: str = "D004") -> Unreadable:
        line, column = lines.at(index)
        return Unreadable(code, message, line=line, column=column)

    control = _CONTROL.search(text)
    if not isinstance(error, MarkedYAMLError):
        index = control.start() if control else 0
        name = f"U+{ord(text[index]):04X}" if control else "here"
        return at(index, f"the invisible character {name} is not allowed in YAML. Delete it.", "D003")

    mark = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    opened = error.context_mark.index if error.context_mark else index
    char = text[index : index + 1]
    before = text[text.rfind("\n", 0, index) + 1 : index]
    said = error.problem or ""

    if char == "\t" or "tab character" in said:
        if before.strip(" -\t"):
            return at(index, "a tab where YAML wants spaces. Replace it by spaces.", "D005")
        return at(index, "a tab is used to indent. YAML indents with spaces only: replace it by two spaces.", "D005")
    if "cannot start any token" in said:
        return at(index, f"a text cannot begin with {quoted(char)}. {_QUOTE_IT}")
    if "quoted" in (error.context or "") and "unexpected end" in said:
        return at(opened, f"the {text[opened : opened + 1]} opened here is never closed. Close it.")
    if "',' or '" in said and not char.strip() and not text[index:].strip():
        return at(opened, f"the `{text[opened : opened + 1]}` opened here is never closed. Close it.")
    if "node content" in said and not text[index:].strip():
        return at(index, "the file ends inside a bracket that is never closed. Close it.")
    if "mapping values" in said and ": " not in before.removeprefix("--- "):
        if before.startswith("--- "):
            return at(index, "the deck begins behind `---`. Begin it on the next line.")
        return at(index, "this `key:` is indented below a text. Line it up with the keys above, or put the text in quotes.")
    if "',' or '" in said and text.count("\n", opened, index):
        return at(opened, f"the `{text[opened : opened + 1]}` opened here is not closed before line {lines.at(index)[0]}. Close it.")
    if "expected key" in said or "<block end>" in said:
        return at(index, _out_of_line(before))
    for pattern, words in _WORDS:
        if re.search(pattern, f"{error.context}: {said}"):
            return at(index, words.format(char=quoted(char) if char.strip() else "nothing"))
    return at(index, f"this is not YAML: {quoted(text[index:].split(chr(10))[0].strip())}. Look at its quotes and brackets.")


def _out_of_line(before: str) -> str:
    """Return what is wrong where a mapping or list should have gone on or ended."""
    last = before.rstrip()[-1:]
    if last == "'":
        return "text goes on behind the closing '. Put the whole text in double quotes, or write '' for a ' inside."
    if last == '"':
        return 'text goes on behind the closing ". Put the whole text in single quotes, or write \\" for a " inside.'
    if last in ("]", "}"):
        return f"text goes on behind `{last}`. A text that begins with a bracket must stand in quotes."
    return "this line does not fit what stands above it. Line it up with its neighbours; a list item begins with `- `."
