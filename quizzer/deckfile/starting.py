"""A new deck file: its head and first question, and one of every other kind as comments to be taken up.

The samples are questions, written out as ``save`` writes them: so what is taken up is sound, and laid out as ``fmt`` lays out.
"""

import errno
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

import msgspec
from yaml.nodes import MappingNode, SequenceNode

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Question
from quizzer.deckfile import beside, files
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.reading import parse, problems_of
from quizzer.deckfile.samples import FIRST, SAMPLES, SOURCE
from quizzer.deckfile.writing import dumps, fields_of, named, order_of, serialized

_HELP = (
    "Other kinds of question. Take the first `# ` of every line of one away, and write your own words.",
    "`quizzer check` finds what is amiss, `quizzer fmt` writes the ids.",
)
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


def start(deck: Deck, path: Path) -> None:
    """See ``quizzer.deckfile.start``."""
    deck = named(deck if deck.questions else msgspec.structs.replace(deck, questions=(FIRST,)), stem=path.stem)
    text = _text(deck)
    draft = parse(DeckText(text), path)
    wrong = [problem for problem in problems_of(draft) if problem.severity == "error"]
    if wrong:
        raise DeckError(f"{path}: not made, for it could not be studied: {wrong[0].code} {wrong[0].message}")
    if draft.deck != deck:
        raise AssertionError(f"{path}: not made, for it would not read back equal")
    _create(path, text.encode())
    beside.keep(path, deck, make=True)


def samples(kinds: Iterable[str], *, source: str = "") -> tuple[Question, ...]:
    """Return the sample questions of these names of ``SAMPLES``, with ids; evidence names ``source``, or the sample one."""
    chosen = [_of_source(SAMPLES[kind][1], source) for kind in dict.fromkeys(kinds)]
    return named(Deck(id="d", title="d", questions=tuple(chosen)), stem="d").questions


def _of_source(question: Question, source: str) -> Question:
    if not source or not question.evidence:
        return question
    spans = tuple(msgspec.structs.replace(one, source=source) for one in question.evidence)
    return msgspec.structs.replace(question, evidence=spans)


def _text(deck: Deck) -> str:
    """Return the deck as it is saved, and below it every sample that it has none of, as a comment."""
    head, found, questions = dumps(deck).partition("\nquestions:\n")
    asked = {question.text for question in deck.questions}
    parts = [head, *([] if deck.sources else _comment("", _table(Deck(id="", title="", sources=(SOURCE,)), ["sources"]))), "questions:"]
    parts += [questions.rstrip("\n"), "", *(f"  # {line}" for line in _HELP)]
    source = deck.sources[0].id if deck.sources else ""
    for prose, sample in SAMPLES.values():
        if sample.text not in asked:
            question = _of_source(sample, source)
            parts += ["", f"  # {prose}", *_comment("  ", _listed(question))]
    assert found
    return "\n".join(parts) + "\n"


def _table(struct: msgspec.Struct, keys: list[str]) -> str:
    return serialized(MappingNode("tag:yaml.org,2002:map", fields_of(struct, keys), flow_style=False))


def _listed(question: Question) -> str:
    table = MappingNode("tag:yaml.org,2002:map", fields_of(question, order_of(type(question))), flow_style=False)
    return serialized(SequenceNode("tag:yaml.org,2002:seq", [table], flow_style=False))


def _comment(indent: str, text: str) -> list[str]:
    lines = text.rstrip("\n").split("\n")
    margin = min(len(line) - len(line.lstrip()) for line in lines)
    return [f"{indent}# {line[margin:]}" for line in lines]


def _create(path: Path, data: bytes) -> None:
    """Write a file that is not there yet: whole or not at all, and never in the place of another."""
    unready = path.with_name(f".{path.name[:100]}.{uuid.uuid4().hex[:12]}.tmp")
    try:
        try:
            with unready.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(unready, path)
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
                with path.open("xb") as file:  # a file system without links: not there yet is what counts
                    file.write(data)
        finally:
            unready.unlink(missing_ok=True)
    except FileExistsError:
        raise DeckError(f"{path}: is there already. Name another file; an old one is never written over.") from None
    except (OSError, ValueError) as error:
        raise files.unwritable(path, error) from None
