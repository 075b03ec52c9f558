"""How much a question is worth asking: the chance that it is a good one, from plain traits of its words, its fact and its article.

The weights are those of a logistic model, fitted to questions of news articles that were judged on four points: right and
supported, understood without the article, one right option only, worth asking (``tests/benchmarks/bench_worth.py`` fits and
measures them). A trait is a number from 0 to 1 or nearly so; what each stands for is said where it is taken.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator

from quizzer.core.model import AnswerType
from quizzer.news.facts import Fact, Frame, Gapped, Happening, Holding, Saying, Sort
from quizzer.news.words import FUNCTION_WORDS

LEAD = 0.15  # share of an article that tells what it is about
_WORDS = re.compile(r"[a-z0-9]+")
_QUOTED = re.compile(r"“[^”]*”")
_GAP = re.compile(r"\{\{[^}]*\}\}")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_NAMES = re.compile(r"(?<=[a-z0-9,’'] )(?!I\b|I[’'])[A-Z][\w.’'-]+")
_POINTING = re.compile(r"\b(?:this|that|these|those|such|same|another|other)\b", re.IGNORECASE)
_BARE_NOUN = re.compile(r"\bthe [a-z]+\b(?! (?:of|that|who|which|for|in|on|to)\b)")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|his|her|its|their|him|them)\b", re.IGNORECASE)
_TITLED_GAP = re.compile(r"(?:President|Gov\.|Sen\.|Rep\.) GAP")
_UNDATED = (Sort.DID, Sort.CLOZE, Sort.WHAT, Sort.COUNT, Sort.CLAIM, Sort.SAID)  # sorts that gain by a year

BIAS = -0.31
WEIGHTS = {
    "asked: party": -1.34, "role": 1.16, "sure": 0.93, "wh in place": -0.81, "asked: organisation": -0.81, "said: names": 0.78,
    "evidence": 0.78, "quoted term": 0.77, "short": -0.76, "holder once": -0.68, "who said": -0.64, "by then": 0.54, "gap number": -0.53,
    "gap place": -0.53, "said: long words": 0.51, "said: I": -0.51, "holder often": 0.48, "as of": -0.42, "when": -0.39,
    "holder in lead": 0.37, "asked: person": 0.36, "cloze": 0.35, "said: figure": 0.35, "undated": -0.34, "gap money": 0.33,
    "who claimed": -0.32, "term": 0.31, "told": 0.30, "gap first": -0.29, "helped": 0.28, "long": 0.27, "said: length": 0.27,
    "who often": 0.26, "position": -0.23, "he or they": -0.22, "said: we": -0.21, "who did": -0.21, "asked: state": 0.21, "said: to": 0.17,
    "the noun": -0.16, "pointing": -0.14, "gap title": -0.13, "who seldom": -0.13, "gap person": -0.12, "twice": -0.11,
    "how many": -0.09, "bare": -0.08, "central": 0.08, "leans": -0.77, "headed": 0.29,
}  # fmt: skip


class Setting:
    """What an article is about: how often it has each word, and which of them stand in its title or its lead."""

    def __init__(self, text: str, title: str = "") -> None:
        self.length = max(1, len(text))
        self.often = Counter(_WORDS.findall(text.lower()))
        self.lead = frozenset(_WORDS.findall(f"{title} {text[: int(len(text) * LEAD)]}".lower()))

    def mentions(self, name: str) -> int:
        """Return how often the last word of a name, a surname, stands in the article."""
        words = _WORDS.findall(name.lower())
        return self.often[words[-1]] if words else 0

    def leads(self, name: str) -> bool:
        """Return whether the last word of a name stands in the title or the lead."""
        return bool(set(_WORDS.findall(name.lower())[-1:]) & self.lead)


def worth(fact: Fact, stem: str, setting: Setting, *, headed: bool = False) -> float:
    """Return the chance, 0 to 1, that the question ``stem`` is a good one; it is of a fact of the article that ``setting`` tells of.

    ``headed`` says that it is asked under the article's heading.
    """
    total = BIAS + sum(WEIGHTS.get(trait, 0.0) * value for trait, value in traits(fact, stem, setting, headed=headed))
    return 1 / (1 + math.exp(-total))


def traits(fact: Fact, stem: str, setting: Setting, *, headed: bool = False) -> Iterator[tuple[str, float]]:
    """Yield the traits of a question, each once, with its measure; those that are not there may be left out."""
    shown = _GAP.sub("GAP", stem)
    said = " ".join(_QUOTED.findall(shown))
    plain = _QUOTED.sub("“”", shown)
    words = len(shown.split())
    yield str(fact.sort), 1.0
    yield "headed", headed
    yield "leans", fact.leans
    yield "sure", 10 * fact.confidence - 9
    yield "short", words < 9
    yield "long", words > 24
    yield "undated", fact.sort in _UNDATED and not _YEAR.search(plain)
    yield "bare", not _NAMES.search(plain)
    looked = said if fact.sort is Sort.SAID else plain
    yield "pointing", bool(_POINTING.search(looked))
    yield "the noun", min(2, len(_BARE_NOUN.findall(looked))) / 2
    yield "he or they", bool(_PRONOUN.search(looked))
    yield "quoted term", fact.sort is not Sort.SAID and "“" in shown
    content = [word for word in re.findall(r"[a-z]{4,}", plain.lower()) if word not in FUNCTION_WORDS]
    yield "central", sum(math.log1p(setting.often[word]) for word in content) / 3 / max(1, len(content))
    yield "position", fact.evidence[0].start / setting.length
    yield "evidence", min(fact.evidence[0].end - fact.evidence[0].start, 400) / 400
    yield "twice", len(fact.evidence) > 1
    yield from _of_frame(fact, shown, said, setting)


def _of_frame(fact: Fact, shown: str, said: str, setting: Setting) -> Iterator[tuple[str, float]]:
    frame = fact.frame
    if isinstance(frame, Saying):
        yield "said: names", min(3, len(_NAMES.findall(said))) / 3
        yield "said: figure", bool(re.search(r"\d", said))
        yield "said: long words", min(6, len(re.findall(r"[\w-]{8,}", said))) / 6
        yield "said: I", bool(re.search(r"\b(?:I|my|me)\b", said))
        yield "said: we", bool(re.search(r"\b(?:we|our|us|you|your)\b", said, re.IGNORECASE))
        yield "said: length", min(len(said.split()), 25) / 25
        yield "said: to", bool(frame.to or frame.occasion)
    if isinstance(frame, Holding):
        holder = frame.person or fact.answer.text
        mentions = setting.mentions(holder)
        yield "holder once", mentions <= 1
        yield "holder often", min(math.log1p(mentions), 3) / 3
        yield "holder in lead", setting.leads(holder)
        yield f"asked: {frame.gap}", 1.0
    elif fact.answer.type is AnswerType.PERSON:
        mentions = setting.mentions(fact.answer.text)
        yield "who seldom", mentions <= 2
        yield "who often", min(math.log1p(mentions), 3) / 3
    if isinstance(frame, Frame | Gapped | Happening):
        yield "told", min(frame.weight, 24) / 24
    if isinstance(frame, Frame):
        yield "wh in place", frame.gap == "in place"
        yield "helped", bool(frame.auxiliaries)
    if isinstance(frame, Gapped):
        yield f"gap {fact.answer.type}", 1.0
        yield "gap title", bool(_TITLED_GAP.search(shown))
        yield "gap first", not frame.before.strip() or frame.before.strip() == "The"
        yield "as of", shown.startswith("As of ")
        yield "by then", shown.startswith("By ")
