"""What must hold of a deck before it can be studied: one function a rule. Prose and an example of each are in ``codes``."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from quizzer.core.grading.dates import dates
from quizzer.core.kinds import MOST_LEFTS, MOST_RIGHTS, Cloze, List, Match, Order, Plain
from quizzer.core.model import AnswerType
from quizzer.deckfile import images, options
from quizzer.deckfile.draft import Draft, Item, behind
from quizzer.deckfile.naming import is_id
from quizzer.deckfile.nodes import Table
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook
from quizzer.deckfile.shapes import key_node

BOOK = Rulebook()

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_END_OF_MONTH = re.compile(r"(?<!\d)(?:29|[3-9]\d)(?!\d)")
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
FOLDED = 4096  # texts of which the outcome is kept: rule after rule asks for those of a question
_OTHERWISE = "Remove it; or write `mode: choose`, if their signs are what is asked."
_ID_REMEDY = "Use the letters a to z, digits, hyphen, dot and underscore."


@lru_cache(maxsize=FOLDED)
def folded(text: str) -> str:
    """Return ``text`` as options are compared: case, width, ligatures and spacing aside."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


@BOOK.deck("D202")
def id_characters(draft: Draft) -> Found:
    """Ids that cannot be part of a card's id."""
    if draft.deck is None or draft.root is None:
        return
    if draft.named and draft.deck.id and not is_id(draft.deck.id):
        yield behind(draft.root, "id"), f"the deck id {quoted(draft.deck.id)} cannot be used. {_ID_REMEDY}"
    for item in draft.items:
        if item.named and not is_id(item.question.id):
            yield item.at("id"), f"the question id {quoted(item.question.id)} cannot be used. {_ID_REMEDY}"


@BOOK.deck("D203")
def question_ids_differ(draft: Draft) -> Found:
    """Two questions of one id would share their progress."""
    first: dict[str, Item] = {}
    for item in draft.items:
        before = first.setdefault(item.question.id, item)
        if before is not item:
            place = draft.log.place(before.at("id"))
            remedy = "It is the same question: remove one." if before.question == item.question else "Change the newer one."
            yield item.at("id"), f"the id {quoted(item.question.id)} is also that of the question at {place}. {remedy}"


@BOOK.deck("D204")
def source_ids_differ(draft: Draft) -> Found:
    """Evidence could not say which of two sources of one id it means."""
    if draft.deck is None or draft.root is None:
        return
    seen: set[str] = set()
    for number, source in enumerate(draft.deck.sources):
        if source.id in seen:
            yield behind(draft.root, "sources", number, "id"), f"a second source has the id {quoted(source.id)}. Change one."
        seen.add(source.id)


@BOOK.deck("D206")
def dates_sort(draft: Draft) -> Found:
    """Dates that do not sort, or are no day of the calendar."""
    if draft.deck is None or draft.root is None:
        return
    for number, source in enumerate(draft.deck.sources):
        if source.date and not _is_date(source.date):
            yield behind(draft.root, "sources", number, "date"), _no_date(source.date)
    for item in draft.items:
        if item.question.as_of and not _is_date(item.question.as_of):
            yield item.at("as_of"), _no_date(item.question.as_of)


@BOOK.deck("D207")
def source_hashes(draft: Draft) -> Found:
    """A hash that cannot be that of any article."""
    if draft.deck is None or draft.root is None:
        return
    for number, source in enumerate(draft.deck.sources):
        if source.sha256 and not _SHA256.fullmatch(source.sha256):
            node = behind(draft.root, "sources", number, "sha256")
            yield node, f"the sha256 {quoted(source.sha256, longest=20)} is not 64 hexadecimal digits. Copy it again, or remove it."


@BOOK.deck("D401")
def evidence_has_its_source(draft: Draft) -> Found:
    """Evidence from a source that the deck does not list."""
    if draft.deck is None or draft.root is None:
        return
    if not draft.deck.sources and key_node(draft.root, "sources") is not draft.root:
        return  # they could not be read, which was said
    known = {source.id for source in draft.deck.sources}
    for item in draft.items:
        for number, evidence in enumerate(item.question.evidence):
            if evidence.source not in known:
                listed = f"Listed are {', '.join(sorted(known)[:5])}." if known else "The deck lists none: add it to `sources`."
                yield item.at("evidence", number, "source"), f"no source has the id {quoted(evidence.source)}. {listed}"


@BOOK.question("D402")
def passage_holds_quote(item: Item) -> Found:
    """A quote that does not stand in its passage, or not where it is said to stand."""
    for number, evidence in enumerate(item.question.evidence):
        if not evidence.passage:
            continue
        if evidence.start is None or evidence.passage_start is None:
            if evidence.quote not in evidence.passage:
                yield item.at("evidence", number, "quote"), "this quote is not in its passage. Copy it word for word."
        elif evidence.start < evidence.passage_start or not evidence.passage.startswith(
            evidence.quote, evidence.start - evidence.passage_start
        ):
            at = evidence.passage.find(evidence.quote)
            remedy = "Copy it word for word." if at < 0 else f"It is at {evidence.passage_start + at}: mend `start` or `passage_start`."
            yield item.at("evidence", number, "quote"), f"this quote is not at {evidence.start} of its passage. {remedy}"


@BOOK.question("D303", Plain)
def key_is_no_distractor(item: Item) -> Found:
    """A right answer among the wrong ones."""
    question = item.question
    assert isinstance(question, Plain)
    if not question.distractors:
        return
    right = {folded(question.answer)} if not question.accept else {folded(text) for text in (question.answer, *question.accept)}
    for number, text in enumerate(question.distractors):
        if folded(text) in right:
            what = "the key" if folded(text) == folded(question.answer) else "an accepted answer"
            yield item.at("distractors", number), f"{what} {quoted(text)} stands among the distractors. Remove it there."
    for number in options.rights_among(question) if options.is_typed(question) else ():
        text = question.distractors[number]
        if folded(text) not in right:
            message = f"the distractor {quoted(text)} says the same as the key {quoted(question.answer)}. {_OTHERWISE}"
            yield item.at("distractors", number), message


@BOOK.question("D304", Plain)
def distractors_differ(item: Item) -> Found:
    """The same wrong option twice."""
    question = item.question
    assert isinstance(question, Plain)
    yield from _doubles(item, "distractors", question.distractors, "distractor")
    if len(question.distractors) < 2 or not options.is_typed(question):
        return
    seen = [folded(text) for text in question.distractors]
    for number in options.doubles_among(question):
        if seen[number] not in seen[:number]:
            text = question.distractors[number]
            yield item.at("distractors", number), f"the distractor {quoted(text)} says the same as one before it. {_OTHERWISE}"


@BOOK.question("D313", Plain)
def day_exists(item: Item) -> Found:
    """A key that is a day of no calendar."""
    question = item.question
    assert isinstance(question, Plain)
    if question.type is AnswerType.DATE and is_no_day(question.answer):
        yield item.at("answer"), f"{quoted(question.answer)} is not in the calendar. Mend it."


def is_no_day(text: str) -> bool:
    """Whether ``text`` is written as a day, and the month has no such day."""
    return not dates(text) and any(dates(f"{text[: day.start()]}28{text[day.end() :]}") for day in _END_OF_MONTH.finditer(text[:100]))


@BOOK.question("D307", Order, Match, List)
def things_differ(item: Item) -> Found:
    """The same thing twice among those to be ordered or named."""
    question = item.question
    if isinstance(question, Order):
        yield from _doubles(item, "order", question.order, "thing")
    elif isinstance(question, Match):
        table = item.at("match")
        for number, message in _same(tuple([left for left, _ in question.match]), "left"):
            yield key_node(table, question.match[number][0]) if isinstance(table, Table) else table, message
    elif isinstance(question, List):
        yield from _doubles(item, "answers", tuple([text.split("|")[0] for text in question.answers]), "answer")


@BOOK.question("D303", Match)
def right_is_no_distractor(item: Item) -> Found:
    """What goes with a left among what goes with none."""
    question = item.question
    assert isinstance(question, Match)
    rights = {folded(right) for _, right in question.match}
    for number, text in enumerate(question.distractors):
        if folded(text) in rights:
            yield item.at("distractors", number), f"{quoted(text)} goes with a left, and stands among the distractors. Remove it there."


@BOOK.question("D304", Match)
def wrong_rights_differ(item: Item) -> Found:
    """The same wrong right twice."""
    assert isinstance(item.question, Match)
    yield from _doubles(item, "distractors", item.question.distractors, "distractor")


@BOOK.question("D315", Match)
def pairs_can_be_shown(item: Item) -> Found:
    """More to be matched than there are keys for, and rights that read alike."""
    question = item.question
    assert isinstance(question, Match)
    if len(question.match) > MOST_LEFTS:
        yield item.at("match"), f"{len(question.match)} pairs are too many: there are keys for {MOST_LEFTS}. Make two questions of it."
    elif len(question.rights) > MOST_RIGHTS:
        message = f"{len(question.rights)} things on the right are too many: there are keys for {MOST_RIGHTS}. Remove distractors."
        yield item.at("distractors"), message
    if len({folded(right) for _, right in question.match}) == 1:
        yield item.at("match"), "all rights are the same, so there is nothing to match. Mend them."


@BOOK.question("D305", Cloze)
def cloze_has_a_gap(item: Item) -> Found:
    """A sentence with nothing to fill in."""
    assert isinstance(item.question, Cloze)
    text = item.question.cloze
    if "{{" not in text and "}}" not in text:
        yield item.at("cloze"), "this cloze has no gap. Put the key in double braces: {{key}}."


@BOOK.question("D306", Cloze)
def gaps_are_whole(item: Item) -> Found:
    """Braces that open no gap or close none, and gaps with nothing in them."""
    assert isinstance(item.question, Cloze)
    text = item.question.cloze
    rest = text
    while rest:
        opens, closes = rest.find("{{"), rest.find("}}")
        if opens < 0 and closes < 0:
            return
        if opens < 0 or 0 <= closes < opens:
            yield item.at("cloze"), "a gap is closed by }} that was never opened. Write {{ before the key."
            return
        if closes < 0 or 0 <= rest.find("{{", opens + 2) < closes:
            yield item.at("cloze"), "a gap is opened by {{ and not closed. Write }} behind the key."
            return
        wordings = rest[opens + 2 : closes].split("|")
        if not all(wording.strip() for wording in wordings):
            yield item.at("cloze"), "a gap of this cloze has an empty wording. Write {{key}} or {{key|also right}}."
        rest = rest[closes + 2 :]


@BOOK.question("D308", List)
def wordings_are_whole(item: Item) -> Found:
    """A bar with nothing on one of its sides."""
    assert isinstance(item.question, List)
    for number, text in enumerate(item.question.answers):
        if not all(wording.strip() for wording in text.split("|")):
            yield item.at("answers", number), f"{quoted(text)} has an empty wording beside a bar. Write `key|also right`."


@BOOK.question("D501")
def images_are_beside(item: Item) -> Found:
    """An image that is to be taken from elsewhere than the deck's folder."""
    for key, image in images.images_of(item.question).items():
        if not images.is_beside(image.file):
            yield item.at(key, "file"), str(images.outside(image.file))


def _doubles(item: Item, key: str, texts: tuple[str, ...], noun: str) -> Found:
    for number, message in _same(texts, noun):
        yield item.at(key, number), message


def _same(texts: tuple[str, ...], noun: str) -> Iterator[tuple[int, str]]:
    keys = [folded(text) for text in texts]
    if len(set(keys)) == len(keys):
        return
    seen: set[str] = set()
    for number, text in enumerate(texts):
        if keys[number] in seen:
            yield number, f"the {noun} {quoted(text.strip())} is listed twice. Remove one."
        seen.add(keys[number])


def _no_date(text: str) -> str:
    if is_no_day(text):
        return f"{quoted(text)} is not in the calendar. Mend it."
    (found, *others) = dates(text) or (None,)
    written = "YYYY-MM-DD, YYYY-MM or YYYY"
    if found and not others and found.year and set(found.fields) <= {"year", "month", "day"} and not found.note:
        fields = [f"{value:02}" for value in found.fields.values()]
        written = "-".join(fields) if _is_date("-".join(fields)) else written
    return f"{quoted(text)} is not a date as decks write it. Write {written}."


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if match is None:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
