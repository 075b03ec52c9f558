"""The stages in their order: read and parse, names over the whole deck, facts, merge, wording, ranking, questions, deck.

Neither who does the work, nor in how many processes, nor how many articles wait on the disk changes the deck.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

import msgspec

from quizzer.core.errors import ArticleError
from quizzer.core.kinds import Deck, slug
from quizzer.core.model import Source
from quizzer.core.proposals import Proposal, Reading, without_passages
from quizzer.news.archive import Archive, Kept, Unread, survey
from quizzer.news.article import Article
from quizzer.news.crew import crew
from quizzer.news.facts import Fact
from quizzer.news.headings import Heading, heading_of
from quizzer.news.merge import Merged, merge
from quizzer.news.proposing import propose
from quizzer.news.ranking import Candidate, choose
from quizzer.news.search import EXTRACTORS, facts_of
from quizzer.news.sequence import courses
from quizzer.news.values import Span
from quizzer.news.wording import ask, headed
from quizzer.news.worth import Setting, worth

SURE = 0.85  # confidence below which a fact is not asked
Progress = Callable[[float, str], None]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the account: ``action`` is "made", "merged", "refused", "skipped" (a passage) or "unread" (an article).

    ``reason`` says why in words.
    """

    action: str
    reason: str
    article: str = ""
    start: int = -1
    text: str = ""


class Generated(msgspec.Struct, frozen=True, kw_only=True):
    """A deck, what an author wants to know of its questions, and the account of how it came about.

    ``proposals`` are the deck's questions in their order, with full passages; ``articles`` what was read, in order. ``counts``
    says how often each reason of each action came up, also where the notes were not asked for.
    """

    deck: Deck
    notes: tuple[Note, ...]
    proposals: tuple[Proposal, ...] = ()
    articles: tuple[Reading, ...] = ()
    counts: dict[tuple[str, str], int] = {}


def generate(
    articles: Sequence[Article | Unread],
    *,
    deck_id: str = "",
    title: str = "",
    model: str = "",
    passages: bool = True,
    seed: int = 0,
    jobs: int = 1,
    dask: str = "",
    explain: bool = True,
    progress: Progress | None = None,
) -> Generated:
    """Return one deck of all the articles; see ``quizzer.news.generate``."""
    tell = _only_growing(progress)
    refuse_doubles(articles)
    tell(0.0, "loading the language model")
    with (
        crew(jobs=jobs, dask=dask) as workers,
        survey(articles, workers, model=model, tell=lambda share, what: tell(0.05 + 0.7 * share, what)) as archive,
    ):
        refuse_nothing(archive)
        return _Run(archive, _Account(archive, explain=explain), tell).deck(deck_id, title=title, passages=passages, seed=seed)


def refuse_doubles(articles: Sequence[Article | Unread]) -> None:
    """Raise ArticleError when there is no article, or two of one name."""
    if not articles:
        raise ArticleError("No article to make questions from. Name at least one file.")
    for name, count in Counter(article.name for article in articles).items():
        if count > 1:
            raise ArticleError(f"{name}: two articles have this name. Rename one of them.")


def refuse_nothing(archive: Archive) -> None:
    """Raise ArticleError when no article could be read."""
    if archive.articles:
        return
    if len(archive.failed) == 1:
        raise ArticleError(archive.failed[0].reason)
    raise ArticleError(f"None of the {len(archive.failed)} articles could be read. The first: {archive.failed[0].reason}")


class _Account:
    """Gathers the notes; of what was refused or skipped only the numbers, unless every note is wanted."""

    def __init__(self, archive: Archive, *, explain: bool) -> None:
        self.explain = explain
        self.notes: list[Note] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self._archive = archive
        self._kept = {kept.name: kept for kept in archive.articles}
        self._text = ("", "")  # of the article last told of
        for kept in archive.articles:
            for span, reason in kept.skipped:
                self.add("skipped", reason, span)

    def add(self, action: str, reason: str, span: Span) -> None:
        self.counts[action, reason] += 1
        if self.explain:
            if self._text[0] != span.article:
                self._text = (span.article, self._archive.article(self._kept[span.article]).text)
            text = self._text[1][span.start : span.end]
            self.notes.append(Note(action=action, reason=reason, article=span.article, start=span.start, text=text))

    def add_failed(self) -> None:
        for failed in self._archive.failed:
            self.counts["unread", failed.reason] += 1
            self.notes.append(Note(action="unread", reason=failed.reason, article=failed.name))


class _Run:
    """One deck in the making."""

    def __init__(self, archive: Archive, account: _Account, tell: Progress) -> None:
        self._archive = archive
        self._account = account
        self._tell = tell
        self._passages: dict[Span, tuple[int, int]] = {}

    def deck(self, deck_id: str, *, title: str, passages: bool, seed: int) -> Generated:
        """Return the deck and its account."""
        account = self._account
        merged = merge(self._facts())
        for one, other in merged.pairs:
            account.add("merged", f"“{one.answer.text}” twice: one question", other.evidence[0])
        for conflict in merged.conflicts:
            for fact in (conflict.first, conflict.second):
                account.add("refused", f"conflict: {conflict.reason}", fact.evidence[0])
        candidates = list(self._candidates(merged))
        chosen, dropped = choose(candidates)
        for candidate, why in dropped:
            account.add("refused", why, candidate.fact.evidence[0])
        sources = _sources(self._archive.articles)
        proposals = propose(
            chosen,
            asked=[candidate.fact for candidate in candidates],
            archive=self._archive,
            sources=sources,
            passages=self._passages,
            seed=seed,
            merged=_merged_with(merged),
            tell=lambda share: self._tell(0.95 + 0.05 * share, "choosing wrong options"),
        )
        for proposal, candidate in zip(proposals, chosen, strict=True):
            account.add("made", proposal.question.text, candidate.fact.evidence[0])
        account.add_failed()
        self._tell(1.0, f"{len(proposals)} questions")
        first = self._archive.articles[0]
        own = first.source.title if len(self._archive.articles) == 1 else ""  # one of several names no deck
        deck_id = deck_id or slug(title or first.source.title or first.name, words=99)
        questions = (proposal.question for proposal in proposals)
        deck = Deck(
            id=deck_id,
            title=title or own or deck_id.replace("-", " ").capitalize(),
            questions=tuple(question if passages else without_passages(question) for question in questions),
            sources=tuple(sources.values()),
        )
        readings = (
            Reading(name=kept.name, text=self._archive.article(kept).text, source=sources[kept.name]) for kept in self._archive.articles
        )
        return Generated(
            deck=deck, notes=tuple(account.notes), proposals=tuple(proposals), articles=tuple(readings), counts=dict(account.counts)
        )

    def _facts(self) -> list[Fact]:
        facts: list[Fact] = []
        for found in self._archive.found(tell=lambda share, what: self._tell(0.75 + 0.2 * share, what)):
            facts.extend(found.facts)
            self._passages.update(found.passages)
            for refusal in found.refused:
                self._account.add("refused", refusal.reason, refusal.span)
        return facts

    def _candidates(self, merged: Merged) -> Iterator[Candidate]:
        kept = {one.name: one for one in self._archive.articles}
        name, setting, heading = "", Setting(""), Heading()
        for fact in (*merged.facts, *courses(merged.facts)):
            stem, why = ask(fact) if fact.confidence >= SURE else ("", "not sure enough")
            if stem:
                if fact.evidence[0].article != name:
                    name = fact.evidence[0].article
                    setting = Setting(self._archive.article(kept[name]).text, kept[name].source.title)
                    heading = heading_of(kept[name].source.title, kept[name].source.date)
                text = headed(stem, fact, heading)
                if text == stem and (fact.leans or heading.explains(stem)):
                    self._account.add("refused", f"{fact.sort}: its heading tells the answer, or no more than it", fact.evidence[0])
                else:
                    yield Candidate(fact, stem, text, worth(fact, stem, setting, headed=text != stem))
            else:
                self._account.add("refused", f"{fact.sort}: {why}", fact.evidence[0])


def _merged_with(merged: Merged) -> dict[str, list[Fact]]:
    """Return by a fact's key what became one with it."""
    found: dict[str, list[Fact]] = {}
    for one, other in merged.pairs:
        for fact, twin in ((one, other), (other, one)):
            found.setdefault(fact.key, []).append(twin)
    return found


def _sources(articles: Sequence[Kept]) -> dict[str, Source]:
    found: dict[str, Source] = {}
    ids: set[str] = set()
    for kept in articles:
        source, number = kept.source, 1
        while source.id in ids:
            mark = source.sha256[:6] if number == 1 else f"{source.sha256[:6]}-{number}"
            source = msgspec.structs.replace(source, id=f"{kept.source.id}-{mark}")
            number += 1
        ids.add(source.id)
        found[kept.name] = source
    return found


def _only_growing(progress: Progress | None) -> Progress:
    """Return a listener's ear that never hears a smaller share than before."""
    heard = 0.0

    def tell(share: float, what: str) -> None:
        nonlocal heard
        heard = max(heard, share)
        if progress is not None:
            progress(heard, what)

    return tell


__all__ = ["EXTRACTORS", "SURE", "Generated", "Note", "facts_of", "generate", "refuse_doubles", "refuse_nothing"]
