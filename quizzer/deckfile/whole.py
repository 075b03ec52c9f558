"""What can only be seen in the deck as a whole: what guessing pays, and questions that answer or repeat one another.

Every rule takes time in proportion to the deck's text: questions are held against those alone that share a rare word with them.
"""

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from quizzer.core.grading.lexicon import word_set
from quizzer.core.kinds import Plain, Statement
from quizzer.deckfile import telling
from quizzer.deckfile.draft import Draft, Item
from quizzer.deckfile.places import of_deck, stem_of
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook
from quizzer.deckfile.rules import folded
from quizzer.deckfile.telling import LITTLE, NEIGHBOURS, words_of
from quizzer.deckfile.wording import numbers_of

BOOK = Rulebook()
ENGLISH = Rulebook()

CHANCE = 0.01  # what happens more seldom by chance is told
LIKE = 92  # of 100: how alike two stems are that ask the same
_NAME = re.compile(r"[^\W\d_a-z]\w*|\w{1,3}")
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
    for told, teller in telling.tellers([item.question for item in draft.items]):
        item, other = draft.items[told], draft.items[teller]
        place, answer = draft.log.place(stem_of(other)), getattr(item.question, "answer", "")
        yield stem_of(item), f"the question at {place} tells the answer {quoted(str(answer))}. Reword that one, or drop one."


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
        words = [[word for word in dict.fromkeys(words_of(item.question.text)) if word not in LITTLE] for item in items]
        often = Counter(word for some in words for word in some)
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for at, item in enumerate(items):
            rare = sorted(words[at], key=lambda word: (often[word], word))[:5]
            near = dict.fromkeys(before for word in rare for before in holders[word][-NEIGHBOURS:])
            for before in near:
                one, other = (folded(question.question.text) for question in (items[before], item))
                if one != other and _same_numbers(one, other) and (_samewords_of(one, other) or fuzz.token_set_ratio(one, other) >= LIKE):
                    place = draft.log.place(stem_of(items[before]))
                    yield stem_of(item), f"the question at {place} asks nearly the same, for the same key. Keep the better one."
                    break
            for word in rare:
                holders[word].append(at)


def _same_numbers(one: str, other: str) -> bool:
    return sorted(re.findall(r"\d+", one)) == sorted(re.findall(r"\d+", other))


def _samewords_of(one: str, other: str) -> bool:
    """Whether two stems have the same words that say something, three of them at least, in any order."""
    first, second = (set(words_of(text)) - (LITTLE - _ORDER) for text in (one, other))
    return first == second and len(first) > 2


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
