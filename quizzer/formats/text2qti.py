"""The plain text of text2qti, of which it makes quizzes for Canvas: ``1. …``, ``*a) …``, ``[*] …``, ``* …``, ``= …``, feedback ``... …``.

A text that goes on in the next line is indented as far as it began. Stems, choices and feedback are Markdown; short answers are not.
"""

import re
from collections import Counter
from typing import Any, NoReturn

import msgspec

from quizzer.core.kinds import GAP, Cloze, Deck, List, Plain, Question, Statement
from quizzer.core.model import Markup
from quizzer.formats.decoding import with_newlines
from quizzer.formats.losses import changed, writer
from quizzer.formats.markings import META, indented, is_markdown, meta_of, unindented
from quizzer.formats.plainly import as_plain
from quizzer.formats.sources import Sources, footnote, without_footnote
from quizzer.formats.values import Options, Problem, Read, short

_STARTS = {
    "question": r"\d+\.",
    "right": r"\*[a-zA-Z]\)",
    "wrong": r"[a-zA-Z]\)",
    "also_right": r"\[\*\]",
    "also_wrong": r"\[ ?\]",
    "short": r"\*",
    "feedback": r"\.\.\.",
    "if_right": r"\+",
    "if_wrong": r"-",
    "solution": "!",
    "number": "=",
    "quiz_title": r"[Qq]uiz [Tt]itle:",
    "quiz_description": r"[Qq]uiz description:",
    "aside": r"[Tt]itle:|[Pp]oints:|[Tt]ext(?: [Tt]itle)?:|[Pp]ick:|[Ss]olutions pick:|[Pp]oints per question:|[Ss]huffle answers:"
    r"|[Ss]how correct answers:|[Oo]ne question at a time:|[Cc]an't go back:|[Ff]eedback is solution:|[Ss]olutions \w+ groups:",
}
_START = re.compile("|".join(f"(?P<{name}>(?:{mark})[ \\t]+)(?=\\S)" for name, mark in _STARTS.items()))
_ALONE = re.compile(r"(?P<essay>___+\s*)$|(?P<upload>\^\^\^+\s*)$|(?P<group>(?:END_)?GROUP\s*)$|(?P<code>```+.*)$")
_ONE_LINE = ("short", "number")
_ID = re.compile(r"%\s*id: (\S+)\s*$")
_INTEGER = re.compile(r"0|[+-]?[1-9](?:[0-9]+|_[0-9]+)*")
_SIGNS = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_LINE_STARTS = re.compile(r"(?m)^([ \t]*)(#|>|[-+](?=[ \t-]|$))")
_NUMBERED = re.compile(r"(?m)^([ \t]*\d+)(\.)(?=[ \t]|$)")
_PICTURE = re.compile(  # begun, and none: text2qti would stop at it
    r"(?P<code>(?<!`)(`+)(?!`)[^`]*(?<!`)\2(?!`))|(?<!\\)(?P<before>(?:\\\\)*)!(?=\[)(?!\[[^\[\]\n]*\]\([^()\s]+\))"
)
_DEFINITION = re.compile(r"(?m)^([ \t]*):(?=[ \t]|$)")  # of the line above, which a colon begins
_UNDERLINE = re.compile(r"(?m)^([ \t]*)=(?==*[ \t]*$)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()>#+.!$-])")
_INDENT = "  "
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what the quiz could not hold
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "«": "<<", "»": ">>", "…": "...", "–": "--", "—": "---"})


def read(text: str, options: Options) -> Read:
    """Return the deck of a quiz; ``options`` leave nothing open here."""
    del options
    return _Reader(with_newlines(text).split("\n")).read()


def render(deck: Deck) -> str:
    """Return the deck as the text of a quiz."""
    deck = msgspec.structs.replace(_clean(msgspec.structs.replace(deck, questions=())), questions=deck.questions)
    head = [f"% {meta_of(deck)}"]
    if title := " ".join(deck.title.split()):
        head.append(f"Quiz title: {title}")
    if deck.description.strip():
        lines = "\n".join(line.strip() for line in deck.description.strip().split("\n"))  # its second line sets how far all are indented
        head.append(f"Quiz description: {_indented(_said(deck, lines), _INDENT)}")
    stems: Counter[str] = Counter()
    parts = ["\n".join([*head, "Shuffle answers: true"])]
    for number, question in enumerate(deck.questions, start=1):
        parts.append(_question(number, question, deck, stems))
    return "\n\n".join(parts) + "\n"


write = writer(title="text2qti", render=render, read=read)


def knows(text: str) -> bool:
    """Whether ``text`` has numbered questions with marks of answers below them."""
    text = with_newlines(text)
    marks = r"(?m)^(\*?[a-zA-Z]\)[ \t]+\S|\[[* ]?\][ \t]+\S|[*=][ \t]+\S|___+\s*$)"
    return re.search(r"(?m)^\d+\.[ \t]+\S", text) is not None and re.search(marks, text) is not None


# Writing


def _question(number: int, question: Question, deck: Deck, stems: Counter[str]) -> str:
    shown = (
        question if isinstance(question, Statement) or (isinstance(question, List) and len(question.answers) > 1) else as_plain(question)
    )
    if isinstance(question, Cloze) and deck.markup is Markup.MARKDOWN:  # or the gaps would be a rule, or bold
        shown = msgspec.structs.replace(shown, question=GAP.sub(r"\\_\\_\\_\\_", question.cloze))
    shown = _clean(shown)
    stem = _said(deck, shown.text.strip())
    stems[_bare(stem)] += 1
    stem += f" ({again})" if (again := stems[_bare(stem)]) > 1 else ""  # text2qti takes no stem twice
    lines = [f"% id: {question.id}"] if question.id else []
    lines.append(_marked(f"{number}. ", stem))
    question = _clean(question)
    note = msgspec.structs.replace(question, explanation="")
    paragraphs = [_escaped(text) for text in footnote(note, deck)]
    if question.explanation.strip():
        paragraphs.insert(0, _said(deck, question.explanation.strip()))
    if paragraphs:
        lines.append(_marked("... ", "\n\n".join(paragraphs)))
    match shown:
        case Statement():
            lines += [f"{'*' if shown.answer else ''}a) True", f"{'' if shown.answer else '*'}b) False"]
        case List():
            lines += [_marked("[*] ", _escaped(text.strip())) for text in shown.answers]
        case _ if shown.distractors:
            lines.append(_marked("*a) ", _escaped(shown.answer.strip())))
            letters = "bcdefghijklmnopqrstuvwxyz"
            lines += [_marked(f"{letters[at % 25]}) ", _escaped(text.strip())) for at, text in enumerate(shown.distractors)]
        case _:
            lines += dict.fromkeys(f"* {' '.join(text.split())}" for text in (shown.answer, *shown.accept))
    return "\n".join(lines)


def _clean(value: Any) -> Any:
    return changed(value, lambda text: _NO_XML.sub("", text))


def _bare(text: str) -> str:
    """Return what is left of a text where what text2qti may show alike is made alike."""
    return " ".join(_unescaped(text).split()).translate(_TYPED)


def _marked(mark: str, text: str) -> str:
    return mark + _indented(text, " " * len(mark))


def _indented(text: str, indent: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(indent + line if line.strip() else "" for line in rest)])


def _said(deck: Deck, text: str) -> str:
    return _PICTURE.sub(lambda found: found["code"] or f"{found['before']}\\!", text) if deck.markup is Markup.MARKDOWN else _escaped(text)


def _seen(text: str) -> str:
    """Return Markdown as it was before ``_said``."""
    return text.replace("\\![", "![")


def _escaped(text: str) -> str:
    """Return Markdown, as text2qti understands it, that shows ``text`` as it is."""
    shown = _SIGNS.sub(lambda found: f"\\{found[0]}", text)
    if shown.count("$") > 1:
        shown = shown.replace("$", "\\$")
    shown = _NUMBERED.sub(r"\1\\\2", _LINE_STARTS.sub(r"\1\\\2", shown))
    shown = re.sub(r"&(?=#?\w+;)", "&amp;", shown).replace("<", "&lt;")
    return indented(_DEFINITION.sub(r"\1&#58;", _UNDERLINE.sub(r"\1&#61;", shown)))


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(r"\1", unindented(text).replace("&#61;", "=").replace("&#58;", ":").replace("&lt;", "<").replace("&amp;", "&"))


# Reading


class _Wrong(Exception):
    """A question cannot be taken; the text says why, and what to do."""


class _Reader:
    """Goes from mark to mark, as text2qti does."""

    def __init__(self, lines: list[str]) -> None:
        self._all = lines
        self._deck = Deck(id="", title="")
        self._marked = False
        self._sources = Sources()
        self._questions: list[Question] = []
        self._lines: list[int] = []
        self._problems: list[Problem] = []
        self._next_id, self._id, self._start = "", "", 0
        self._parts: list[tuple[str, str]] = []  # of the question that is open: marks and their texts
        self._asides: set[str] = set()
        self._stems: set[str] = set()

    def read(self) -> Read:
        at = 0
        while at < len(self._all):
            at = self._one(at)
        self._close()
        markup = self._deck.markup if self._marked else Markup.MARKDOWN if is_markdown(self._questions) else Markup.PLAIN
        deck = msgspec.structs.replace(self._deck, questions=tuple(self._questions), sources=self._sources.all, markup=markup)
        return Read(deck=deck, lines=tuple(self._lines), problems=tuple(self._problems))

    @property
    def _plain(self) -> bool:
        return self._marked and self._deck.markup is Markup.PLAIN

    def _shown(self, text: str) -> str:
        return _unescaped(text) if self._plain else _seen(text) if self._marked else text

    def _note(self, line: int, message: str, *, skipped: bool = False) -> None:
        self._problems.append(Problem(line, message, skipped=skipped))

    def _one(self, at: int) -> int:
        """Take what begins in line ``at`` (from 0); return the line after it."""
        line = self._all[at]
        found = _START.match(line)
        if found and found.lastgroup:
            text, end = self._text(at, found)
            self._mark(at + 1, found.lastgroup, text)
            return end
        alone = _ALONE.match(line)
        if alone and alone.lastgroup:
            return self._alone(at, alone.lastgroup)
        if line.startswith("%"):
            self._comment(line)
        elif line.startswith("COMMENT"):
            return next((end + 1 for end in range(at + 1, len(self._all)) if self._all[end].startswith("END_COMMENT")), len(self._all))
        elif line.strip():
            self._note(at + 1, f"{short(line)!r} has no mark of text2qti, or is not indented as far as the text above. It was left out.")
        return at + 1

    def _text(self, at: int, found: re.Match[str]) -> tuple[str, int]:
        """Return the text behind a mark, with its indented lines, and the line after them."""
        line = self._all[at]
        texts, end = [line[found.end() :].strip()], at + 1
        if found.lastgroup in _ONE_LINE:
            return texts[0], end
        indent = None if found[0].rstrip().endswith(":") else len(line[: found.end()].expandtabs(4))
        while end < len(self._all):
            wide = self._all[end].expandtabs(4)
            if not wide.strip():
                if found.lastgroup in ("quiz_title", "aside"):
                    break
                texts.append("")
            else:
                depth = len(wide) - len(wide.lstrip(" "))
                if indent is None and depth >= 2:
                    indent = depth
                if indent is None or depth < indent:
                    break
                texts.append(wide[indent:].rstrip())
            end += 1
        while not texts[-1]:
            texts.pop()
            end -= 1
        return "\n".join(texts), end

    def _comment(self, line: str) -> None:
        named, meta = _ID.match(line), META.search(line)
        if named:
            self._close()
            self._next_id = named[1]
        elif meta:
            self._marked = True
            language = meta["language"] or "en"
            self._deck = msgspec.structs.replace(self._deck, id=meta["id"], markup=Markup(meta["markup"]), language=language)

    def _alone(self, at: int, what: str) -> int:
        if what == "code":
            fence = self._all[at][: len(self._all[at]) - len(self._all[at].lstrip("`"))]
            self._note(at + 1, "code that makes questions is not run. Run text2qti yourself, or write the questions out.", skipped=True)
            self._close()
            return next((end + 1 for end in range(at + 1, len(self._all)) if self._all[end].rstrip() == fence), at + 1)
        if what == "group":
            self._close()
            self._aside(at + 1, "groups")
        elif self._parts:
            self._parts.append((what, ""))
        return at + 1

    def _aside(self, line: int, what: str) -> None:
        if what not in self._asides and what not in ("shuffle answers",):
            self._asides.add(what)
            self._note(line, f"{what!r}: decks have no such thing. It was left out.")

    def _mark(self, line: int, mark: str, text: str) -> None:
        if mark == "question":
            self._close()
            self._id, self._start, self._parts = self._next_id, line, [("question", text)]
            self._next_id = ""
        elif mark == "quiz_title":
            self._deck = msgspec.structs.replace(self._deck, title=" ".join(text.split()))
        elif mark == "quiz_description":
            self._deck = msgspec.structs.replace(self._deck, description=self._shown(text))
        elif mark == "aside":
            self._aside(line, self._all[line - 1].partition(":")[0].lower())
        elif not self._parts:
            self._note(line, f"{short(text)!r} has no question above it. Write one, as in: 1. What …?", skipped=True)
        else:
            self._parts.append((mark, text))

    def _close(self) -> None:
        parts, self._parts = self._parts, []
        if not parts:
            return
        try:
            question = self._made(self._id, parts)
        except _Wrong as wrong:
            self._note(self._start, f"{short(parts[0][1])!r} {wrong}", skipped=True)
            return
        self._questions.append(question)
        self._lines.append(self._start)

    def _made(self, name: str, parts: list[tuple[str, str]]) -> Question:
        (_, stem), *rest = parts
        stem = self._shown(stem)
        marks = {mark for mark, _ in rest}
        shared: dict[str, Any] = {"id": name, **self._feedback(rest)}
        if len(marks & {"right", "also_right", "short", "number", "essay", "upload"}) > 1:
            raise _Wrong("has answers of two sorts. Keep one.")
        if "essay" in marks or "upload" in marks:
            raise _Wrong("asks for an essay or a file, which nothing can grade. Give it a short answer (* …) to take it.")
        if "number" in marks:
            return Plain(question=stem, answer=self._number(dict(rest)["number"]), **shared)
        if "short" in marks:
            key, *accept = dict.fromkeys(text for mark, text in rest if mark == "short")
            return Plain(question=stem, answer=key, accept=tuple(accept), **shared)
        right = [_unescaped(text).strip() for mark, text in rest if mark in ("right", "also_right")]
        wrong = [_unescaped(text).strip() for mark, text in rest if mark in ("wrong", "also_wrong")]
        if not right:
            raise _Wrong("has no right answer. Put a * before it.")
        if len(set(map(_bare, right + wrong))) < len(right + wrong):
            raise _Wrong("has the same choice twice. Change one.")
        if "also_right" in marks:
            if wrong:
                self._note(self._start, f"{short(stem)!r} asks to name all that is right; the wrong choices were left out.")
            return List(question=stem, answers=tuple(right), **shared)
        if len(right) > 1:
            raise _Wrong("has two right answers. Write [*] before each, and [ ] before the wrong ones.")
        if not wrong:
            raise _Wrong("has one choice. Write a wrong one too, or the answer as * …")
        if sorted(one.lower() for one in (*right, *wrong)) == ["false", "true"]:
            return Statement(statement=stem, answer=right[0].lower() == "true", **shared)
        return Plain(question=stem, answer=right[0], distractors=tuple(wrong), **shared)

    def _feedback(self, parts: list[tuple[str, str]]) -> dict[str, Any]:
        """Return what the question's own feedback says; that of choices is told and left out."""
        paragraphs: list[str] = []
        before = "question"
        for mark, text in parts:
            if (mark == "feedback" and before == "question") or mark == "solution":
                paragraphs += [part for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
            elif mark in ("feedback", "if_right", "if_wrong"):
                self._note(self._start, f"the feedback {short(text)!r} is for one answer only, and was left out.")
            before = "choice" if mark in ("right", "wrong", "also_right", "also_wrong") else before
        found = without_footnote([_unescaped(text) for text in paragraphs], self._sources)
        if not self._plain:
            found["explanation"] = "\n\n".join(
                self._shown(text) for text in paragraphs if without_footnote([_unescaped(text)], Sources())["explanation"]
            )
        return found

    def _number(self, text: str) -> str:
        value, found, margin = text.partition("+-")
        if text.startswith("["):
            raise _Wrong(f"takes any number in {text}, and has no one key. Write the number itself.")
        if found:
            if not _is_number(value.strip()):
                self._refuse(text)
            if margin.strip(" %0."):
                self._note(self._start, f"the margin of {short(text)!r} was left out: a digit is never taken for a slip.")
            return value.strip()
        if not _INTEGER.fullmatch(text):
            self._refuse(text)
        return text.replace("_", "")

    def _refuse(self, text: str) -> NoReturn:
        raise _Wrong(f"has {text!r} where a number belongs. Write it as 42, or 1.41 +- 0.01.")


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
