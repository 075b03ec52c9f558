"""What an article is called, as a question may tell it: "Mayor Defends Bridge Plan" of May 2016.

A heading says what a story is about. It is an article's own title, without the name of its series and, if it is long, without
its second half; a title that names no story ("5 things to know today") is none.
"""

import datetime as dt
import re

import msgspec

from quizzer.news.words import FUNCTION_WORDS, PUBLIC

LONGEST = 15  # words of a heading that is told
SHORTEST = 3
_SERIES = re.compile(r"^(?:breaking|exclusive|report|update|opinion|analysis|watch|video|photos?|live)\s*:\s*", re.IGNORECASE)
_LIST = re.compile(
    r"^the latest:|\b(?:things|stories|takeaways|headlines) to\b"
    r"|\b(?:today|tonight|newsletter|briefing|digest|roundup|letters)\b",
    re.IGNORECASE,
)  # names no story
_PARTS = re.compile(r"\s*(?:[;|…]|\.\.\.| [-–—]+ |—|: )\s*")
_BARE = re.compile(r"\bthe ([a-z]+)(?! (?:of|that|who|which|in|for|on|to|from|between|against|over|by|at)\b|-)\b")


class Heading(msgspec.Struct, frozen=True):
    """What an article is called and the month it appeared in, in words; empty where it tells nothing."""

    words: str = ""
    month: str = ""

    @property
    def terms(self) -> frozenset[str]:
        """Return its content words in lower case, without the s of a plural."""
        return frozenset(singular(word) for word in re.findall(r"\w{3,}", self.words) if word.lower() not in FUNCTION_WORDS)

    def explains(self, stem: str) -> str:
        """Return the first thing in a question that only the heading explains ("the ruling"), or an empty string."""
        terms = self.terms
        bare = (found for found in _BARE.finditer(stem) if found[1] not in PUBLIC)
        return next((found[0] for found in bare if singular(found[1]) in terms), "")


def heading_of(title: str, date: str) -> Heading:
    """Return the heading of an article of that title and day (ISO, or empty)."""
    words = _SERIES.sub("", " ".join(title.split()))
    if len(words.split()) > LONGEST:
        words = _PARTS.split(words)[0]
    words = re.sub(r"[“”\"]([^“”\"]*)[“”\"]", r"‘\1’", words).rstrip(" ,;:-–—")
    if not SHORTEST <= len(words.split()) <= LONGEST or _LIST.search(words) or re.search(r"[“”\"{}|]|[a-z][.!?] [A-Z]", words):
        return Heading()
    try:
        month = f"{dt.date.fromisoformat(date):%B %Y}"
    except ValueError:
        month = ""
    return Heading(words, month)


def singular(word: str) -> str:
    """Return a word in lower case without the s of a plural; good enough to compare words by."""
    return word.lower().removesuffix("s")
