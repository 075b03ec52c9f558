"""What makes a question worse than it need be: one function a rule, each a warning. Prose and an example are in ``codes``.

Only rules that are seldom wrong belong here. None keeps a deck from being studied.
"""

import re

from quizzer.core.kinds import Cloze, List, Plain
from quizzer.core.model import Mode
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.nodes import Node
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook
from quizzer.deckfile.rules import folded

BOOK = Rulebook()
ENGLISH = Rulebook()  # rules on English words

_ALL = re.compile(r"(all|any|both|each|every one|two|more than one) of (the )?(above|these|those)|(both )?[a-e] (and|&) [a-e]( only)?")
_NONE = re.compile(r"(none|neither) of (the )?(above|these|those)")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]")
_RELATIVE = re.compile(
    r"\b(today|yesterday|tomorrow|tonight|currently|recently|nowadays|(?:last|this|next) (?:week|month|year|"
    r"spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\b(?:on|since|until|by) ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_DATED = re.compile(r"\b(?:1[0-9]|20)\d\d\b")


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
        remedy = "Add distractors" if mode is Mode.CHOOSE and isinstance(item.question, Plain) else "Remove the mode"
        yield item.at("mode"), f"this question cannot be asked in the mode `{mode}`, only {', '.join(modes)}. {remedy}."


@ENGLISH.question("Q101", Plain)
def no_all_of_the_above(item: Item) -> Found:
    """ "All of the above" rewards knowing two options out of three."""
    yield from _options(item, _ALL, "Ask for a list (`answers:`), or write another distractor.")


@ENGLISH.question("Q102", Plain)
def no_none_of_the_above(item: Item) -> Found:
    """ "None of the above" shows what is wrong, not what is right."""
    yield from _options(item, _NONE, "Write another distractor.")


@ENGLISH.question("Q205")
def no_relative_time(item: Item) -> Found:
    """Words that mean another day tomorrow."""
    question = item.question
    if question.as_of:
        return
    text = _QUOTED.sub("", question.text)
    match = _RELATIVE.search(text) or (None if _DATED.search(text) else _WEEKDAY.search(text))
    if match:
        yield _stem(item), f"{quoted(match[1])} will mean another time when this is asked. Write the date, or add `as_of`."


@BOOK.question("Q207", Plain, Cloze, List)
def stem_hides_its_key(item: Item) -> Found:
    """A stem that gives its answer away."""
    for card in item.question.deal("deck"):
        stem = f" {_words(card.stem)} "
        if " or " in stem:
            continue  # "Was it A or B?" names both
        for part in card.answer.parts:
            key = _words(part.key)
            if len(key) > 2 and f" {key} " in stem:
                yield _stem(item), f"the answer {quoted(part.key)} stands in the question itself. Reword the question."


def _stem(item: Item) -> Node:
    for key in ("cloze", "statement", "question"):
        node = item.at(key)
        if node is not item.node:
            return node
    return item.node


def _options(item: Item, pattern: re.Pattern[str], remedy: str) -> Found:
    assert isinstance(item.question, Plain)
    for number, text in enumerate(item.question.distractors):
        if pattern.fullmatch(folded(text).rstrip(".")):
            yield item.at("distractors", number), f"the option {quoted(text)} tests test-taking. {remedy}"
    if pattern.fullmatch(folded(item.question.answer).rstrip(".")):
        yield item.at("answer"), f"the option {quoted(item.question.answer)} tests test-taking. {remedy}"


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))
