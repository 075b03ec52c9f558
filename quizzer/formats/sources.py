"""The sources that a file names, each once, and the footnote that carries them where a form has no place for them.

Where there is no explanation field, this stands behind the answer: the explanation, and for each piece of evidence a line
``Source: Publisher, “Title”, date, address: “quote”``.
"""

import re
from datetime import date

import msgspec

from quizzer.core.kinds import Deck, Question, slug
from quizzer.core.model import Evidence, Source

_LINE = re.compile(
    r"Source: (?:(?P<publisher>[^“”]+?)(?:, (?=“|\d|https?:)|: (?=“)|$))?(?:“(?P<title>[^“”]+)”(?:, |: |$))?"
    r"(?:(?P<date>\d{4}(?:-\d\d){0,2})(?:, |: |$))?(?:(?P<url>https?://\S+?)(?:: |$))?(?:“(?P<quote>.+)”)?"
)


class Sources:
    """Sources as they are met; one named again is not added again."""

    def __init__(self) -> None:
        self._known: dict[str, Source] = {}

    @property
    def all(self) -> tuple[Source, ...]:
        """Every source met, in order."""
        return tuple(self._known.values())

    def add(self, source: Source) -> str:
        """Return the id under which ``source`` is known; one without an id gets it from its title, publisher or address."""
        source = sound(source)[0]
        for known in self._known.values():
            if known == source or (not source.id and msgspec.structs.replace(known, id="") == source):
                return known.id
        name = base = source.id or slug(source.title or source.publisher or source.url, words=8)[:60].rstrip("-")
        number = 2
        while name in self._known:
            if source.id and not any(getattr(source, key) for key in ("publisher", "title", "date", "url", "sha256")):
                return name
            name = f"{base}-{number}"
            number += 1
        self._known[name] = msgspec.structs.replace(source, id=name)
        return name


def sound(source: Source) -> tuple[Source, tuple[str, ...]]:
    """Return the source without what no deck takes for its id, date or hash, and the names of what that was."""
    wrong = []
    if source.id and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", source.id):
        wrong.append("id")
    if source.date and not _is_date(source.date):
        wrong.append("date")
    if source.sha256 and not re.fullmatch("[0-9A-Fa-f]{64}", source.sha256):
        wrong.append("sha256")
    return msgspec.structs.replace(source, **dict.fromkeys(wrong, "")), tuple(wrong)


def _is_date(text: str) -> bool:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", text, re.ASCII)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def footnote(question: Question, deck: Deck) -> list[str]:
    """Return the explanation of a question and its sources as paragraphs."""
    sources = {source.id: source for source in deck.sources}
    found = [question.explanation.strip()] if question.explanation.strip() else []
    if question.as_of:
        found.append(f"As of: {question.as_of}")
    for one in question.evidence:
        source = sources.get(one.source, Source(id=one.source, publisher=one.source))
        title = f"“{_quoted(source.title)}”" if source.title.strip() else ""
        publisher = source.publisher if source.publisher.strip() or title or source.url else source.id
        named = ", ".join(_line(part) for part in (publisher, title, source.date, source.url) if part.strip())
        found.append(f"Source: {named}: “{_line(one.quote)}”")
    return found


def without_footnote(paragraphs: list[str], sources: Sources) -> dict[str, object]:
    """Return ``explanation``, ``as_of`` and ``evidence`` as they stand in paragraphs that ``footnote`` wrote, or somebody else."""
    evidence: list[Evidence] = []
    texts: list[str] = []
    as_of = ""
    for paragraph in paragraphs:
        found = _LINE.fullmatch(paragraph)
        holds = re.fullmatch(r"As of: (\d{4}(?:-\d\d){0,2})", paragraph)
        if holds:
            as_of = holds[1]
        elif found and found["quote"] and (found["publisher"] or found["title"] or found["url"]):
            parts = {name: found[name] or "" for name in ("publisher", "title", "date", "url")}
            evidence.append(Evidence(source=sources.add(Source(id="", **parts)), quote=found["quote"]))
        else:
            texts.append(paragraph)
    return {"explanation": "\n\n".join(texts), "as_of": as_of, "evidence": tuple(evidence)}


def _line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    return _line(text).replace("“", "‘").replace("”", "’")
