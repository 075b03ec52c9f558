"""What ``quizzer check --fix`` mends by itself: where there is one way to, and nothing that a learner's progress hangs on changes.

Spaces at the ends of texts (D316), options and wordings that stand there twice (D304, D311), numbers out of order (Q113), a negative
in small letters (Q107), ids that are not written (D208). All of a file, or nothing: what comes out is read again before it is written.
"""

import re
from pathlib import Path
from typing import Any

import msgspec

from quizzer.core.errors import DeckError
from quizzer.core.kinds import Deck, Plain, Question
from quizzer.deckfile import files, revising
from quizzer.deckfile.choice import Choice
from quizzer.deckfile.codes import FIXABLE
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.editing import with_ids
from quizzer.deckfile.files import DeckText
from quizzer.deckfile.lint import texts_in
from quizzer.deckfile.nodes import Items, Node, Text
from quizzer.deckfile.problems import Problem, Unreadable
from quizzer.deckfile.reading import parse, problems_of
from quizzer.deckfile.rules import folded
from quizzer.deckfile.wording import negative_in, numbers_of

_AFTERWARDS = ("D502", "D503", "D504", "Q201")  # errors with which a deck can be studied
_SPACE = " \t"
_COMMENT = re.compile(r"(?:^|\s)#", re.MULTILINE)


def fix(path: Path, *, asked: Choice | None = None) -> list[Problem]:
    """See ``quizzer.deckfile.fix``."""
    try:
        data = files.contents(path)
        file = files.decode(data)
    except Unreadable:  # check says why
        return []
    draft = parse(file, path)
    told = problems_of(draft, asked=asked)
    if draft.deck is None or any(map(keeps_from_mending, told)):
        return []
    if any(problem.severity == "error" for problem in parse(file, path).log.problems() if problem not in told):
        return []  # an error that was not asked for
    places = {(problem.code, f"{problem.line}:{problem.column}"): problem for problem in told if problem.code in FIXABLE}
    if not places:
        return []
    after, fixed = _mended(draft, places)
    text = _spliced(draft, after)
    again = parse(DeckText(text), path)
    if again.deck is not None and again.deck != after:
        text = revising.edited(text, again.deck, after)
        again = parse(DeckText(text), path)
    if again.deck != after or any(problem.severity == "error" for problem in again.log.problems()):
        return []
    if any(code == "D208" for code, _ in places):
        text, _ = with_ids(again)
        fixed += [problem for (code, _), problem in places.items() if code == "D208"]
        last = parse(DeckText(text), path)
        if last.deck != after or not last.named or not all(item.named for item in last.items):
            raise DeckError(f"{path}: an id cannot be inserted safely into what is written here. Write `id: …` by hand.")
    if text != file.text:
        files.put(path, file.encode(text), instead_of=data)
    return sorted(fixed)


def keeps_from_mending(problem: Problem) -> bool:
    """Whether nothing is mended in a file with this problem: it cannot be studied, and what it means is for its author to say."""
    return problem.severity == "error" and problem.code not in ("D304", *_AFTERWARDS)


def _mended(draft: Draft, places: dict[tuple[str, str], Problem]) -> tuple[Deck, list[Problem]]:
    """Return the deck as it will be, and the problems it will have no more."""
    assert draft.deck is not None
    fixed: dict[Problem, None] = {}

    def told(code: str, node: Node) -> bool:
        """Whether this was complained of; then it is taken for fixed."""
        problem = places.get((code, draft.log.place(node)))
        if problem is not None:
            fixed[problem] = None
        return problem is not None

    questions = []
    for item in draft.items:
        question = _trimmed(item, told)
        question = _without_doubles(item, question, draft, told)
        question = _plainer(item, question, draft, told)
        questions.append(question)
    return msgspec.structs.replace(draft.deck, questions=tuple(questions)), list(fixed)


def _trimmed(item: Item, told: Any) -> Question:
    changes: dict[str, Any] = {}
    for place, text in texts_in(item.question):
        if text[:1] not in _SPACE and text[-1:] not in _SPACE:
            continue
        node = item.at(*place)
        if not (isinstance(node, Text) and node.value == text and told("D316", node)):
            continue
        key = str(place[0])
        if len(place) == 1:
            changes[key] = text.strip(_SPACE)
        else:
            texts = list(changes.get(key, getattr(item.question, key)))
            texts[int(place[1])] = text.strip(_SPACE)
            changes[key] = tuple(texts)
    return msgspec.structs.replace(item.question, **changes) if changes else item.question


def _without_doubles(item: Item, question: Question, draft: Draft, told: Any) -> Question:
    for code, key in (("D304", "distractors"), ("D311", "accept")):
        texts: tuple[str, ...] = getattr(question, key, ())
        if len(texts) + (code == "D311") < 2 or not _can_be_shuffled(item, key, draft):
            continue
        seen = {folded(question.answer)} if code == "D311" and isinstance(question, Plain) else set()
        kept = []
        for at, text in enumerate(texts):
            if folded(text) in seen and told(code, item.at(key, at)):
                continue
            seen.add(folded(text))
            kept.append(text)
        if len(kept) < len(texts):
            question = msgspec.structs.replace(question, **{key: tuple(kept)})
    return question


def _plainer(item: Item, question: Question, draft: Draft, told: Any) -> Question:
    """Sort numbers, and raise the word that turns a question round."""
    if not isinstance(question, Plain):
        return question
    numbers = numbers_of(question.distractors)
    if (
        numbers
        and isinstance(item.question, Plain)
        and _can_be_shuffled(item, "distractors", draft)
        and told("Q113", item.at("distractors"))
    ):
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        question = msgspec.structs.replace(question, distractors=tuple(question.distractors[at] for at in order))
    if (found := negative_in(question.question)) and told("Q107", item.at("question")):
        stem = question.question
        question = msgspec.structs.replace(question, question=stem[: found.start()] + found[0].upper() + stem[found.end() :])
    return question


def _spliced(draft: Draft, after: Deck) -> str:
    """Return the text with those texts changed that can be where they stand, less a space or with other letters, and no quote moved."""
    assert draft.file is not None
    text, pieces, at = draft.file.text, [], 0
    edits = []
    for item, question in zip(draft.items, after.questions, strict=True):
        for (place, old), (_, new) in zip(texts_in(item.question), texts_in(question), strict=False):
            node = item.at(*place)
            if old == new or not isinstance(node, Text) or node.value != old or not (new == old.strip(_SPACE) or len(new) == len(old)):
                continue
            start = node.start + (text[node.start] in "\"'")
            if text.startswith(old, start) and not text.startswith(("|", ">"), node.start):
                edits.append((start, start + len(old), new))
    for start, end, new in sorted(set(edits)):
        if start >= at:
            pieces += [text[at:start], new]
            at = end
    return "".join([*pieces, text[at:]])


def _can_be_shuffled(item: Item, key: str, draft: Draft) -> bool:
    """Whether taking things out of this list, or moving them, leaves every comment where it is and what it is about."""
    node = item.at(key)
    if not isinstance(node, Items) or not node.nodes or draft.file is None:
        return False
    text, last = draft.file.text, node.nodes[-1]
    end = last.start + (len(last.value) if isinstance(last, Text) else 0)
    if not node.flow:
        end = text.find("\n", end)
    return not _COMMENT.search(text, node.start, end if end >= 0 else len(text))
