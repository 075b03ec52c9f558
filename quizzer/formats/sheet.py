"""CSV: one question a row, every kind of it, and its sources; made to be edited in a spreadsheet.

The first row names the columns; ``,``, ``;`` and tab part the cells. Cells that a spreadsheet would take for a formula begin with an
apostrophe, which is taken off again.
"""

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from quizzer.core.errors import FormatError
from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import AnswerType, Evidence, Markup, Mode, Source
from quizzer.formats.cells import escaped, joined, safe, split, unsafe
from quizzer.formats.losses import writer
from quizzer.formats.sources import Sources, sound
from quizzer.formats.values import Options, Problem, Read

OPTIONS = 6  # columns for options in every file; more where a question has more
SOURCE = ("title", "url", "quote", "publisher", "date", "id", "sha256", "start", "passage", "passage_start")
COLUMNS = ("id", "kind", "question", "answer", "explanation", "tags", "accept", "distractors", "type", "mode", "hints", "as_of")
_ALWAYS = ("id", "kind", "question", "answer", "explanation", "source_title", "source_url", "source_quote", "tags")
_LARGEST_CELL = 1 << 24
_NAMES = {
    "front": "question", "term": "question", "prompt": "question", "stem": "question", "questiontext": "question", "statement": "question",
    "back": "answer", "definition": "answer", "correctanswer": "answer", "correct": "answer", "key": "answer", "correctanswers": "answer",
    "feedback": "explanation", "generalfeedback": "explanation", "answerexplanation": "explanation", "rationale": "explanation",
    "questiontype": "kind", "tag": "tags", "category": "tags", "hint": "hints", "asof": "as_of", "language": "language", "markup": "markup",
    **{name.replace("_", ""): name for name in COLUMNS},
    **{f"source{name.replace('_', '')}": f"source_{name}" for name in SOURCE},
}  # fmt: skip
_KINDS = {
    "plain": Plain, "multiplechoice": Plain, "mc": Plain, "choice": Plain, "shortanswer": Plain, "basic": Plain, "cloze": Cloze,
    "truefalse": Statement, "tf": Statement, "order": Order, "ordering": Order, "match": Match, "matching": Match, "list": List,
}  # fmt: skip
_TRUE, _FALSE = ("true", "t", "yes", "1", "right", "wahr", "vrai"), ("false", "f", "no", "0", "wrong", "falsch", "faux")
Row = dict[str, str]


def read(text: str, options: Options) -> Read:
    """Return the deck that the rows make. ``options.between`` names what parts the cells, where it is not to be found out.

    Raises:
        FormatError: no row could be told to name the columns, or the rows cannot be told apart.
    """
    csv.field_size_limit(_LARGEST_CELL)
    reader = _Reader()
    try:
        for line, row in _rows(text, options, reader):
            reader.row(line, row)
    except csv.Error as error:
        raise FormatError(f"{reader.line}: the cells cannot be told apart ({error}). Is a quotation mark missing?") from None
    return reader.read()


def render(deck: Deck) -> str:
    """Return the deck as the text of a CSV file."""
    sources = {source.id: source for source in deck.sources}
    rows = [_deck_row(deck)]
    for question in deck.questions:
        rows.append(_row(question))
        for number, one in enumerate(question.evidence):
            cells = _evidence_cells(one, sources)
            if number == 0:
                rows[-1].update(cells)
            else:
                rows.append({"id": question.id, "kind": "evidence", **cells})
    cited = {one.source for question in deck.questions for one in question.evidence}
    rows += [{"kind": "source", **_source_cells(source)} for source in deck.sources if source.id not in cited]
    most = max([OPTIONS, *(int(name[6:]) for row in rows for name in row if name.startswith("option"))])
    given = {name for row in rows for name, cell in row.items() if cell}
    order = [*COLUMNS[:3], *(f"option{number}" for number in range(1, most + 1)), *COLUMNS[3:5]]
    order += [*(f"source_{name}" for name in SOURCE), *COLUMNS[5:], "language", "markup"]
    columns = [name for name in order if name in given or name in _ALWAYS or name.startswith("option")]
    out = io.StringIO(newline="")
    made = csv.writer(out, lineterminator="\r\n")
    made.writerow(columns)
    made.writerows([safe(row.get(name, "")) for name in columns] for row in rows)
    return out.getvalue()


write = writer(title="CSV", render=render, read=read, mark=b"\xef\xbb\xbf", returns=True)  # the mark tells Excel that this is UTF-8


def knows(line: str) -> bool:
    """Whether a line names columns of ours."""
    cells = re.split(r"[,;\t]", line)
    return len({_NAMES.get(_bare(cell), "") for cell in cells} & {"question", "answer", "kind", "option1"}) >= 2


# Writing


def _deck_row(deck: Deck) -> Row:
    markup = deck.markup.value if deck.markup is not Markup.PLAIN else ""
    language = deck.language if deck.language != "en" else ""
    return {
        "id": deck.id,
        "kind": "deck",
        "question": deck.title,
        "explanation": deck.description,
        "language": language,
        "markup": markup,
    }


def _row(question: Question) -> Row:
    row = {"id": question.id, "kind": question.kind, "question": question.text, "explanation": question.explanation}
    row |= {"tags": joined(question.tags), "hints": joined(question.hints), "mode": question.mode or "", "as_of": question.as_of}
    options: tuple[str, ...] = ()
    match question:
        case Plain():
            row |= {"answer": question.answer, "accept": joined(question.accept), "type": question.type or ""}
            options = (question.answer, *question.distractors) if question.distractors else ()
        case Statement():
            row["answer"] = "true" if question.answer else "false"
        case Order():
            options = question.order
        case List():
            options = question.answers
        case Match():
            options = tuple(f"{escaped(left)} = {right}" for left, right in question.match)
            row["distractors"] = joined(question.distractors)
        case Cloze():
            pass
    row |= {f"option{number}": option for number, option in enumerate(options, start=1)}
    return row


def _evidence_cells(one: Evidence, sources: dict[str, Source]) -> Row:
    cells = _source_cells(sources.get(one.source, Source(id=one.source)))
    start, passage_start = ("" if at is None else str(at) for at in (one.start, one.passage_start))
    return cells | {
        "source_quote": one.quote,
        "source_start": start,
        "source_passage": one.passage,
        "source_passage_start": passage_start,
    }


def _source_cells(source: Source) -> Row:
    return {f"source_{name}": getattr(source, name) for name in source.__struct_fields__}


# Reading


def _rows(text: str, options: Options, reader: "_Reader") -> Iterator[tuple[int, Row]]:
    """Yield each row with the line it begins in, as its cells by column."""
    first = next((line for line in re.split(r"[\r\n]+", text) if line.strip()), "")
    between = options.between or _delimiter(first)
    if len(between) != 1 or between in '\r\n"':
        raise FormatError(f"1: one character parts the cells of a CSV file, and {between!r} is none. Give another --between.")
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=between, skipinitialspace=True)
    columns: list[str] | None = None
    start = 1
    for cells in rows:
        line, start = start, rows.line_num + 1
        reader.line = line
        texts = [unsafe(cell.strip()) for cell in cells]
        if not any(texts):
            continue
        if columns is None:
            columns = reader.columns(line, texts)
            if columns is not None:
                continue
            columns = columns or ["question", "answer", "explanation"]
        named: Row = {}
        for name, cell in zip(columns, texts, strict=False):
            if name and cell and name not in named:
                named[name] = cell
        if any(texts[len(columns) :]):
            reader.note(line, f"this row has {len(texts)} cells, and {len(columns)} columns have a name. The others were left out.")
        yield line, named


def _delimiter(first: str) -> str:
    def columns(mark: str) -> tuple[int, int]:
        cells = first.split(mark)
        return sum(_bare(cell) in _NAMES or bool(_option(_bare(cell))) for cell in cells), len(cells)

    return max(",;\t", key=columns)


def _bare(cell: str) -> str:
    return re.sub(r"[^a-z0-9]", "", cell.lower())


def _option(name: str) -> str:
    found = re.fullmatch(r"(?:option|choice|distractor|wronganswer|wrong|incorrectanswer|answeroption)([0-9]{1,3}|[a-z])", name)
    if found is None:
        return ""
    number = int(found[1]) if found[1].isdecimal() else ord(found[1]) - ord("a") + 1
    return f"option{number}"


class _Wrong(Exception):
    """A row is no question; the text says why, and what to do."""


class _Reader:
    """Takes row after row and makes the deck of them."""

    def __init__(self) -> None:
        self.line = 1
        self._deck = Deck(id="", title="")
        self._questions: list[Question] = []
        self._lines: list[int] = []
        self._problems: list[Problem] = []
        self._sources = Sources()

    def note(self, line: int, message: str, *, skipped: bool = False) -> None:
        self._problems.append(Problem(line, message, skipped=skipped))

    def read(self) -> Read:
        deck = msgspec.structs.replace(self._deck, questions=tuple(self._questions), sources=self._sources.all)
        return Read(deck=deck, lines=tuple(self._lines), problems=tuple(self._problems))

    def columns(self, line: int, cells: list[str]) -> list[str] | None:
        """Return the name of each column; None where the row names none and has a question in it already."""
        names = [_NAMES.get(_bare(cell)) or _option(_bare(cell)) for cell in cells]
        if "question" not in names and len(cells) in (2, 3):
            self.note(line, "no row names the columns: they were taken for question, answer and explanation.")
            return None
        if "question" not in names:
            shown = ", ".join(repr(cell) for cell in cells[:4])
            raise FormatError(f"{line}: no column is called question: the first row has {shown}. Name the columns there.")
        for name, cell in zip(names, cells, strict=True):
            if cell and not name:
                self.note(line, f"the column {cell!r} is none that decks have, and was left out.")
        return names

    def row(self, line: int, row: Row) -> None:
        kind = _bare(row.get("kind", ""))
        if kind == "deck":
            markup = Markup.MARKDOWN if row.get("markup") == "markdown" else Markup.PLAIN
            values = {"id": row.get("id", ""), "title": row.get("question", ""), "description": row.get("explanation", "")}
            self._deck = msgspec.structs.replace(self._deck, markup=markup, language=row.get("language") or "en", **values)
        elif kind == "source":
            self._sources.add(self._source(line, row))
        elif kind == "evidence":
            self._more(line, row)
        elif row.keys() & {"question", "answer", "option1"}:
            try:
                question = self._question(line, row)
            except _Wrong as wrong:
                self.note(line, str(wrong), skipped=True)
                return
            evidence = self._evidence(line, row)
            self._questions.append(msgspec.structs.replace(question, evidence=(evidence,)) if evidence else question)
            self._lines.append(line)
        else:
            self.note(line, "this row has no question. Write one, or remove the row.", skipped=True)

    def _more(self, line: int, row: Row) -> None:
        one = self._evidence(line, row)
        if not self._questions or one is None:
            self.note(line, "this row of evidence has no question above it, or no quote. Write them.", skipped=True)
            return
        last = self._questions[-1]
        self._questions[-1] = msgspec.structs.replace(last, evidence=(*last.evidence, one))

    def _source(self, line: int, row: Row) -> Source:
        source, wrong = sound(Source(**{name: row.get(f"source_{name}", "") for name in Source.__struct_fields__}))
        for name in wrong:
            cell = row[f"source_{name}"]
            self.note(line, f"source_{name} {cell!r} is none that decks take, and was left out. A date is written 2021-01-14.")
        return source

    def _evidence(self, line: int, row: Row) -> Evidence | None:
        if not any(name.startswith("source_") for name in row):
            return None
        source = self._sources.add(self._source(line, row))
        if not row.get("source_quote"):
            self.note(line, "this row has a source and no quote from it (source_quote): the deck lists the source, the question does not.")
            return None
        start, passage_start = (
            int(at) if (at := row.get(f"source_{name}", "")).isascii() and at.isdecimal() and len(at) < 15 else None
            for name in ("start", "passage_start")
        )
        passage = row.get("source_passage", "")
        return Evidence(source=source, quote=row["source_quote"], start=start, passage=passage, passage_start=passage_start)

    def _question(self, line: int, row: Row) -> Question:
        options = _options(row)
        kind = self._kind(row, options)
        stem, answer = row.get("question", ""), row.get("answer", "")
        shared: dict[str, Any] = {"id": row.get("id", ""), "explanation": row.get("explanation", ""), "as_of": row.get("as_of", "")}
        shared |= {"tags": split(row.get("tags", ""), commas=True), "hints": split(row.get("hints", ""))}
        shared["mode"] = _one_of(Mode, row.get("mode", ""), "mode")
        if not stem and kind not in (Order, Match):
            raise _Wrong("this row has no question. Write one.")
        if kind is Cloze:
            return Cloze(cloze=stem, **shared)
        if kind is Statement:
            if answer.lower() not in (*_TRUE, *_FALSE):
                raise _Wrong(f"the answer to a statement is true or false, not {answer!r}. Write one of them.")
            return Statement(statement=stem, answer=answer.lower() in _TRUE, **shared)
        several = options or split(answer)
        if kind in (Order, Match) and len(several) < 2:
            raise _Wrong("there are not two things in option1 and option2. Write them.")
        given: dict[str, Any] = {"question": stem} if stem else {}
        if kind is Order:
            return Order(order=several, **given, **shared)
        if kind is Match:
            pairs = tuple(_pair(option) for option in several)
            return Match(match=pairs, distractors=split(row.get("distractors", "")), **given, **shared)
        if kind is List:
            if not several:
                raise _Wrong("a list needs what is to be named, in option1 and on. Write it.")
            return List(question=stem, answers=several, **shared)
        right = [_key(piece.strip(), options) for piece in re.split("[,;|]", answer) if piece.strip()] if options else []
        if len(right) > 1 and answer not in options and set(right) <= set(options):
            if len(options) > len(right):
                self.note(line, f"asks to name all that is right: {', '.join(right)}. The other options were left out.")
            return List(question=stem, answers=tuple(dict.fromkeys(right)), **shared)
        key = _key(answer, options)
        wrong = (*(option for option in options if option != key), *split(row.get("distractors", "")))
        accept = split(row.get("accept", ""))
        sort = _one_of(AnswerType, "" if _bare(row.get("type", "")) in _KINDS else row.get("type", ""), "type")
        return Plain(question=stem, answer=key, accept=accept, distractors=wrong, type=sort, **shared)

    def _kind(self, row: Row, options: tuple[str, ...]) -> type[Any]:
        named, sort = row.get("kind", ""), row.get("type", "")
        for name in (named, sort):
            if _bare(name) in _KINDS:
                return _KINDS[_bare(name)]
        wrong = named or (sort if sort.lower() not in set(AnswerType) else "")
        if wrong:
            raise _Wrong(f"the kind {wrong!r} is none that decks have. Write plain, cloze, true/false, order, match or list.")
        if "answer" not in row and not options and "{{" in row.get("question", ""):
            return Cloze
        return Plain


def _options(row: Row) -> tuple[str, ...]:
    numbers = sorted(int(name[6:]) for name in row if name.startswith("option"))
    return tuple(row[f"option{number}"] for number in numbers)


def _key(answer: str, options: tuple[str, ...]) -> str:
    """Return the right answer: as it stands, or where it is no option, the one it numbers (2, B)."""
    if not answer:
        raise _Wrong("this row has no answer. Write one.")
    if options and answer not in options:
        same = [option for option in options if option.casefold() == answer.casefold()]
        if same:
            return same[0]
        number = int(answer) if re.fullmatch("[1-9][0-9]?", answer) else ord(answer.upper()) - 64 if re.fullmatch("[A-Za-z]", answer) else 0
        if 1 <= number <= len(options):
            return options[number - 1]
    return answer


def _pair(option: str) -> tuple[str, str]:
    found = re.fullmatch(r"((?:\\.|[^=\\])*)=(.*)", option, re.DOTALL)
    if found is None or not found[1].strip() or not found[2].strip():
        raise _Wrong(f"a pair is written left = right, and {option!r} is none. Write it so.")
    return re.sub(r"\\([=\\])", r"\1", found[1]).strip(), found[2].strip()


def _one_of(values: Any, text: str, name: str) -> Any:
    if not text:
        return None
    try:
        return values(text.lower())
    except ValueError:
        raise _Wrong(f"the {name} {text!r} is none of {', '.join(values)}. Write one of them, or leave it out.") from None
