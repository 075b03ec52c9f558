"""What can only be seen in the deck as a whole: what guessing pays, and questions that answer or repeat one another.

Every rule takes time in proportion to the deck's text: questions are held against those alone that share a rare word with them.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from quizzer.core.grading.lexicon import word_set
from quizzer.core.kinds import GAP, Cloze, Plain, Question, Statement
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.places import of_deck, stem_of
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook
from quizzer.deckfile.rules import folded
from quizzer.deckfile.wording import numbers_of

BOOK = Rulebook()
ENGLISH = Rulebook()

CHANCE = 0.01  # what happens more seldom by chance is told
LIKE = 92  # of 100: how alike two stems are that ask the same
SHARED = 0.6  # of the words of a stem that another one has, when that answers it
NEIGHBOURS = 12  # questions before it that one is held against for each of its rare words
LONGEST_KEY = 6  # words of a key that is looked for in other stems
_WORD = re.compile(r"[^\W_]+")
# where a question says that it comes from: all those of an article do so in the same words
_FROM = re.compile(
    r"\b(?:told|reported|quoted|written|described|according to|said|stated) in (?:[“\"«][^”\"»]*[”\"»](?: \([^)]*\))?|[A-Z]\w+ \d{4})"
)
_NAME = re.compile(r"[^\W\d_a-z]\w*|\w{1,3}")
_LITTLE = word_set(
    "a an and are as at be been but by did do does for from had has have he her his how in into is it its of on or she so than "
    "that the their them then there these they this those to was were what when where which while who whom whose why will with "
    "would year after before during first name"
)
_ORDER = word_set("after before during first")  # little words that make another question of the same words


@BOOK.deck("Q105")
def longest_is_not_mostly_right(draft: Draft) -> Found:
    """Keys that are the longest option too often."""
    longest, chances = 0, []
    for item in draft.items:
        question = item.question
        if isinstance(question, Plain) and question.distractors and _is_worded(question.answer):
            chances.append(1 / (1 + len(question.distractors)))
            longest += len(question.answer) > max(map(len, question.distractors))
    if chances and _at_least(longest, len(chances), sum(chances) / len(chances)) < CHANCE:
        message = f"the right answer is the longest option in {longest} of {len(chances)} questions"
        yield of_deck(draft), f"{message}, so guessing it pays. Shorten keys, or say more in distractors."


@BOOK.deck("Q106")
def places_cannot_be_guessed(draft: Draft) -> Found:
    """True too often, or by turns; the middle one of the numbers too often."""
    answers = [item.question.answer for item in draft.items if isinstance(item.question, Statement)]
    count = len(answers)
    for word, times in (("true", sum(answers)), ("false", count - sum(answers))):
        if count and 2 * _at_least(times, count, 0.5) < CHANCE:
            yield of_deck(draft), f"{times} of {count} statements are {word}, so guessing it pays. Turn some of them round."
    turns = sum(one != other for one, other in itertools.pairwise(answers))
    if count > 1 and 2 * _at_least(turns, count - 1, 0.5) < CHANCE:
        yield of_deck(draft), f"true and false come by turns in {count} statements. Mix them."
    ranks: Counter[str] = Counter()
    chances: defaultdict[str, float] = defaultdict(float)
    asked = 0
    for item in draft.items:
        question = item.question
        if (
            isinstance(question, Plain)
            and len(question.distractors) > 1
            and (numbers := numbers_of((question.answer, *question.distractors)))
        ):
            asked += 1
            rank, last = sorted(numbers).index(numbers[0]), len(numbers) - 1
            ranks["least" if rank == 0 else "greatest" if rank == last else "middle"] += 1
            for name, share in (("least", 1), ("greatest", 1), ("middle", last - 1)):
                chances[name] += share / len(numbers)
    for name, times in sorted(ranks.items()):
        if 3 * _at_least(times, asked, chances[name] / asked) < CHANCE:
            what = "neither the least nor the greatest" if name == "middle" else f"the {name}"
            yield of_deck(draft), f"of numbers, {what} is right in {times} of {asked} questions, so guessing it pays. Vary the distractors."


@ENGLISH.deck("Q119")
def no_answers_for_others(draft: Draft) -> Found:
    """A stem that tells another question's key in that question's words."""
    keys: defaultdict[tuple[str, ...], list[Item]] = defaultdict(list)
    for item in draft.items:
        if isinstance(item.question, Plain) and not item.question.answer.isdigit():
            words = tuple(_words(item.question.answer))
            words = words[1:] if words[:1] in (("the",), ("a",), ("an",)) else words
            if 0 < len(words) <= LONGEST_KEY and len("".join(words)) > 3:
                keys[words].append(item)
    if not keys:
        return
    lengths_of: defaultdict[str, set[int]] = defaultdict(set)
    for words in keys:
        lengths_of[words[0]].add(len(words))
    told: set[int] = set()
    content: dict[int, tuple[set[str], int]] = {}
    for other in draft.items:
        stem = _words(_told(other.question))
        if lengths_of.keys().isdisjoint(stem):
            continue
        own: set[str] | None = None
        for at, word in enumerate(stem):
            for length in lengths_of.get(word, ()):
                found = keys.get(tuple(stem[at : at + length]), ())
                for item in found[:NEIGHBOURS]:
                    if item is other or id(item) in told:
                        continue
                    if id(item) not in content:
                        asked = {*_words(_FROM.sub("", item.question.text))} - _LITTLE
                        content[id(item)] = asked - {*_words(str(item.question.answer))}, len(asked)  # type: ignore[union-attr]
                    if own is None:
                        own = set(_words(_FROM.sub("", other.question.text)))
                    mine, size = content[id(item)]
                    shared = len(mine & own)
                    if shared > 1 and shared >= SHARED * size and not _are_of_one_span(item.question, other.question):
                        told.add(id(item))
                        place = draft.log.place(stem_of(other))
                        answer = item.question.answer  # type: ignore[union-attr]
                        yield (
                            stem_of(item),
                            f"the question at {place} tells the answer {quoted(str(answer))}. Reword that one, or drop one.",
                        )


def _told(question: Question) -> str:
    """Return what a learner may read before any answer is given: a lone gap is never seen filled."""
    if isinstance(question, Cloze) and len(question.gaps) == 1:
        return GAP.sub("…", question.cloze)
    return question.text


def _are_of_one_span(one: Question, other: Question) -> bool:
    """Whether the same words are the evidence of both: then a fact is asked from two sides on purpose."""
    return any(
        first.source == second.source
        and first.start is not None
        and second.start is not None
        and first.start < second.start + len(second.quote)
        and second.start < first.start + len(first.quote)
        for first in one.evidence
        for second in other.evidence
    )


@BOOK.deck("Q120")
def nothing_is_asked_twice(draft: Draft) -> Found:
    """Nearly the same stem for the same key."""
    by_key: defaultdict[str, list[Item]] = defaultdict(list)
    for item in draft.items:
        if isinstance(item.question, Plain) and item.question.image is None:
            by_key[folded(item.question.answer)].append(item)
    if all(len(items) < 2 for items in by_key.values()):
        return
    from rapidfuzz import fuzz

    for items in by_key.values():
        if len(items) < 2:
            continue
        words = [[word for word in dict.fromkeys(_words(item.question.text)) if word not in _LITTLE] for item in items]
        often = Counter(word for some in words for word in some)
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for at, item in enumerate(items):
            rare = sorted(words[at], key=lambda word: (often[word], word))[:5]
            near = dict.fromkeys(before for word in rare for before in holders[word][-NEIGHBOURS:])
            for before in near:
                one, other = (folded(question.question.text) for question in (items[before], item))
                if one != other and _same_numbers(one, other) and (_same_words(one, other) or fuzz.token_set_ratio(one, other) >= LIKE):
                    place = draft.log.place(stem_of(items[before]))
                    yield stem_of(item), f"the question at {place} asks nearly the same, for the same key. Keep the better one."
                    break
            for word in rare:
                holders[word].append(at)


def _same_numbers(one: str, other: str) -> bool:
    return sorted(re.findall(r"\d+", one)) == sorted(re.findall(r"\d+", other))


def _same_words(one: str, other: str) -> bool:
    """Whether two stems have the same words that say something, three of them at least, in any order."""
    first, second = (set(_words(text)) - (_LITTLE - _ORDER) for text in (one, other))
    return first == second and len(first) > 2


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _is_worded(key: str) -> bool:
    """Whether the author chose the words of this key, so that it is no name and no number."""
    words: Sequence[str] = key.split()
    return len(words) > 1 and not any(map(str.isdigit, key)) and not all(_NAME.fullmatch(word.strip(".,;:'’\"")) for word in words[1:])


def _at_least(times: int, of: int, chance: float) -> float:
    """Return how probable it is that what happens with this chance happens ``times`` or more; 1 at the most."""
    if times <= of * chance or not 0 < chance < 1:
        return 1.0
    logs = math.log(chance), math.log1p(-chance)
    whole = math.lgamma(of + 1)
    terms = (
        math.exp(whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * logs[0] + (of - k) * logs[1]) for k in range(times, of + 1)
    )
    return min(1.0, sum(terms))
