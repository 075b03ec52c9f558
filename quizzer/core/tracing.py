"""Where questions went: which question without progress is the one that progress is left of. Pure, and never guesses.

A question that left its deck is known again by its id and its key; one whose id is another, being made of words that changed, by its key
and like words. Where two could be meant, none is.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from quizzer.core.kinds import fingerprint
from quizzer.core.model import Answer, Part

ALIKE = 70  # of 100: from here on two ids are made of like words
WORDY = 3  # words from which on an id says what is asked, as `q1` does not

_NUMBER = re.compile(r"[a-z]*-?[0-9]+")  # an id that only says where a question stood
_YES_OR_NO = frozenset(fingerprint(Answer((Part(key),))) for key in ("True", "False", "Yes", "No"))  # as keys they say next to nothing


class Trace(msgspec.Struct, frozen=True, kw_only=True):
    """A question, by its ids and the fingerprints of its cards' keys: by gap ("" where there are none), "" where one is not known."""

    deck: str
    question: str
    keys: Mapping[str, str]


def traces(fingerprints: Mapping[str, str]) -> list[Trace]:
    """Return the questions of cards, given with the fingerprints of their keys."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for card, key in fingerprints.items():
        deck, _, rest = card.partition("/")
        question, _, gap = rest.partition("#")
        found.setdefault((deck, question), {})[gap] = key
    return [Trace(deck=deck, question=question, keys=keys) for (deck, question), keys in found.items()]


class Bearing:
    """What can have to do with where questions that left went: ``moved`` finds the same where it is given no others.

    Those are: in any deck the questions with one of the ``ids``; and all that ``touches`` in decks that have questions without progress,
    or that were one of the ``decks``.
    """

    def __init__(self, left: Sequence[Trace]) -> None:
        self.decks = frozenset(one.deck for one in left)
        self.ids = dict.fromkeys(one.question for one in left)  # in their order
        self._keys = frozenset(key for one in left for key in one.keys.values() if key)

    def touches(self, question: str, key: str) -> bool:
        """Whether a question of that id, one of whose keys has that fingerprint, has an id or a key of one that left."""
        return key in self._keys or question in self.ids


def moved(
    left: Sequence[Trace],
    new: Sequence[Trace],
    *,
    homes: Mapping[str, str],
    formerly: Mapping[str, Sequence[str]],
    met: Sequence[Trace] = (),
) -> list[tuple[Trace, Trace]]:
    """Return which of the questions ``left`` (of no deck any more) is which of the ``new`` ones (without progress), the surest first.

    Args:
        left: Questions with progress that no deck has.
        new: Questions of decks that have no progress.
        homes: As which card the entries of others count: the way a question went, it may come back.
        formerly: The ids that decks had before, or that were merged into them, by their ids.
        met: Questions of decks that have progress already: what is left of the same one elsewhere still joins it.
    """
    pairs: list[tuple[Trace, Trace]] = []
    gone, fresh = list(left), list(new)
    by_id = _grouped(fresh)
    numbered_alike = _numbered_alike(left, _grouped([*new, *met]))
    theirs, ours = _keys(left), _keys([*new, *met])
    called, numbered = _grouped([*new, *met]), _without_numbers([*new, *met])

    def comes_back(one: Trace, two: Trace) -> bool:
        return any(homes.get(f"{two.deck}/{two.question}{gap}") == f"{one.deck}/{one.question}{gap}" for gap in _gaps(one))

    def is_told(one: Trace, two: Trace) -> bool:
        return one.deck in formerly.get(two.deck, ())

    def may_have_kept_it(one: Trace, two: Trace) -> bool:
        return is_told(one, two) and any(other.deck == two.deck and _same_keys(one, other) for other in called.get(one.question, ()))

    def has_the_key(one: Trace, two: Trace) -> bool:
        if _NUMBER.fullmatch(one.question) and (one.deck, two.deck) not in numbered_alike:
            return False
        number = numbered.get((two.deck, one.question), ()) if is_told(one, two) else ()
        return one.deck != two.deck and _one_key(one, two) and not any(_same_keys(one, other) for other in number)

    def is_its_own(one: Trace, two: Trace) -> bool:
        return all(theirs[one.deck, key] == ours[two.deck, key] == 1 for key in one.keys.values() if key)

    for test in (comes_back, is_told, has_the_key):
        if test is not comes_back:
            by_id = _grouped([*fresh, *met])
        found = [(one, two) for one in gone for two in by_id.get(one.question, ()) if test(one, two)]
        if test is is_told:
            found = _told_apart(found, gone, fresh)
        pairs += _sure(found)
        gone, fresh, met = _without(gone, found, 0), _without(fresh, found, 1), _without(met, found, 1)
    by_key: dict[tuple[str, str, str], list[Trace]] = {}
    for one in gone:
        for gap, key in one.keys.items():
            by_key.setdefault((one.deck, gap, key), []).append(one)
    found = []
    for two in fresh:
        near: dict[tuple[str, str], Trace] = {}
        for deck in (two.deck, *formerly.get(two.deck, ())):
            for gap, key in two.keys.items():
                near |= {(one.deck, one.question): one for one in by_key.get((deck, gap, key), ())}
        like = [one for one in near.values() if _one_key(one, two, by_words=True) and (is_told(one, two) or is_its_own(one, two))]
        found += [(one, two) for one in like if _alike(one, two, told=is_told(one, two)) and not may_have_kept_it(one, two)]
    return pairs + _sure(found)


def _told_apart(found: Sequence[tuple[Trace, Trace]], left: Sequence[Trace], new: Sequence[Trace]) -> list[tuple[Trace, Trace]]:
    """Return which is which in decks that say what they were, where another question may have had the id there and kept it.

    The one that came was given a number behind its id then.
    """
    ids = {(one.deck, one.question) for one in left}
    fresh = {(two.deck, two.question) for two in new}
    numbered = _without_numbers(new)
    pairs: list[tuple[Trace, Trace]] = []
    for one, two in found:
        is_new = (two.deck, two.question) in fresh
        others = [
            other
            for other in numbered.get((two.deck, two.question), ())
            if (one.deck, other.question) not in ids and _same_keys(one, other)
        ]
        pairs += [(one, other) for other in others]
        if (is_new and _same_keys(one, two)) if others else (is_new or not _differ(one, two)):
            pairs.append((one, two))
    return pairs


def _differ(one: Trace, two: Trace) -> bool:
    return any(key and two.keys.get(gap) not in ("", key) for gap, key in one.keys.items())


def cards(one: Trace, two: Trace) -> dict[str, str]:
    """Return the cards of ``one``, each with the card of ``two`` that takes its place."""
    return {f"{one.deck}/{one.question}{gap}": f"{two.deck}/{two.question}{gap}" for gap in _gaps(one)}


def _one_key(one: Trace, two: Trace, *, by_words: bool = False) -> bool:
    """Whether all that is known of the keys of ``one`` is so of ``two``, and that says something."""
    says_something = not _YES_OR_NO.issuperset(key for key in one.keys.values() if key)
    return _same_keys(one, two) and (says_something or (not by_words and one.question.count("-") >= WORDY - 1))


def _same_keys(one: Trace, two: Trace) -> bool:
    """Whether all that is known of the keys of ``one``, and that is not nothing, is so of ``two``."""
    known = {gap: key for gap, key in one.keys.items() if key}
    return bool(known) and one.keys.keys() <= two.keys.keys() and all(two.keys[gap] == key for gap, key in known.items())


def _numbered_alike(left: Iterable[Trace], by_id: Mapping[str, Sequence[Trace]]) -> set[tuple[str, str]]:
    """Return the decks, gone and there, in which most numbers stand for the same key, and several do."""
    same: Counter[tuple[str, str]] = Counter()
    other: Counter[tuple[str, str]] = Counter()
    for one in left:
        for two in by_id.get(one.question, ()) if _NUMBER.fullmatch(one.question) else ():
            (same if _one_key(one, two) else other)[one.deck, two.deck] += 1
    return {decks for decks, count in same.items() if count > max(1, other[decks])}


def _keys(traces: Iterable[Trace]) -> Counter[tuple[str, str]]:
    """Return how many questions of each deck have which key."""
    return Counter((trace.deck, key) for trace in traces for key in {*trace.keys.values()})


def _alike(one: Trace, two: Trace, *, told: bool) -> bool:
    """Whether two ids are made of like words and the same numbers; or (``told`` that one deck was the other) differ by a number behind."""
    was, now = one.question, two.question
    if was == now:
        return False
    if told and now.startswith(f"{was}-") and now[len(was) + 1 :].isdigit():
        return True
    numbers = [sorted(word for word in name.split("-") if word.isdigit()) for name in (was, now)]
    if min(was.count("-"), now.count("-")) < WORDY - 1 or numbers[0] != numbers[1]:
        return False
    from rapidfuzz import fuzz  # seldom needed

    return fuzz.token_sort_ratio(was.replace("-", " "), now.replace("-", " ")) >= ALIKE


def _sure(found: Sequence[tuple[Trace, Trace]]) -> list[tuple[Trace, Trace]]:
    """Return the pairs of which neither could be another's."""
    of_one = Counter((one.deck, one.question) for one, _ in found)
    of_two = Counter((two.deck, two.question) for _, two in found)
    return [(one, two) for one, two in found if of_one[one.deck, one.question] == of_two[two.deck, two.question] == 1]


def _without(traces: Iterable[Trace], found: Sequence[tuple[Trace, Trace]], place: int) -> list[Trace]:
    """Return those that are in none of the pairs: where it is unclear which is meant, nothing less sure decides."""
    used = {(pair[place].deck, pair[place].question) for pair in found}
    return [trace for trace in traces if (trace.deck, trace.question) not in used]


def _grouped(traces: Iterable[Trace]) -> dict[str, list[Trace]]:
    found: dict[str, list[Trace]] = {}
    for trace in traces:
        found.setdefault(trace.question, []).append(trace)
    return found


def _without_numbers(traces: Iterable[Trace]) -> dict[tuple[str, str], list[Trace]]:
    """Return those whose id ends in a number, by deck and the id without it: where an id was taken, one was put behind."""
    found: dict[tuple[str, str], list[Trace]] = {}
    for trace in traces:
        name, _, number = trace.question.rpartition("-")
        if name and number.isdigit():
            found.setdefault((trace.deck, name), []).append(trace)
    return found


def _gaps(trace: Trace) -> list[str]:
    return [f"#{gap}" if gap else "" for gap in trace.keys]
