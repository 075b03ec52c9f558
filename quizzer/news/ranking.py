"""Which questions a deck keeps, and their order: best first, no sort crowding out the rest, no two neighbours from one span."""

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from quizzer.news.excerpts import normal
from quizzer.news.facts import Fact, Gapped, Holding, Saying, Sort, support
from quizzer.news.nearness import Near
from quizzer.news.values import Span
from quizzer.news.words import FUNCTION_WORDS, word_set

SAID_SHARE = 4  # one question in four may ask who said something
FEW = 3  # so many of them a small deck may always have
ROLE_SHARE = 2  # one in two may ask for a post, a state, a party
PER_PERSON = 2  # questions about what one person is
PER_SPAN = 4  # questions one sentence may give
GAPS = 2  # gaps of one sentence
PER_EVENT = 4  # questions one event may give, in whatever words it is told
LIKE = 0.5  # share of words in common from which two questions, with their keys, are of one event

_ASKING = FUNCTION_WORDS | word_set("whom whose year month date organisation according percentage long old")

# When its article told it: the same for all of an article's questions.
_WHEN_TOLD = re.compile(r",? ?\b[Aa]s reported in [A-Z][a-z]+ \d{4}|\bwas quoted in [A-Z][a-z]+ \d{4} as\b|\bAs of [A-Z][a-z]+ \d{4}")


class Candidate(msgspec.Struct, frozen=True):
    """A fact with its stem; ``text`` is what is asked, perhaps under its article's heading.

    ``worth`` is the chance, 0 to 1, that it is a good question.
    """

    fact: Fact
    stem: str
    text: str
    worth: float = 0.5

    def told(self) -> frozenset[str]:
        """Return the words that tell what it is about: of its stem and of its key."""
        own = _WHEN_TOLD.sub("", self.stem)
        return frozenset(re.findall(r"[a-z0-9]{2,}", f"{own} {self.fact.answer.text}".lower())) - _ASKING


def choose(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Return the candidates a deck keeps, in order, and the others with the reason."""
    ordered = sorted(candidates, key=lambda one: (one.fact.sort is Sort.CLOZE, -one.worth, one.stem))  # a gap is for what no question asks
    dropped: list[tuple[Candidate, str]] = []
    kept: list[Candidate] = []
    stems: set[str] = set()
    spans: dict[str, list[Span]] = defaultdict(list)  # by article
    gaps: dict[str, list[Span]] = defaultdict(list)  # sentences with a gap
    beside: dict[str, list[Candidate]] = defaultdict(list)  # those asked, by the articles that support them
    people: dict[str, list[Candidate]] = defaultdict(list)  # what was asked of somebody
    asked: list[Candidate] = []
    told = [candidate.told() for candidate in ordered]
    near = Near(told, share=LIKE, both=True)
    words: list[frozenset[str]] = []  # of each one asked
    instead: dict[int, Candidate] = {}  # by the place of who said something: the same words with a gap
    for candidate, own in zip(ordered, told, strict=True):
        span = candidate.fact.evidence[0]
        alike = [asked[at] for at in near.of(own) if _alike(candidate, asked[at], own, words[at])]
        if candidate.stem.lower() in stems or any(other.fact.answer.same == candidate.fact.answer.same for other in alike):
            dropped.append((candidate, "the same question is asked already"))
        elif candidate.fact.sort is Sort.CLOZE and any(_answers(other, candidate) for other in _beside(candidate, beside)):
            dropped.append((candidate, "its fact is asked about already"))
        elif (twin := _twin(candidate, asked)) is not None:
            instead.setdefault(twin, candidate)
        elif len(alike) >= PER_EVENT:
            dropped.append((candidate, "its event is asked about enough"))
        elif isinstance(candidate.fact.frame, Holding) and not _new_of(candidate, people[candidate.fact.frame.person]):
            dropped.append((candidate, "what this person is was asked about enough"))
        elif candidate.fact.sort is not Sort.ORDER and sum(_overlap(span, other) for other in spans[span.article]) >= PER_SPAN:
            dropped.append((candidate, "its sentence is asked about enough"))
        elif candidate.fact.sort is Sort.CLOZE and sum(_overlap(span, other) for other in gaps[span.article]) >= GAPS:
            dropped.append((candidate, "its sentence has gaps enough"))
        else:
            stems.add(candidate.stem.lower())
            if candidate.fact.sort is not Sort.ORDER:  # which asks of many sentences
                spans[span.article].append(span)
            if candidate.fact.sort is Sort.CLOZE:
                gaps[span.article].append(span)
            near.add(own, len(asked))
            words.append(own)
            asked.append(candidate)
            if isinstance(candidate.fact.frame, Holding):
                people[candidate.fact.frame.person].append(candidate)
            for article in {one.article for one in support(candidate.fact)}:
                beside[article].append(candidate)
    others = sum(one.fact.sort not in (Sort.SAID, Sort.CLAIM) for one in asked)
    room = {Sort.SAID: max(FEW, others // (SAID_SHARE - 1)), Sort.ROLE: max(FEW, len(asked) // ROLE_SHARE)}
    for place, candidate in enumerate(asked):
        sort = Sort.SAID if candidate.fact.sort is Sort.CLAIM else candidate.fact.sort
        if sort in room:
            if not room[sort]:
                dropped.append((candidate, f"enough questions of the sort “{sort}”"))
                kept += [other] if (other := instead.pop(place, None)) is not None else []
                continue
            room[sort] -= 1
        kept.append(candidate)
    dropped += [(other, "who said it is asked already") for other in instead.values()]
    return _spread(sorted(kept, key=lambda one: (-one.worth, one.stem))), dropped


def _twin(candidate: Candidate, asked: Sequence[Candidate]) -> int | None:
    """Return the place of the question who said the words of a quotation with a gap, if there is one."""
    frame = candidate.fact.frame
    if not isinstance(frame, Gapped) or not frame.said:
        return None
    own = normal(frame.said)
    for place, other in enumerate(asked):
        if isinstance(other.fact.frame, Saying) and ((words := normal(other.fact.frame.words)) in own or own in words):
            return place
    return None


def _beside(candidate: Candidate, beside: Mapping[str, Sequence[Candidate]]) -> Iterator[Candidate]:
    for article in {span.article for span in support(candidate.fact)}:
        yield from beside.get(article, ())


def _answers(other: Candidate, candidate: Candidate) -> bool:
    """Whether another question of the same sentence has the same answer."""
    one, two = other.fact.answer, candidate.fact.answer
    return _share(candidate, other) and (one.same == two.same or one.text.lower() == two.text.lower())


def _new_of(candidate: Candidate, others: Sequence[Candidate]) -> bool:
    """Whether what somebody is has not been asked for already, nor told by the key or the words of another question."""
    if len(others) >= PER_PERSON or any(_share(candidate, other) for other in others):
        return False
    key = candidate.fact.answer.text.lower()
    return not any(key in f"{other.stem} {other.fact.answer.text}".lower() or other.fact.answer.text.lower() in key for other in others)


def _alike(one: Candidate, other: Candidate, told: frozenset[str], others: frozenset[str]) -> bool:
    """Whether two questions are of one event: most of their words are the same. Two amounts are two facts."""
    if one.fact.sort is other.fact.sort is Sort.COUNT and one.fact.answer.same != other.fact.answer.same:
        return False
    if isinstance(one.fact.frame, Holding) or isinstance(other.fact.frame, Holding):
        return False
    return len(told & others) >= LIKE * len(told | others)


def _spread(kept: Sequence[Candidate]) -> list[Candidate]:
    """Return them best first, but with no two neighbours that share a span; what is left over goes as far back as it can."""
    waiting = deque(kept)
    order: list[Candidate] = []
    while waiting:
        passed: list[Candidate] = []
        while waiting and order and _share(order[-1], waiting[0]):
            passed.append(waiting.popleft())
        if waiting:
            order.append(waiting.popleft())
        else:
            left = passed.pop(0)
            order.insert(_place(order, left), left)
        waiting.extendleft(reversed(passed))
    return order


def _place(order: Sequence[Candidate], left: Candidate) -> int:
    """Return the last place where a question has no neighbour that shares a span with it, or the end."""
    for at in range(len(order) - 1, -1, -1):
        if not _share(order[at], left) and not (at and _share(order[at - 1], left)):
            return at
    return len(order)


def _share(one: Candidate, other: Candidate) -> bool:
    return any(_overlap(span, twin) for span in support(one.fact) for twin in support(other.fact))


def _overlap(one: Span, other: Span) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
