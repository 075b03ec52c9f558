"""What makes a question worse than it need be: one function a rule, each a warning. Prose and an example are in ``codes``.

Only rules that are seldom wrong belong here. None keeps a deck from being studied.
"""

import re
from collections.abc import Iterator

from quizzer.core.grading.dates import dates
from quizzer.core.kinds import Cloze, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import AnswerType, Mode
from quizzer.deckfile import choice
from quizzer.deckfile.commas import halves
from quizzer.deckfile.draft import Draft, Item, behind
from quizzer.deckfile.images import images_of
from quizzer.deckfile.nodes import Items, Text
from quizzer.deckfile.places import stem_of
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook
from quizzer.deckfile.rules import folded, is_no_day
from quizzer.deckfile.samples import FIRST

BOOK = Rulebook()
ENGLISH = Rulebook()  # rules on English words

_ALL = re.compile(
    r"(all|any|both|each|every one|two|more than one) of (the )?(above|these|those|them)( \w+)?|"
    r"all (of )?(the )?(three|four|five)( of them)?|"
    r"all (of )?the (above|others?|answers?|options?|listed|named)( \w+)?( are (right|correct|true))?|"
    r"all are (right|correct|true)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"(none|neither|not (any|one)|no one) of (the )?(above|these|those|them)( \w+)?|"
    r"none of the (others?|answers?|options?|listed|named)( \w+)?( (is|are) (right|correct|true))?|none (is|are) (right|correct|true)",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\b(how (many|much)|(what|which) (share|part|proportion|fraction|percentage))\b", re.IGNORECASE)  # all may be right
_WORD = re.compile(r"\w+")
_WRITTEN_AS_LISTS = ("distractors", "accept", "answers", "order")
_WEB = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)
# language, script, region, variants, extensions; or private use alone
LANGUAGE = re.compile(
    r"[a-z]{2,3}(-[a-z]{3}){0,3}(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(-[a-wyz0-9](-[a-z0-9]{2,8})+)*(-x(-[a-z0-9]{1,8})+)?|x(-[a-z0-9]{1,8})+",
    re.IGNORECASE | re.ASCII,
)


@BOOK.deck("D208")
def ids_are_written(draft: Draft) -> Found:
    """Ids that still hang on the wording."""
    unnamed = [item for item in draft.items if not item.named]
    if draft.root is None or (draft.named and not unnamed):
        return
    count = f"{len(unnamed)} question{'s' if len(unnamed) > 1 else ''}"
    who = " and ".join([*(["the deck"] if not draft.named else []), *([count] if unnamed else [])])
    has = "have" if (not draft.named and unnamed) or len(unnamed) > 1 else "has"
    yield draft.root if not draft.named else unnamed[0].node, f"{who} {has} no id yet. Run `quizzer fmt {draft.path}`."


@BOOK.question("D310")
def mode_can_be_asked(item: Item) -> Found:
    """A mode that the question's cards do not have is passed over."""
    mode = item.question.mode
    if mode is None:
        return
    modes = next((card.modes for card in item.question.deal("deck")), ())
    if modes and mode not in modes:
        remedy = (
            "Add distractors" if mode in (Mode.CHOOSE, Mode.TYPE_THEN_CHOOSE) and isinstance(item.question, Plain) else "Remove the mode"
        )
        yield item.at("mode"), f"this question cannot be asked in the mode `{mode}`, only {', '.join(modes)}. {remedy}."


@BOOK.deck("D209")
def links_can_be_opened(draft: Draft) -> Found:
    """A link that is no web address."""
    if draft.deck is None or draft.root is None:
        return
    for number, source in enumerate(draft.deck.sources):
        if source.url and not _WEB.fullmatch(source.url):
            message = f"the url {quoted(source.url)} is not a web address. Begin it with https:// or http://."
            yield behind(draft.root, "sources", number, "url"), message


@BOOK.deck("D210")
def language_is_a_tag(draft: Draft) -> Found:
    """A language by its name, or with an underscore."""
    if draft.deck is not None and draft.root is not None and not LANGUAGE.fullmatch(draft.deck.language):
        message = f"{quoted(draft.deck.language)} is not a language tag (BCP 47). Write one like en, en-GB or zh-Hant."
        yield behind(draft.root, "language"), message


@BOOK.question("D317")
def the_first_question_is_written(item: Item) -> Found:
    """What a new deck begins with, left as it was."""
    if isinstance(item.question, Plain):
        if item.question.question == FIRST.question:
            yield stem_of(item), "the question that a new deck begins with is still here. Write your own over it, or remove it."
        elif item.question.answer == FIRST.answer:
            yield item.at("answer"), "the answer that a new deck begins with is still here. Write your own over it."


@BOOK.deck("D211")
def questions_differ(draft: Draft) -> Found:
    """The same question with the same key, under another id."""
    first: dict[tuple[str, ...], Item] = {}
    for item in draft.items:
        before = first.setdefault(_asked(item.question), item)
        if before is not item and before.question.id != item.question.id:
            place = draft.log.place(before.node)
            yield stem_of(item), f"this question, with this key, is asked at {place} too. Remove one."


@BOOK.deck("D212")
def ids_differ_in_more_than_case(draft: Draft) -> Found:
    """Two ids that are one but for their capitals."""
    first: dict[str, Item] = {}
    for item in draft.items:
        name = item.question.id
        before = first.setdefault(name.casefold(), item)
        if before.question.id != name and item.named and before.named:
            yield item.at("id"), f"the id {quoted(name)} differs only in case from {quoted(before.question.id)}. Change the newer one."


@BOOK.deck("D214")
def chosen_codes_are_known(draft: Draft) -> Found:
    """Codes to look for, or not, that are none."""
    if draft.deck is None or draft.root is None:
        return
    for key in ("select", "ignore"):
        for number, name in enumerate(getattr(draft.deck.lint, key)):
            if choice.is_unknown(name):
                message = f"there is no code {quoted(name)}. Write one (Q104), the beginning of some (Q1), or default"
                yield behind(draft.root, "lint", key, number), f"{message}."


@BOOK.question("D316")
def texts_have_no_space_around(item: Item) -> Found:
    """Spaces inside the quotes, at either end."""
    for path, text in texts_in(item.question):
        if text[:1] in " \t" or text[-1:] in " \t":
            node = item.at(*path)
            if isinstance(node, Text) and node.value == text:
                yield node, f"there is space around {quoted(text)}. Remove it, or run `quizzer check --fix`."


def texts_in(question: Question) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts of a question that are shown or graded, each with its place."""
    for key in ("question", "cloze", "statement", "answer", "explanation"):
        text = getattr(question, key, None)
        if isinstance(text, str) and text:
            yield (key,), text
    for key in ("accept", "distractors", "order", "answers", "hints"):
        for number, text in enumerate(getattr(question, key, ())):
            yield (key, number), text


@BOOK.deck("D213")
def declined_are_gone(draft: Draft) -> Found:
    """A question that is in the deck and on the list of those dropped."""
    if draft.deck is None or draft.root is None or not draft.deck.declined:
        return
    here = {question.id for question in draft.deck.questions}
    for number, name in enumerate(draft.deck.declined):
        if name in here:
            yield behind(draft.root, "declined", number), f"{quoted(name)} is declined, and a question of the deck. Remove one of the two."


@BOOK.question("D311", Plain)
def accepted_wordings_differ(item: Item) -> Found:
    """An accepted wording that is accepted already."""
    question = item.question
    assert isinstance(question, Plain)
    if not question.accept:
        return
    seen = {folded(question.answer)}
    for number, text in enumerate(question.accept):
        if folded(text) in seen:
            yield item.at("accept", number), f"{quoted(text)} is accepted already. Remove it here."
        seen.add(folded(text))


@BOOK.question("D312", Plain)
def key_is_a_date(item: Item) -> Found:
    """A key of ``type: date`` that cannot be read as a date."""
    question = item.question
    assert isinstance(question, Plain)
    if question.type is AnswerType.DATE and not dates(question.answer) and not is_no_day(question.answer):
        yield item.at("answer"), f"{quoted(question.answer)} cannot be read as a date. Write one, or remove `type: date`."


@BOOK.deck("D314")
def nothing_is_split(draft: Draft) -> Found:
    """A date or number in a list in brackets, split in two at its comma."""
    if draft.file is None:
        return
    for item in draft.items:
        for key, node in item.node.pairs:
            if type(node) is Items and node.flow and type(key) is Text and key.value in _WRITTEN_AS_LISTS:
                for first, second in halves(node, draft.file.text):
                    whole = draft.file.text[first.start : second.start + len(second.value)]
                    message = f"the comma makes two things of this: {quoted(first.value)} and {quoted(second.value)}"
                    yield first, f"{message}. Put it in quotes: {quoted(whole)}."


@ENGLISH.question("Q101", Plain)
def no_all_of_the_above(item: Item) -> Found:
    """ "All of the above" rewards knowing two options out of three."""
    yield from _options(item, _ALL, "Ask for a list (`answers:`), or write another distractor.")


@ENGLISH.question("Q102", Plain)
def no_none_of_the_above(item: Item) -> Found:
    """ "None of the above" shows what is wrong, not what is right."""
    yield from _options(item, _NONE, "Write another distractor.")


@BOOK.question("Q207", Plain, Cloze, List)
def stem_hides_its_key(item: Item) -> Found:
    """A stem that gives its answer away."""
    if not _may_name_key(item.question):
        return  # most stems, before anything is spent on them
    for card in item.question.deal("deck"):
        stem = f" {_words(card.stem)} "
        if " or " in stem:
            continue  # "Was it A or B?" names both
        for part in card.answer.parts:
            key = _words(part.key)
            if len(key) > 2 and f" {key} " in stem:
                yield stem_of(item), f"the answer {quoted(part.key)} stands in the question itself. Reword the question."


@BOOK.question("Q208", Plain, Cloze, List)
def hint_hides_its_key(item: Item) -> Found:
    """A hint that is the answer."""
    if not item.question.hints:
        return
    keys = [key for card in item.question.deal("deck") for part in card.answer.parts if len(key := _words(part.key)) > 2]
    for number, hint in enumerate(item.question.hints):
        if named := next((key for key in keys if f" {key} " in f" {_words(hint)} "), None):
            yield item.at("hints", number), f"this hint names the answer {quoted(named)}. Reword it."


@BOOK.question("D505")
def images_are_described(item: Item) -> Found:
    """An image of which who cannot see it is told nothing."""
    for key, image in images_of(item.question).items():
        if not image.alt.strip():
            yield item.at(key), f"`{key}` has no `alt`. Write what is to be seen: {{file: {image.file}, alt: …}}."


@BOOK.question("Q209", Plain, Cloze, List)
def alt_hides_its_key(item: Item) -> Found:
    """Words for an image that are the answer, read before it is given."""
    image = item.question.image
    if image is None:
        return
    keys = [key for card in item.question.deal("deck") for part in card.answer.parts if len(key := _words(part.key)) > 2]
    for name, text in (("alt", image.alt), ("credit", image.credit)):
        if named := next((key for key in keys if f" {key} " in f" {_words(text)} "), None):
            yield item.at("image", name), f"the `{name}` of this image names the answer {quoted(named)}. Reword it."


def _asked(question: Question) -> tuple[str, ...]:
    """Return what two questions share when they ask the same and want the same."""
    key: tuple[str, ...] = ()
    match question:
        case Plain() | Statement():
            key = (str(question.answer),)
        case Order():
            key = question.order
        case Match():
            key = tuple(sorted(f"{left}: {right}" for left, right in question.match))
        case List():
            key = tuple(sorted(question.answers))
    shown = question.image.file if question.image else ""  # "What is this?" may be asked of many images
    return (question.kind, folded(question.text), shown, *(folded(text) for text in key))


def _options(item: Item, pattern: re.Pattern[str], remedy: str) -> Found:
    question = item.question
    assert isinstance(question, Plain)
    for at, text in enumerate((question.answer, *question.distractors)):
        if pattern.fullmatch(text.strip(" .")) and not _HOW_MANY.search(question.question):
            node = item.at("distractors", at - 1) if at else item.at("answer")
            yield node, f"the option {quoted(text)} tests test-taking. {remedy}"


def _may_name_key(question: Question) -> bool:
    """Whether the longest word of a key stands in the stem, as a word or in one; of a gap, more often than in the gap."""
    stem = folded(question.text)
    match question:
        case Plain():
            return _longest(question.answer) in stem
        case Cloze():
            return any(stem.count(word := _longest(gap[0])) > folded(" ".join(gap)).count(word) for gap in question.gaps)
    return True


def _longest(key: str) -> str:
    return max(_WORD.findall(folded(key)), key=len, default="")


def _words(text: str) -> str:
    return " ".join(_WORD.findall(folded(text)))
