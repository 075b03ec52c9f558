"""Question kinds, and the deck: what an author writes, and the cards it deals.

A kind is one struct with ``deal()``; which kind a question is, its keys say (``question``+``answer``, ``cloze``,
``statement``, ``order``, ``match``, ``answers``). Adding a kind is one struct here and its name in ``Question``.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from typing import Annotated, ClassVar

import msgspec
from msgspec import Meta

from quizzer.core.grading import infer_type
from quizzer.core.model import Answer, AnswerType, Card, Evidence, Image, Markup, Mode, Part, Source

GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
MOST_LEFTS, MOST_RIGHTS = 9, 12  # that can be matched: each left has a digit, each right a letter of its own
TYPABLE_WORDS = 6  # a longer key is not asked to be typed unless the author says so


class _Question(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every kind of question may carry."""

    id: Annotated[str, Meta(description="Written once and never changed: progress hangs on it. `quizzer fmt` writes it.")] = ""
    mode: Annotated[Mode | None, Meta(description="Always ask it this way: reveal, choose, type, type-then-choose, order or match.")] = None
    hints: Annotated[tuple[str, ...], Meta(description="Shown before the answer, one after the other, to who asks for them.")] = ()
    image: Annotated[Image | None, Meta(description="Shown with the question: the file of an image beside the deck.")] = None
    evidence: Annotated[tuple[Evidence, ...], Meta(description="The exact spans of the sources that support the key.")] = ()
    explanation: Annotated[str, Meta(description="Shown after the answer.")] = ""
    explanation_image: Annotated[Image | None, Meta(description="Shown after the answer, in place of the question's image.")] = None
    tags: Annotated[tuple[str, ...], Meta(description="Words to find and group questions by.")] = ()
    as_of: Annotated[str, Meta(description="The date at which the answer holds, where it may change.")] = ""

    kind: ClassVar[str] = ""

    @property
    def text(self) -> str:
        """The question as the author wrote it, in one string."""
        raise NotImplementedError

    def deal(self, deck: str) -> Iterator[Card]:
        """Yield the cards of this question; ``deck`` is the deck's id."""
        raise NotImplementedError

    def _card(
        self,
        deck: str,
        *,
        stem: str,
        answer: Answer,
        modes: tuple[Mode, ...],
        gap: int = 0,
        distractors: tuple[str, ...] = (),
        shuffle: bool = True,
        pairs: tuple[tuple[str, str], ...] = (),
    ) -> Card:
        return Card(
            id=f"{deck}/{self.id}" + (f"#{gap}" if gap else ""),
            deck=deck,
            question=self.id,
            stem=stem,
            answer=answer,
            modes=modes,
            fingerprint=fingerprint(answer, anyhow=bool(pairs)),
            distractors=distractors,
            shuffle=shuffle,
            pinned=self.mode if self.mode in modes else None,
            evidence=self.evidence,
            explanation=self.explanation,
            as_of=self.as_of,
            tags=self.tags,
            pairs=pairs,
            hints=self.hints,
            image=self.image,
            explanation_image=self.explanation_image,
        )


class Plain(_Question, frozen=True, kw_only=True, omit_defaults=True):
    """A question and its answer; with distractors it can be asked as multiple choice."""

    question: Annotated[str, Meta(description="The stem: what is asked.")]
    answer: Annotated[str, Meta(description="The key: the right answer.")]
    type: Annotated[AnswerType | None, Meta(description="What sort of answer it is; inferred when left out.")] = None
    accept: Annotated[tuple[str, ...], Meta(description="Other wordings that are as right.")] = ()
    distractors: Annotated[tuple[str, ...], Meta(description="Wrong options, of the same sort as the key.")] = ()

    kind: ClassVar[str] = "plain"

    @property
    def text(self) -> str:
        return self.question

    def deal(self, deck: str) -> Iterator[Card]:
        part = Part(self.answer, self.accept, self.type or infer_type(self.answer))
        typable = self.mode in (Mode.TYPE, Mode.TYPE_THEN_CHOOSE) or len(self.answer.split()) <= TYPABLE_WORDS
        choose = (Mode.CHOOSE,) if self.distractors else ()
        both = (Mode.TYPE_THEN_CHOOSE,) if self.distractors and typable else ()
        modes = (*choose, *((Mode.TYPE,) if typable else ()), *both, Mode.REVEAL)
        yield self._card(deck, stem=self.question, answer=Answer((part,)), modes=modes, distractors=self.distractors)


class Cloze(_Question, frozen=True, kw_only=True, omit_defaults=True):
    """A sentence with gaps, each ``{{key}}`` or ``{{key|also right}}``; every gap is a card."""

    cloze: Annotated[str, Meta(description="A sentence whose gaps are written {{key}} or {{key|also right}}.")]

    kind: ClassVar[str] = "cloze"

    @property
    def text(self) -> str:
        return self.cloze

    @property
    def gaps(self) -> list[tuple[str, ...]]:
        """The accepted wordings of each gap, the key first."""
        return [tuple(word.strip() for word in match[1].split("|")) for match in GAP.finditer(self.cloze)]

    def deal(self, deck: str) -> Iterator[Card]:
        for number, wordings in enumerate(self.gaps, start=1):
            counter = iter(range(1, len(self.gaps) + 1))

            def fill(match: re.Match[str], number: int = number, counter: Iterator[int] = counter) -> str:
                return "[…]" if next(counter) == number else match[1].split("|")[0].strip()

            key, *accept = wordings
            yield self._card(
                deck,
                gap=number,
                stem=GAP.sub(fill, self.cloze),
                answer=Answer((Part(key, tuple(accept), infer_type(key)),)),
                modes=(Mode.TYPE, Mode.REVEAL),
            )


class Statement(_Question, frozen=True, kw_only=True, omit_defaults=True):
    """A statement that is true or false."""

    statement: Annotated[str, Meta(description="A sentence that is true or false.")]
    answer: Annotated[bool, Meta(description="true or false.")]

    kind: ClassVar[str] = "true/false"

    @property
    def text(self) -> str:
        return self.statement

    def deal(self, deck: str) -> Iterator[Card]:
        key, other = ("True", "False") if self.answer else ("False", "True")
        yield self._card(
            deck,
            stem=self.statement,
            answer=Answer((Part(key),)),
            distractors=(other,),
            modes=(Mode.CHOOSE, Mode.REVEAL),
            shuffle=False,
        )


class Order(_Question, frozen=True, kw_only=True, omit_defaults=True):
    """Things to be put in order; the deck lists them in the right one."""

    order: Annotated[tuple[str, ...], Meta(description="The things, in the right order.", min_length=2)]
    question: Annotated[str, Meta(description="The stem: by what they are ordered.")] = "Put these in order."

    kind: ClassVar[str] = "order"

    @property
    def text(self) -> str:
        return self.question

    def deal(self, deck: str) -> Iterator[Card]:
        parts = tuple(Part(item) for item in self.order)
        yield self._card(deck, stem=self.question, answer=Answer(parts, ordered=True), modes=(Mode.ORDER, Mode.REVEAL))


class Match(_Question, frozen=True, kw_only=True, omit_defaults=True):
    """Pairs to be put together again; ``distractors`` are rights that go with no left."""

    match: Annotated[tuple[tuple[str, str], ...], Meta(description="What goes with what: a left and its right on each line.", min_length=2)]
    question: Annotated[str, Meta(description="The stem: what goes with what.")] = "Match these."
    distractors: Annotated[tuple[str, ...], Meta(description="Rights that go with no left.")] = ()

    kind: ClassVar[str] = "match"

    @property
    def text(self) -> str:
        return self.question

    @property
    def rights(self) -> tuple[str, ...]:
        """What is offered on the right, each once: those that go with a left, then the distractors."""
        return tuple(dict.fromkeys([*(right for _, right in self.match), *self.distractors]))

    def deal(self, deck: str) -> Iterator[Card]:
        parts = tuple(Part(f"{left} – {right}") for left, right in self.match)
        modes = (Mode.MATCH, Mode.REVEAL)
        yield self._card(deck, stem=self.question, answer=Answer(parts), modes=modes, distractors=self.distractors, pairs=self.match)


class List(_Question, frozen=True, kw_only=True, omit_defaults=True):
    """Several things to be named, in any order; ``also right`` wordings stand after a bar: ``USA|United States``."""

    question: Annotated[str, Meta(description="The stem: what is asked.")]
    answers: Annotated[tuple[str, ...], Meta(description="All that must be named; other wordings after a bar.", min_length=1)]

    kind: ClassVar[str] = "list"

    @property
    def text(self) -> str:
        return self.question

    def deal(self, deck: str) -> Iterator[Card]:
        parts = []
        for wordings in self.answers:
            key, *accept = (word.strip() for word in wordings.split("|"))
            parts.append(Part(key, tuple(accept), infer_type(key)))
        yield self._card(deck, stem=self.question, answer=Answer(tuple(parts)), modes=(Mode.TYPE, Mode.REVEAL))


Question = Plain | Cloze | Statement | Order | Match | List


Retention = Annotated[float, Meta(ge=0.7, le=0.99)]
Count = Annotated[int, Meta(ge=0)]


class StudyOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the author wishes the deck to be studied; a learner's own settings win."""

    mode: Annotated[Mode | None, Meta(description="Ask every question this way where it can be.")] = None
    retention: Annotated[Retention | None, Meta(description="Desired retention, 0.70 to 0.99.")] = None
    new_per_day: Annotated[Count | None, Meta(description="New cards a study day at the most.")] = None
    reviews_per_day: Annotated[Count | None, Meta(description="Reviews a study day at the most.")] = None


class LintOptions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What ``quizzer check`` looks for in the deck; errors that keep it from being studied are always told."""

    select: Annotated[tuple[str, ...], Meta(description="Look for these codes: Q104, Q2 (all that begin so), default (those on).")] = ()
    ignore: Annotated[tuple[str, ...], Meta(description="Do not look for these codes: Q104, or Q2 for all that begin so.")] = ()


class Deck(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A deck: what one file holds."""

    id: Annotated[str, Meta(description="Written once and never changed: progress hangs on it.")]
    title: Annotated[str, Meta(description="What learners see.")]
    questions: Annotated[tuple[Question, ...], Meta(description="The questions, in the order they are learnt.")] = ()
    description: Annotated[str, Meta(description="What the deck is about, in a sentence or two.")] = ""
    language: Annotated[str, Meta(description="The language of the deck, as a BCP 47 tag.")] = "en"
    markup: Annotated[Markup, Meta(description="How stems and explanations are written: plain, or markdown.")] = Markup.PLAIN
    study: Annotated[StudyOptions, Meta(description="How the author wishes it to be studied.")] = StudyOptions()
    lint: Annotated[LintOptions, Meta(description="What `quizzer check` looks for in it.")] = LintOptions()
    sources: Annotated[tuple[Source, ...], Meta(description="The articles the evidence stands in.")] = ()
    formerly: Annotated[
        tuple[str, ...],
        Meta(description="Ids that the deck had before, or that decks had which were merged into it or it was split from."),
    ] = ()
    declined: Annotated[tuple[str, ...], Meta(description="Ids of questions its author dropped: they are not proposed again.")] = ()

    def cards(self) -> tuple[Card, ...]:
        """Every card of the deck, in the order of its questions."""
        cards = (card for question in self.questions for card in question.deal(self.id))
        if self.markup is Markup.PLAIN:
            return tuple(cards)
        return tuple(msgspec.structs.replace(card, markup=self.markup) for card in cards)


def slug(text: str, *, words: int = 6) -> str:
    """Return an id made of the first ``words`` words of ``text``: ASCII letters, digits and hyphens; never empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain.replace("'", ""))[:words]) or "q" + hashlib.sha256(text.encode()).hexdigest()[:8]


def fingerprint(answer: Answer, *, anyhow: bool = False) -> str:
    """Return 12 hex digits that stay while the key means the same (case, spacing and accepted variants aside).

    ``anyhow``: in whatever order its parts are listed.
    """
    keys = [" ".join(part.key.casefold().split()) for part in answer.parts]
    joined = "\x1f".join(sorted(keys) if anyhow else keys)
    return hashlib.sha256(f"{answer.ordered}\x1e{joined}".encode()).hexdigest()[:12]
