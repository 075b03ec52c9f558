"""Who wrote a book or article that its title names, and what an acronym stands for: both as the article itself spells them out."""

import re
from collections.abc import Iterator

from quizzer.core.model import AnswerType
from quizzer.news.document import Block
from quizzer.news.entities import canonical
from quizzer.news.facts import Fact, Frame, Scene, Sort, person_value
from quizzer.news.people import Person
from quizzer.news.quotes import Quote
from quizzer.news.values import Span, Value
from quizzer.news.words import word_set

_WRITTEN = word_set("book novel memoir autobiography biography essay op-ed poem play article editorial")
_KIND = r"(?:[\w-]+ ){0,3}(?P<kind>" + "|".join(sorted(_WRITTEN)) + r")"
_OWNED = re.compile(rf"(?:['’]s?|\b(?:his|her)) {_KIND},? ?(?:called |titled |entitled )?$")
_AUTHOR = re.compile(r",? (?:the |an? )?(?:[\w]+ )?author of (?:the |a )?(?:[\w-]+ ){0,3}(?P<kind>book|novel|memoir|biography)?,? ?$")
_BY = re.compile(rf",? ?(?:an?|the) {_KIND} by $|,? by $")
_LONG = re.compile(r"(?P<long>(?:[A-Z][\w'’.-]*)(?: (?:of|the|and|for|on|in|to|[A-Z][\w'’.-]*|&)){1,8}) \((?P<short>[A-Z]{2,6})\)")
_SMALL = word_set("of the and for on in to &")


def extract(scene: Scene) -> Iterator[Fact]:
    """Yield the authors of titled works, and the full names behind acronyms."""
    spelled: set[str] = set()
    for block in scene.document.blocks:
        if block.paragraph.heading or not block.sentences:
            continue
        for quote in block.quotes:
            title = block.text[quote.inner_start : quote.inner_end].strip(" ,.")
            if 2 <= len(title.split()) <= 14 and all(word[:1].isupper() or len(word) < 5 for word in title.split()):
                yield from _author(scene, block, quote, title)
        for match in _LONG.finditer(block.text):
            if match["short"] not in spelled and not block.quote_at(match.start()):
                yield from _spelled(block, match)
                spelled.add(match["short"])


def _author(scene: Scene, block: Block, quote: Quote, title: str) -> Iterator[Fact]:
    text = block.text
    before, after = text[max(0, quote.start - 90) : quote.start], text[quote.end : quote.end + 60]
    found: tuple[Person, int, int] | None = None
    kind = ""
    if match := _OWNED.search(before):
        at = quote.start - len(before) + match.start()
        owner = next((token for token in block.tokens if token.idx <= at < token.idx + len(token.text)), None)
        if owner is not None and owner.lower_ in ("his", "her"):
            meant = scene.phrases.meaning(block, owner)
            found = (meant.person, owner.idx, quote.end) if meant and meant.person else None
        else:
            found = _named_at(scene, block, at - 1, quote.end)
        kind = match["kind"]
    elif match := _AUTHOR.search(before):
        found = _named_at(scene, block, quote.start - len(before) + match.start() - 1, quote.end)
        kind = match["kind"] or "book"
    elif match := re.match(rf",? ?(?:an?|the) {_KIND} by (?=[A-Z])", after):
        found = _named_at(scene, block, quote.end + match.end(), quote.end, first=quote.start)
        kind = match["kind"]
    if found is None or not found[0].full:
        return
    person, start, end = found
    value = person_value(scene, person.key)
    if value is None or person.surname in title:
        return
    plain = title.replace("''", "").strip('“”"')
    frame = Frame(
        gap="subject", verb="wrote", lemma="write", tag="VBD", rest=(f"the {kind} “{plain}”",), weight=9, counted="Who",
        terms=frozenset(plain.lower().split()),
    )  # fmt: skip
    yield Fact(
        sort=Sort.DID,
        key=f"{Sort.DID}|wrote|{plain.lower()}",
        answer=value,
        frame=frame,
        evidence=(block.span(start, end),),
        confidence=0.92,
    )


def _named_at(scene: Scene, block: Block, position: int, end: int, *, first: int = -1) -> tuple[Person, int, int] | None:
    """Return the person named at a character of a block, and the span from there to ``end``."""
    token = next((token for token in block.tokens if token.idx <= position < token.idx + len(token.text)), None)
    mention = scene.phrases.person_at(block, token.i) if token is not None else None
    if mention is None:
        return None
    start = block.doc[mention.first].idx
    last = block.doc[mention.last]
    return mention.person, min(start, first) if first >= 0 else start, max(end, last.idx + len(last.text))


def _spelled(block: Block, match: re.Match[str]) -> Iterator[Fact]:
    words = match["long"].split()
    short = match["short"]
    for start in range(len(words) - 1):  # the shortest name whose initials are the acronym
        name = words[len(words) - 2 - start :]
        initials = "".join(part[0] for word in name for part in word.split("-") if part and word.lower() not in _SMALL)
        if name[0].lower() in _SMALL or initials.upper() != short:
            continue
        long = " ".join(name)
        begin = match.start("long") + match["long"].rfind(long)
        span: Span = block.span(begin, match.end("short") + 1)
        value = Value(text=long, type=AnswerType.TEXT, same=canonical(long), accept=(f"the {long}",), entity=canonical(long))
        frame = Frame(
            gap="spelled", counted=short, weight=9, terms=frozenset({short.lower()}), lemma="stand",
        )  # fmt: skip
        yield Fact(sort=Sort.TERM, key=f"{Sort.TERM}|{short}", answer=value, frame=frame, evidence=(span,), confidence=0.92)
        return
