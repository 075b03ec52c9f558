"""A question as it stands on paper: what is asked, what there is to write on, and its key.

Texts here are HTML, safe as it stands. Nothing of an ``Item`` but its ``key`` tells the answer.
"""

import base64
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from markupsafe import Markup

from quizzer import deckfile
from quizzer.core.errors import ImageError
from quizzer.core.kinds import GAP, Cloze, Deck, List, Match, Order, Plain, Question, Statement
from quizzer.core.model import Evidence, Image, Mode, Source
from quizzer.core.model import Markup as Manner
from quizzer.core.printable import one_line
from quizzer.paper.dice import stirred
from quizzer.paper.markup import link, read, told, with_gaps
from quizzer.paper.wishes import Wishes
from quizzer.paper.words import Words, is_rtl, words_of

_TYPES = {b"\x89PN": "png", b"\xff\xd8\xff": "jpeg", b"GIF": "gif", b"RIF": "webp"}
_IN_A_LINE = 42  # letters that a hand writes in a line of a sheet
_MOST_LINES = 6
_NARROW = 30  # options up to this width, in letters of 11 points, stand two in a row
_WIDTHS = ((8, 30), (16, 50))  # of gaps: letters of their longest key, millimetres
_WIDEST = 80


class Picture(msgspec.Struct, frozen=True):
    """An image: its data as an address, or (empty: it cannot be shown) the words that stand for it."""

    address: str
    alt: str
    credit: str = ""


class Proof(msgspec.Struct, frozen=True):
    """A piece of evidence: its words, and which of the sources they stand in (from 1; 0: none that the deck lists)."""

    quote: Markup
    source: int


class Origin(msgspec.Struct, frozen=True):
    """A source, with its number on the key."""

    number: int
    text: Markup
    url: str


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """The right answer, and all that is told with it. Each answer is what to write or tick ("b", "3"; may be empty), and its words."""

    answers: tuple[tuple[str, Markup], ...]
    also: tuple[Markup, ...] = ()
    explanation: Markup = Markup("")
    picture: Picture | None = None
    as_of: str = ""
    proofs: tuple[Proof, ...] = ()


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A question on paper.

    ``shape``: choose, truth, write, gaps, list, order or match. ``options`` are what is to be ticked, numbered, or matched (on the right,
    lettered), ``lefts`` what they are matched to; ``lines`` how many there are to write on. ``columns``: in how many options stand.
    """

    shape: str
    language: str
    stem: Markup
    key: Key
    points: int
    picture: Picture | None = None
    options: tuple[tuple[str, Markup], ...] = ()
    lefts: tuple[Markup, ...] = ()
    lines: int = 0
    columns: int = 1


class Maker:
    """Makes items of questions; keeps count of the sources that they name, and tells what could not be shown."""

    def __init__(self, wishes: Wishes, folders: dict[str, Path], tell: Callable[[str], None]) -> None:
        self._wishes = wishes
        self._folders = folders
        self.tell = tell
        self._pictures: dict[tuple[str, str], str] = {}
        self._origins: dict[Source, int] = {}

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The sources named so far, by their numbers."""
        return tuple(Origin(number, _named(source), link(source.url)) for source, number in self._origins.items())

    def forget_origins(self) -> None:
        """Begin to count sources from 1."""
        self._origins = {}

    def item(self, deck: Deck, question: Question, *, version: str = "") -> Item:
        """Return the question as it is asked in that version."""
        text = _Text(deck)
        key = self._key(deck, question, text)

        def stir(things: Sequence[str], *, right: bool = True) -> list[str]:
            return stirred(things, self._wishes, version=version, question=(deck, question), right=right)

        narrow = _NARROW * 11 // self._wishes.size
        made = _asked(question, text, words_of(deck.language), stir, choose=self._chooses(deck, question), narrow=narrow)
        return msgspec.structs.replace(
            made,
            language=one_line(deck.language),
            picture=self.picture(deck, question.image),
            key=msgspec.structs.replace(key, answers=made.key.answers, also=made.key.also),
        )

    def picture(self, deck: Deck, image: Image | None) -> Picture | None:
        """Return an image of the deck; where it cannot be shown, that is told."""
        if image is None:
            return None
        at = (deck.id, image.file)
        if at not in self._pictures:
            self._pictures[at] = self._address(deck, image)
        return Picture(self._pictures[at], one_line(image.alt), one_line(image.credit))

    def _address(self, deck: Deck, image: Image) -> str:
        try:
            data = deckfile.read_image(self._folders[deck.id], image.file)
        except ImageError as error:
            self.tell(f"{deck.id}: {error} Its words are printed in its place.")
            return ""
        return f"data:image/{_TYPES[data[:3]]};base64,{base64.b64encode(data).decode()}"

    def _chooses(self, deck: Deck, question: Question) -> bool:
        wish = self._wishes.mode or question.mode or deck.study.mode
        return wish not in (Mode.TYPE, Mode.REVEAL)

    def _key(self, deck: Deck, question: Question, text: "_Text") -> Key:
        return Key(
            answers=(),
            explanation=text.read(question.explanation) if question.explanation.strip() else Markup(""),
            picture=self.picture(deck, question.explanation_image),
            as_of=one_line(question.as_of),
            proofs=tuple(self._proof(deck, one, text) for one in question.evidence),
        )

    def _proof(self, deck: Deck, evidence: Evidence, text: "_Text") -> Proof:
        source = next((one for one in deck.sources if one.id == evidence.source), None)
        number = self._origins.setdefault(source, len(self._origins) + 1) if source else 0
        return Proof(text.told(one_line(evidence.quote)), number)


class _Text:
    """The texts of a deck as HTML, in its manner."""

    def __init__(self, deck: Deck) -> None:
        self.markdown = deck.markup is Manner.MARKDOWN
        self.rtl = is_rtl(deck.language)

    def told(self, text: str) -> Markup:
        return told(text, rtl=self.rtl)

    def read(self, text: str) -> Markup:
        return read(text, markdown=self.markdown, rtl=self.rtl)

    def with_gaps(self, text: str, gaps: Sequence[Markup]) -> Markup:
        return with_gaps(GAP.split(text)[::2], gaps, markdown=self.markdown, rtl=self.rtl)


Stir = Callable[..., list[str]]


def _asked(question: Question, text: _Text, words: Words, stir: Stir, *, choose: bool, narrow: int) -> Item:
    match question:
        case Plain():
            return _plain(question, text, stir, choose=choose and bool(question.distractors), narrow=narrow)
        case Cloze():
            return _cloze(question, text)
        case Statement():
            told = (words.true, words.false)
            right = told.index(words.true if question.answer else words.false)
            options = tuple((letter(at), text.told(one)) for at, one in enumerate(told))
            return _item("truth", text.read(question.statement), (options[right],), options=options, columns=2)
        case Order():
            return _order(question, text, words, stir)
        case Match():
            return _match(question, text, words, stir)
        case List():
            named = [[one.strip() for one in wordings.split("|")] for wordings in question.answers]
            answers = tuple(("", text.told(key)) for key, *_ in named)
            also = tuple(text.told(one) for _, *others in named for one in others)
            return _item("list", text.read(question.question), answers, also=also, lines=len(named), points=len(named))


def _plain(question: Plain, text: _Text, stir: Stir, *, choose: bool, narrow: int) -> Item:
    also = tuple(text.told(one) for one in question.accept)
    if not choose:
        lines = min(_MOST_LINES, 1 + width(question.answer) // _IN_A_LINE)
        return _item("write", text.read(question.question), (("", text.told(question.answer)),), also=also, lines=lines)
    options = stir([question.answer, *dict.fromkeys(one for one in question.distractors if one != question.answer)])
    return _item(
        "choose",
        text.read(question.question),
        ((letter(options.index(question.answer)), text.told(question.answer)),),
        also=also,
        options=tuple((letter(at), text.told(one)) for at, one in enumerate(options)),
        columns=2 if len(options) > 2 and max(map(width, options)) <= narrow else 1,
    )


def _cloze(question: Cloze, text: _Text) -> Item:
    gaps = question.gaps
    longest = max(width(wordings[0]) for wordings in gaps)
    wide = next((size for most, size in _WIDTHS if longest <= most), _WIDEST)
    many = len(gaps) > 1
    marks = [str(number) if many else "" for number in range(1, len(gaps) + 1)]
    numbers = [Markup("<sup>{}</sup>").format(mark) if mark else "" for mark in marks]
    blanks = [Markup('<span class="blank">{}<span class="gap gap{}">&nbsp;</span></span>').format(number, wide) for number in numbers]
    answers = tuple((mark, text.told(wordings[0])) for mark, wordings in zip(marks, gaps, strict=True))
    also = tuple(text.told(one) for wordings in gaps for one in wordings[1:])
    return _item("gaps", text.with_gaps(question.cloze, blanks), answers, also=also, points=len(gaps))


def _order(question: Order, text: _Text, words: Words, stir: Stir) -> Item:
    things = stir(question.order, right=False)
    stem = question.question if question.question != Order(order=()).question else words.order
    left = list(enumerate(question.order, start=1))
    numbers = []
    for thing in things:  # of two that read the same, each has a number
        number, _ = left.pop(next(at for at, (_, one) in enumerate(left) if one == thing))
        numbers.append(str(number))
    told = tuple((str(number), text.told(thing)) for number, thing in enumerate(question.order, start=1))
    answers = ((", ".join(numbers), Markup("")), *told)
    options = tuple(("", text.told(thing)) for thing in things)
    return _item("order", text.read(stem), answers, options=options, points=len(things))


def _match(question: Match, text: _Text, words: Words, stir: Stir) -> Item:
    rights = stir(question.rights, right=False)
    stem = question.question if question.question != Match(match=()).question else words.match
    pairs = [(letter(rights.index(right)), left, right) for left, right in question.match]
    return _item(
        "match",
        text.read(stem),
        tuple(
            (f"{number} – {mark}", Markup("({} – {})").format(text.told(left), text.told(right)))
            for number, (mark, left, right) in enumerate(pairs, start=1)
        ),
        options=tuple((letter(at), text.told(one)) for at, one in enumerate(rights)),
        lefts=tuple(text.told(left) for left, _ in question.match),
        points=len(pairs),
    )


def _item(
    shape: str,
    stem: Markup,
    answers: tuple[tuple[str, Markup], ...],
    *,
    also: tuple[Markup, ...] = (),
    options: tuple[tuple[str, Markup], ...] = (),
    lefts: tuple[Markup, ...] = (),
    lines: int = 0,
    columns: int = 1,
    points: int = 1,
) -> Item:
    key = Key(answers=answers, also=also)
    return Item(shape=shape, language="", stem=stem, key=key, points=points, options=options, lefts=lefts, lines=lines, columns=columns)


def letter(number: int) -> str:
    """Return the letter of an option, from 0: a to z, then aa."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def width(text: str) -> int:
    """Return how wide ``text`` is in letters: those of Chinese, Japanese and Korean count twice, marks on letters not at all."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text if not unicodedata.combining(char))


def _named(source: Source) -> Markup:
    """Return publisher, title and date of a source."""
    parts = [told(one_line(one)) for one in (source.publisher, source.title, source.date) if one.strip()]
    return Markup(", ").join(parts or [told(one_line(source.id))])
