"""A deck brought up to date with articles that were read again: what is kept, moved, new, and stale.

Pure, and nothing is decided here: what is new is proposed, what is stale is listed. Ids are kept, the author's words win over the
generator's, and an article that did not change changes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import msgspec

from quizzer.authoring.placing import placed
from quizzer.core.kinds import Cloze, Deck, List, Match, Order, Plain, Question, Statement, slug
from quizzer.core.model import Evidence, Source
from quizzer.core.proposals import Proposal, Reading

_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")
_CUT = re.compile(r"…|\.\.\.|\[[^\]]*\]")
_WORD = re.compile(r"\w+")
FEWEST, MOST = 3, 0.6  # pieces of evidence by which an article is known, and the share of them that must stand in it
NEAR = 0.8  # share of words two stems must have in common to be one question in other words


class Renewal(msgspec.Struct, frozen=True, kw_only=True):
    """What renewing found.

    ``new`` are the proposals that are in the deck neither as they are nor in other words, and were not declined; their ids are
    free. ``moved`` is the evidence, by question id, of questions whose evidence stands elsewhere now. ``stale`` are the ids of
    questions whose evidence is no longer in its article. ``sources`` are the articles given, under the deck's ids of them.
    ``known`` counts the proposals that are in the deck, ``declined`` those its author did not want.
    """

    new: tuple[Proposal, ...]
    moved: Mapping[str, tuple[Evidence, ...]]
    stale: tuple[str, ...]
    sources: tuple[Source, ...]
    known: int = 0
    declined: int = 0


def renew(deck: Deck, proposals: Sequence[Proposal], readings: Sequence[Reading]) -> Renewal:
    """Return what ``readings``, read again or for the first time, and the ``proposals`` made from them change in ``deck``.

    Articles are told by the hash of their text, the id of their source, their address, the name of their file, or by most of the
    deck's evidence standing in them. What the deck
    has from articles that are not among the readings is left alone, and so is evidence that has no ``start``.
    """
    names = _identified(deck, readings)
    given = {names[reading.source.id]: reading for reading in readings}
    unchanged = {source.id for source in deck.sources if source.id in given and source.sha256 == given[source.id].source.sha256}
    offered = [_renamed(proposal, names) for proposal in proposals]
    fresh = {(one.source, one.start, one.quote): one for proposal in reversed(offered) for one in proposal.question.evidence}
    where = {question.id: _placed(question, given, unchanged, fresh) for question in deck.questions}
    stale = {question.id for question in deck.questions if _is_lost(question, where[question.id])}
    misquoting = {question.id for question in deck.questions if question.id in stale and _misquotes(question, given)}
    pairs = _pairs(deck, offered, where, stale, misquoting)
    moved: dict[str, tuple[Evidence, ...]] = {}
    for question in deck.questions:
        found = zip(question.evidence, where[question.id], strict=True)
        evidence = tuple(now or old for old, now in found if now is not None or old.source in unchanged)
        if question.id in stale:
            twin = pairs.get(question.id)
            if twin is None:
                continue
            stale.discard(question.id)
            evidence = twin.question.evidence
            if not any(one.passage for one in question.evidence):
                evidence = tuple(msgspec.structs.replace(one, passage="", passage_start=None) for one in evidence)
        if evidence != question.evidence:
            moved[question.id] = evidence
    known = {id(proposal) for proposal in pairs.values()}
    unknown = _with_free_ids([proposal for proposal in offered if id(proposal) not in known], deck)
    new = [proposal for proposal in unknown if proposal.question.id not in deck.declined]
    return Renewal(
        new=tuple(new),
        moved=moved,
        stale=tuple(question.id for question in deck.questions if question.id in stale),
        sources=tuple(msgspec.structs.replace(reading.source, id=name) for name, reading in given.items()),
        known=len(known),
        declined=len(unknown) - len(new),
    )


def _identified(deck: Deck, readings: Sequence[Reading]) -> dict[str, str]:
    """Return the deck's id of each reading's source, by the id it was read under."""
    names: dict[str, str] = {}
    sources = deck.sources
    left = {source.id: source for source in sources}
    quotes: dict[str, list[str]] = {source.id: [] for source in sources}
    for question in deck.questions:
        for one in question.evidence:
            if one.start is not None and one.source in quotes:
                quotes[one.source].append(one.quote)

    def same_words(source: Source, reading: Reading) -> bool:
        found = [quote in reading.text for quote in quotes[source.id]]
        return len(found) >= FEWEST and sum(found) >= MOST * len(found)

    for same in (_same_text, _same_id, _same_url, _same_file, same_words):
        for reading in readings:
            if reading.source.id not in names:
                twin = next((source.id for source in left.values() if same(source, reading)), None)
                if twin is not None:
                    names[reading.source.id] = twin
                    del left[twin]
    taken = {source.id for source in sources}
    for reading in readings:
        if reading.source.id not in names:
            name = reading.source.id
            names[reading.source.id] = name if name not in taken else f"{name}-{reading.source.sha256[:6]}"
    return names


def _same_text(source: Source, reading: Reading) -> bool:
    return bool(source.sha256) and source.sha256.lower() == reading.source.sha256.lower()


def _same_id(source: Source, reading: Reading) -> bool:
    return source.id == reading.source.id


def _same_url(source: Source, reading: Reading) -> bool:
    return bool(source.url) and source.url == reading.source.url


def _same_file(source: Source, reading: Reading) -> bool:
    return source.id in (slug(reading.name.rpartition(".")[0] or reading.name, words=8), reading.name)


def _renamed(proposal: Proposal, names: Mapping[str, str]) -> Proposal:
    """Return the proposal with its evidence under the deck's ids of the sources."""
    if all(names.get(one.source, one.source) == one.source for one in (*proposal.question.evidence, *proposal.resolved)):
        return proposal

    def named(spans: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(msgspec.structs.replace(one, source=names.get(one.source, one.source)) for one in spans)

    question = msgspec.structs.replace(proposal.question, evidence=named(proposal.question.evidence))
    return msgspec.structs.replace(proposal, question=question, resolved=named(proposal.resolved))


def _placed(
    question: Question, given: Mapping[str, Reading], unchanged: set[str], fresh: Mapping[tuple[str, int | None, str], Evidence]
) -> list[Evidence | None]:
    """Return each piece of evidence where it stands now; None for what is no longer in its article.

    Where its passage is another than before, that of ``fresh`` evidence of the same words is better than one cut out here.
    """
    found: list[Evidence | None] = []
    for one in question.evidence:
        reading = given.get(one.source)
        if reading is None or one.start is None:
            found.append(one)
        elif one.source in unchanged:
            found.append(one if placed(one, reading.text) else None)
        else:
            now = placed(one, reading.text)
            found.append(now and (now if now.passage == one.passage else fresh.get((now.source, now.start, now.quote), now)))
    return found


def _is_lost(question: Question, where: Sequence[Evidence | None]) -> bool:
    """Whether what supports the key is gone: the first span, and every other that holds the key."""
    if not where or where[0] is not None:
        return False
    keys = {key for key in wordings(question) if len(key) > 1}
    return not any(one is not None and any(key in folded(one.quote) for key in keys) for one in where[1:])


def _misquotes(question: Question, given: Mapping[str, Reading]) -> bool:
    """Whether the stem quotes words that are no longer in the question's articles: then no other evidence makes it right."""
    texts = [_spelt(given[name].text) for name in {one.source for one in question.evidence} if name in given]
    pieces = [_spelt(piece) for quoted in _QUOTED.findall(question.text) for piece in _CUT.split(quoted)]
    return any(len(piece.split()) > 2 and not any(piece in text for text in texts) for piece in pieces)


def _spelt(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _pairs(
    deck: Deck,
    offered: Sequence[Proposal],
    where: Mapping[str, Sequence[Evidence | None]],
    stale: set[str],
    misquoting: set[str],
) -> dict[str, Proposal]:
    """Return which proposal is which question of the deck: each at most once, the surest first; ``misquoting`` ones are none."""
    pairs: dict[str, Proposal] = {}
    left = {id(proposal): proposal for proposal in offered}
    by_id = {proposal.question.id: proposal for proposal in reversed(offered)}
    by_answer: dict[str, list[Proposal]] = defaultdict(list)
    for proposal in offered:
        for wording in wordings(proposal.question):
            by_answer[wording].append(proposal)

    def pair(question: Question, proposal: Proposal) -> None:
        pairs[question.id] = proposal
        del left[id(proposal)]

    def among(question: Question) -> Iterator[Proposal]:
        """Yield the proposals left that have the question's answer."""
        seen: set[int] = set()
        for wording in wordings(question):
            for proposal in by_answer.get(wording, ()):
                if id(proposal) in left and id(proposal) not in seen and _same_answer(question, proposal.question):
                    seen.add(id(proposal))
                    yield proposal

    questions = [question for question in deck.questions if question.id not in misquoting]
    for question in questions:
        twin = by_id.get(question.id)
        if twin is not None and (_same_answer(question, twin.question) or _same_span(where[question.id], twin)):
            pair(question, twin)
    for question in questions:
        if question.id not in pairs:
            twin = next((one for one in among(question) if _same_span(where[question.id], one)), None)
            if twin is not None:
                pair(question, twin)
    for question in questions:
        if question.id not in pairs:
            twin = max(among(question), key=lambda one: likeness(question.text, one.question.text), default=None)
            if twin is not None and likeness(question.text, twin.question.text) >= NEAR:
                pair(question, twin)
    for question in questions:  # its author may have changed every word of it
        twin = by_id.get(question.id)
        if question.id not in pairs and question.id not in stale and twin is not None and id(twin) in left:
            pair(question, twin)
    return pairs


def _same_answer(one: Question, other: Question) -> bool:
    if one.kind != other.kind:
        return False
    first, second = wordings(one), wordings(other)
    return next(iter(first), "") in second or next(iter(second), "") in first


def _same_span(where: Sequence[Evidence | None], proposal: Proposal) -> bool:
    """Whether the chief evidence of a proposal overlaps that of a question."""
    first = next(iter(proposal.question.evidence), None)
    if first is None or first.start is None:
        return False
    start, end = first.start, first.start + len(first.quote)
    return any(
        one is not None and one.source == first.source and one.start is not None and one.start < end and start < one.start + len(one.quote)
        for one in where
    )


def _with_free_ids(proposals: Sequence[Proposal], deck: Deck) -> list[Proposal]:
    """Return the proposals, those whose ids the deck has already under others."""
    taken = {question.id for question in deck.questions}
    used = taken | {proposal.question.id for proposal in proposals}
    names: dict[str, str] = {}
    for proposal in proposals:
        name = proposal.question.id
        if name in taken:
            number = 2
            while f"{name}-{number}" in used:
                number += 1
            names[name] = f"{name}-{number}"
            used.add(names[name])
    if not names:
        return list(proposals)
    return [
        msgspec.structs.replace(
            proposal,
            question=msgspec.structs.replace(proposal.question, id=names.get(proposal.question.id, proposal.question.id)),
            alike=tuple(names.get(name, name) for name in proposal.alike),
        )
        for proposal in proposals
    ]


def wordings(question: Question) -> dict[str, None]:
    """Return what the question takes as right, folded, the key first."""
    match question:
        case Plain():
            found = (question.answer, *question.accept)
        case Cloze():
            found = ("|".join(gap[0] for gap in question.gaps),)
        case Statement():
            found = (f"{question.answer} {question.statement}",)
        case Order():
            found = (" → ".join(question.order),)
        case Match():
            found = (", ".join(sorted(f"{left} – {right}" for left, right in question.match)),)
        case List():
            found = (", ".join(sorted(text.split("|")[0].strip() for text in question.answers)),)
    return dict.fromkeys(folded(text) for text in found)


def folded(text: str) -> str:
    """Return ``text`` as answers are compared: case and spacing aside."""
    return " ".join(text.casefold().split())


def likeness(one: str, other: str) -> float:
    """Return the share, 0 to 1, of words that two stems have in common, in their order."""
    return SequenceMatcher(None, folded(one).split(), folded(other).split(), autojunk=False).ratio()
