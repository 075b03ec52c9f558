"""Any number of articles searched in two passes: the same facts whoever does the work, and memory that does not fill up.

First every article is read and parsed, and shows its names; all names together make the table of the deck. Then every article,
with the part of the table that it may mean, gives its facts. Between the passes the parsed articles wait in a temporary file,
which nobody else can open and which is gone when the process is.
"""

import pickle
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from quizzer.core.errors import ArticleError
from quizzer.core.model import Source
from quizzer.news import article as reading
from quizzer.news.article import Article
from quizzer.news.crew import Crew
from quizzer.news.document import Document, pack, parse, unpack
from quizzer.news.entities import Entities, Record, record
from quizzer.news.language import load
from quizzer.news.search import Found, search
from quizzer.news.thrift import shared
from quizzer.news.values import Span

FEW = 40  # articles that one process keeps parsed in memory
IN_MEMORY = 32_000_000  # bytes that wait in memory before they wait on the disk
Tell = Callable[[float, str], None]


class Unread(msgspec.Struct, frozen=True, kw_only=True):
    """An article still to be read, by whoever searches it. ``name`` tells it from others, the rest is as for ``read``."""

    path: str
    name: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""

    def read(self) -> Article:
        """Return the article; raises ArticleError as ``read``."""
        return reading.read(Path(self.path), name=self.name, title=self.title, publisher=self.publisher, date=self.date, url=self.url)


class Failed(msgspec.Struct, frozen=True):
    """An article that gives nothing: its name, and why in one line."""

    name: str
    reason: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """An article that was read and waits: what a deck says of it, what is left out of it, and where it waits."""

    name: str
    source: Source
    skipped: tuple[tuple[Span, str], ...]
    place: int
    size: int


class _Task(msgspec.Struct, frozen=True):
    item: Article | Unread
    model: str


class _Parsed(msgspec.Struct, frozen=True):
    article: Article
    record: Record
    skipped: tuple[tuple[Span, str], ...]
    parsed: bytes | Document


class _Search(msgspec.Struct, frozen=True):
    article: Article
    parsed: bytes | Document
    entities: Entities
    model: str
    quotations: bool
    refused: bool


_ONE_AT_A_TIME = threading.Lock()  # a cluster's worker may have several threads, and a spaCy pipeline is not made for them


def _read(task: _Task) -> Article | Failed:
    try:
        return task.item.read() if isinstance(task.item, Unread) else task.item
    except ArticleError as error:
        return Failed(task.item.name, str(error))


def _first(task: _Task) -> _Parsed | Failed:
    article = _read(task)
    if isinstance(article, Failed):
        return article
    nlp = load(task.model)
    with _ONE_AT_A_TIME:
        (document,) = parse([article], nlp)
        return _Parsed(article, record(document), document.skipped, pack(document))


def _first_here(task: _Task) -> _Parsed | Failed:
    article = _read(task)
    if isinstance(article, Failed):
        return article
    nlp = load(task.model)
    (document,) = parse([article], nlp)
    return _Parsed(article, record(document), document.skipped, document)


def _second(task: _Search) -> Found | Failed:
    with _ONE_AT_A_TIME:
        parsed = task.parsed
        document = parsed if isinstance(parsed, Document) else unpack(task.article, parsed, load(task.model))
        try:
            return search(document, task.entities, quotations=task.quotations, refused=task.refused)
        except RecursionError:
            return Failed(task.article.name, f"{task.article.name}: its sentences are too tangled to be searched. Leave it out.")


@contextmanager
def survey(items: Sequence[Article | Unread], crew: Crew, *, model: str = "", tell: Tell = lambda share, what: None) -> "Iterator[Archive]":
    """Read and parse articles, none of whose names are the same, and give them with the table of all their names.

    Raises:
        ArticleError: spaCy or its model is missing, a worker is lost, or there is no room for what waits.
    """
    file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - on a full disk closing it fails too, and says no more
    try:
        yield Archive(items, crew, file, model=model, tell=tell)
    finally:
        with suppress(OSError):
            file.close()


class Archive:
    """Articles read and parsed: ``articles`` are those that were read, in order, ``failed`` those that give nothing."""

    def __init__(self, items: Sequence[Article | Unread], crew: Crew, file: IO[bytes], *, model: str, tell: Tell) -> None:
        self.articles: list[Kept] = []
        self.failed: list[Failed] = []
        self._crew = crew
        self._model = model
        self._here: dict[str, _Parsed] = {}  # those that never wait
        self._file = file
        self._end = 0
        self._few = crew.alone and len(items) <= FEW
        self.entities = Entities(self._survey(items, tell))

    def found(self, *, quotations: bool = False, refused: bool = True, tell: Tell = lambda share, what: None) -> Iterator[Found]:
        """Yield what each article gives, in order; one that gives nothing after all joins ``failed``."""

        def tasks() -> Iterator[_Search]:
            for kept in self.articles:
                one = self._fetch(kept)
                yield _Search(one.article, one.parsed, self.entities.part(one.record), self._model, quotations, refused)

        for number, (kept, one) in enumerate(zip(self.articles, self._crew.each(_second, tasks()), strict=True), 1):
            tell(number / len(self.articles), f"searched {kept.name}")
            if isinstance(one, Failed):
                self.failed.append(one)
            else:
                yield one if self._few else shared(one)

    def article(self, kept: Kept) -> Article:
        """Return an article as it was read."""
        return self._fetch(kept).article

    def table(self, some: Iterable[Kept]) -> Entities:
        """Return the table of names of some of the articles."""
        return Entities(self._fetch(kept).record for kept in some)

    def _survey(self, items: Sequence[Article | Unread], tell: Tell) -> Iterator[Record]:
        def tasks() -> Iterator[_Task]:
            for item in items:
                task = _Task(item, self._model)
                if not self._crew.far:
                    yield task
                elif isinstance(article := _read(task), Failed):  # a cluster need not see this machine's files
                    self.failed.append(article)
                else:
                    yield _Task(article, self._model)

        for done, one in enumerate(self._crew.each(_first_here if self._few else _first, tasks()), 1):
            tell(done / len(items), f"read {one.name if isinstance(one, Failed) else one.article.name}")
            if isinstance(one, Failed):
                self.failed.append(one)
            else:
                self._keep(one)
                yield one.record

    def _keep(self, one: _Parsed) -> None:
        name, source = one.article.name, one.article.source()
        if self._few:
            self._here[name] = one
            self.articles.append(Kept(name=name, source=source, skipped=one.skipped, place=0, size=0))
            return
        data = pickle.dumps(one, protocol=pickle.HIGHEST_PROTOCOL)
        try:
            self._file.seek(self._end)
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            where = tempfile.tempdir or "the folder for temporary files"
            raise ArticleError(f"{where}: what waits there cannot be written ({error.strerror}). Make room, or set TMPDIR.") from None
        self.articles.append(Kept(name=name, source=source, skipped=one.skipped, place=self._end, size=len(data)))
        self._end += len(data)

    def _fetch(self, kept: Kept) -> _Parsed:
        if self._few:
            return self._here[kept.name]
        self._file.seek(kept.place)
        one = pickle.loads(self._file.read(kept.size))
        assert isinstance(one, _Parsed)
        return one
