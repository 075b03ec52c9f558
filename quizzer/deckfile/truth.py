"""Whether a question says what its evidence says, and will still say so later. With the articles at hand, the evidence itself.

Prose and examples are in ``advice``.
"""

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property

from quizzer.core.grading.numerals import NUMBER_WORDS, ORDINALS, SMALL
from quizzer.core.kinds import Cloze, List, Plain, Question
from quizzer.core.model import Source
from quizzer.deckfile.draft import Draft, Item, behind
from quizzer.deckfile.nodes import Node
from quizzer.deckfile.places import stem_of
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook

ENGLISH = Rulebook()

NEAR = 30  # characters between key and distractor that are named in one breath
LEAST_QUOTED = 4  # words; fewer in quotes may be a title, or a manner of speaking
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]")
_RELATIVE = re.compile(
    r"\b(today|yesterday|tomorrow|tonight|currently|presently|recently|nowadays|incumbent|(?:last|this|next) (?:week|month|year|decade|"
    r"spring|summer|autumn|fall|winter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|(?:days?|weeks?|months?|years?) ago|"
    r"in recent (?:weeks|months|years|decades)|at present|(?:at the moment|so far|to date|until now|these days)(?=\s*[?.,]|$)|"
    r"current (?=(?:\w+ )?(?:president|prime minister|chancellor|secretary|minister|mayor|governor|king|queen|monarch|pope|leader|head|"
    r"chair|champion|holder|record|director|population|capital)\b)|"
    r"(?<=is )now(?! (?:known|called|named|part))|(?<=are )now(?! (?:known|called|named|part)))\b",
    re.IGNORECASE,
)
_TIMES = (  # what any of these holds
    *("today", "yesterday", "tomorrow", "tonight", "current", "presently", "recent", "nowadays", "incumbent", "last ", "this ", "next "),
    *(" ago", "at present", "at the moment", "so far", "to date", "until now", "these days", " now", "day"),
)
_WEEKDAY = re.compile(r"\b(?:on|since|until|by) ((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_DATED = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_AFTER_A_SENTENCE = re.compile(r"(?:^|[.?!:“\"])\s*$")
_TEXTS = (
    "article",
    "passage",
    "text",
    "story",
    "excerpt",
    "author",
    "report",
    "table",
    "picture",
    "figure",
    "list",
    "graph",
    "writer",
    "of them",
)
_OUTSIDE = re.compile(
    r"\b(?:according to|in|of|does|did|do|by|from) "
    r"((?:the|this) (?:article|passage|text|story|excerpt|author))\b(?! (?:of|in|by|that|on|\w+ed) )|"
    r"\b((?:the|this) (?:article|passage|text|story|report|table|picture|figure|list|paragraph) (?:above|below))\b|"
    r"\b(the two of them|both of them)\b|\b(the (?:author|writer)['’]s)\b(?!.*\b(?-i:[A-Z]))",
    re.IGNORECASE,
)
_ONE_OUTSIDE = re.compile(
    r"(?:in |at |on |to |from |for |with |by )?(?:when|where|why|how|what|whom|which(?: \w+)?)(?: \w+)? "
    r"(?:did|does|do|was|were|is|are|has|had|have|can|could|will|would) (he|she|they|him|these|those)\b(?! (?:\w+ly )?who\b)|"
    # "it" only where it can hardly be the "it" that stands for nothing: it rained, it was forbidden to …
    r"(?:when|where|why|how|by whom) "
    r"(?:was (it) (?:\w+ed|\w+en|built|held|found|sold|made|lost|sent|won)|did (it) (?!rain|snow|take)\w+)\b"
    r"(?!.*\b(?:to|that|if|when|who|which|whether|how)\b)|"
    r"(he|she|they) \w+",
    re.IGNORECASE,
)
_ARTICLES = ("the ", "an ", "a ")
_QUOTE_BEGINS = re.compile(r"[\"“„«]")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LITTLE = frozenset(
    {"The", "A", "An", "In", "On", "At", "By", "To", "For", "With", "From", "Of", "It", "They", "He", "She", "About", "No", "Yes", "And"}
)
_TOGETHER = re.compile(r"(?:,|\band\b|&|\bor\b|\bas well as\b)")
_APART = re.compile(r"\b(?:not|but|than|instead|rather|from|to|against|unlike|over|beat|defeated|without|nor|never|while|whereas)\b")
_DAYS_TOLD = frozenset(
    [
        *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"),
        *("last", "this", "next", "ago", "earlier", "later", "since", "after", "before"),
    ]
)
_NUMBERS = SMALL.keys() | ORDINALS.keys()
_GAPS = re.compile(r"…|\.\.\.|\[[^\]]*\]")
_SHORT = re.compile(r"(?<=[-–, (])(?!Mrs?\b|Ms\b|Drs?\b|Sen\b|Rep\b|Gov\b|Gen\b|St\b)([A-Z][a-z]{1,4})(?=\.)")
_MONTHS = frozenset(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"])


@ENGLISH.question("Q203", Plain, Cloze, List)
def evidence_says_the_key(item: Item) -> Found:
    """A number or a name of the key that no quote and no passage holds."""
    question = item.question
    evidence = question.evidence
    if not evidence:
        return
    told: set[str] | None = None
    spans = " ".join(f"{one.quote} {one.passage}" for one in evidence)
    for wordings, node in _keys(item):
        if wordings[0] in spans:
            continue
        if told is None:
            told = _told(spans)
        missing = [_missing(wording, told, spans) for wording in wordings]
        if all(missing):
            yield node, f"the evidence does not say {quoted(missing[0])}. Quote the span that does, or mend the key."
            return


def _keys(item: Item) -> Iterator[tuple[tuple[str, ...], Node]]:
    """Yield the wordings of each key, and where it stands."""
    question = item.question
    if isinstance(question, Plain):
        yield (question.answer, *question.accept), item.at("answer")
    elif isinstance(question, Cloze):
        for wordings in question.gaps:
            yield wordings, item.at("cloze")
    elif isinstance(question, List):
        for at, text in enumerate(question.answers):
            yield tuple(wording.strip() for wording in text.split("|")), item.at("answers", at)


def _told(text: str) -> set[str]:
    """Return the words of ``text`` in small letters, its numbers in digits, and the beginnings of its words."""
    words = [word.casefold() for word in _TOKEN.findall(_plain(text))]
    told = {*words, *(_bare(word) for word in words if not word.isalpha())}
    if named := told & _NUMBERS:
        told |= {str(SMALL.get(word, ORDINALS.get(word))) for word in named}
        for one, other in itertools.pairwise(words):
            if SMALL.get(one, 0) >= 20 and 0 < SMALL.get(other, 0) < 10:
                told.add(str(SMALL[one] + SMALL[other]))
    return told | {word[:4] for word in words if len(word) > 4} | {word[:3] for word in words} & _MONTHS


def _missing(key: str, told: set[str], spans: str) -> str:
    """Return the first number or name of the key that is not told, or "" when all are."""
    tokens = list(_TOKEN.finditer(key))
    if _is_abbreviated([found[0] for found in tokens], spans):
        return ""
    for at, found in enumerate(tokens):
        token = found[0]
        if token[0].isdigit():
            if not (_bare(token) in told or not told.isdisjoint(_DAYS_TOLD) or _is_year_of_month(token, key, told, spans)):
                return token
        elif token[0].isupper() and token not in _LITTLE and len(token) > 1 and not _is_told_name(token, told, spans):
            follows = tokens[at + 1] if at + 1 < len(tokens) else None
            if follows and follows[0][0].isupper() and key[found.end() : follows.start()] in (" ", ". "):
                continue  # a surname is enough
            if at == 0 and follows and not key[found.end() : follows.start()].strip() and follows[0][0].islower():
                continue  # a capital because the key begins
            return token
    return ""


def _is_told_name(token: str, told: set[str], spans: str) -> bool:
    word = _bare(_plain(token).casefold())
    if word in told or word[:4] in told or word in NUMBER_WORDS:
        return True
    if word[:3] in _MONTHS and (word[:3] in told or not told.isdisjoint(_DAYS_TOLD)):
        return True
    return token.isupper() and _initials(token, spans)


def _is_abbreviated(words: list[str], spans: str) -> bool:
    """Whether the evidence has the key short, as the news has states: (R-Wis.), D-N.Y."""
    if len(words) > 1:
        return "".join(f"{word[0]}." for word in words) in spans and all(word[0].isupper() for word in words)
    short = (found[1] for found in _SHORT.finditer(spans))
    return any(_letters_of(part, words[0]) for part in short) if words and words[0][0].isupper() and len(words[0]) > 4 else False


def _letters_of(short: str, word: str) -> bool:
    """Whether a word begins as it is shortened, and has the other letters in that order (Vt., Vermont)."""
    letters = iter(word.casefold())
    return word[0] == short[0] and all(letter in letters for letter in short.casefold())


def _is_year_of_month(token: str, key: str, told: set[str], spans: str) -> bool:
    """Whether it is the year of a month that the evidence names without one: then it is the year of the article."""
    months = {word[:3] for word in re.findall(r"[a-z]+", key.casefold())} & _MONTHS
    return bool(_DATED.fullmatch(token)) and bool(months & told) and not _DATED.search(spans)


def _initials(token: str, spans: str) -> bool:
    return token in "".join(word[0] for word in _TOKEN.findall(spans) if word[0].isupper())


def _bare(word: str) -> str:
    return word.replace(",", "").removesuffix("'s").removesuffix("’s") if not word.isalpha() else word


def _plain(text: str) -> str:
    return text if text.isascii() else "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@ENGLISH.question("Q204", Plain)
def evidence_rules_out_distractors(item: Item) -> Found:
    """A distractor that the quote names in one breath with the key."""
    question = item.question
    assert isinstance(question, Plain)
    if not question.evidence or not question.distractors:
        return
    key = _without_article(question.answer)
    for evidence in question.evidence:
        quote = evidence.quote.casefold()
        at = _whole(key, quote)
        if at < 0:
            continue
        for number, text in enumerate(question.distractors):
            wrong = _without_article(text)
            there = _whole(wrong, quote)
            if there < 0 or wrong in key or key in wrong:
                continue
            between = quote[at + len(key) : there] if at < there else quote[there + len(wrong) : at]
            counts = (
                {_counted(quote[at + len(key) :]), _counted(quote[there + len(wrong) :])} if key.isdigit() and wrong.isdigit() else {""}
            )
            if len(counts) == 1 and len(between) <= NEAR and _TOGETHER.search(between) and not _APART.search(between):
                message = f"the evidence supports the distractor {quoted(text)} as it does the key"
                yield item.at("distractors", number), f"{message}. Write another distractor, or ask for a list."
                return


def _counted(text: str) -> str:
    """Return the word after a number: what there are so many of, or "" where another number, or a word between two, follows."""
    found = re.match(r" ([^\W\d_]+)", text)
    return found[1] if found and found[1] not in ("and", "or", "to") else ""


def _without_article(text: str) -> str:
    text = text.casefold().strip()
    return text.partition(" ")[2] if text.startswith(_ARTICLES) else text


def _whole(words: str, text: str) -> int:
    """Return where ``words`` stand in the text, not as part of other words; -1 when they do not."""
    at = text.find(words) if words else -1
    while at >= 0:
        if not text[at - 1 : at].isalnum() and not text[at + len(words) : at + len(words) + 1].isalnum():
            return at
        at = text.find(words, at + 1)
    return -1


@ENGLISH.question("Q205")
def no_relative_time(item: Item) -> Found:
    """Words that mean another day tomorrow."""
    question = item.question
    if question.as_of:
        return
    if not any(map(question.text.casefold().__contains__, _TIMES)):
        return  # most stems, before anything is spent on them
    text = _QUOTED.sub("", question.text)
    match = next((found for found in _RELATIVE.finditer(text) if not _is_title(found, text)), None)
    match = match or (None if _DATED.search(text) else _WEEKDAY.search(text))
    if match:
        yield stem_of(item), f"{quoted(match[1])} will mean another time when this is asked. Write the date, or add `as_of`."


def _is_title(found: re.Match[str], text: str) -> bool:
    """Whether it is a name: a capital where no sentence begins (USA Today)."""
    return found[0][0].isupper() and not _AFTER_A_SENTENCE.search(text, 0, found.start())


@ENGLISH.question("Q206")
def stands_alone(item: Item) -> Found:
    """A stem that points at what is not there."""
    question = item.question
    if question.image is not None:
        return
    text = _QUOTED.sub("", question.text) if _QUOTE_BEGINS.search(question.text) else question.text
    found = _ONE_OUTSIDE.match(text) or (_OUTSIDE.search(text) if any(map(text.casefold().__contains__, _TEXTS)) else None)
    if found:
        shown = next(group for group in found.groups() if group)
        yield stem_of(item), f"{quoted(shown)} refers to something outside this question. Name it."


class Articles:
    """The texts of articles at hand, by the names they may go by: those of files, less their suffix, and ids of sources."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @cached_property
    def _by_hash(self) -> dict[str, str]:
        return {hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(): text for text in self._texts.values()}

    def of(self, source: Source) -> tuple[str | None, bool]:
        """Return the text of the source's article (None: not at hand), and whether it is the very text that the deck was made from."""
        if source.sha256 and (same := self._by_hash.get(source.sha256.lower())) is not None:
            return same, True
        text = self._texts.get(source.id)
        return text, text is not None and not source.sha256


def judge_sources(draft: Draft, articles: Articles) -> Iterator[tuple[str, Node, str]]:
    """Yield what the articles at hand say against the deck: a code, where, and what."""
    if draft.deck is None or draft.root is None:
        return
    texts: dict[str, tuple[str, bool]] = {}
    for number, source in enumerate(draft.deck.sources):
        text, same = articles.of(source)
        if text is None:
            continue
        texts[source.id] = text, same
        if not same:
            message = f"the text of the article {quoted(source.id)} is another than when the deck was made"
            yield "Q210", behind(draft.root, "sources", number, "sha256"), f"{message}. Check its questions, and `sha256` after them."
    titles = " ".join(source.title for source in draft.deck.sources)
    for item in draft.items:
        yield from _evidence_against(item, texts)
        yield from _quotations_against(item, texts, titles)


def _evidence_against(item: Item, texts: dict[str, tuple[str, bool]]) -> Iterator[tuple[str, Node, str]]:
    for number, evidence in enumerate(item.question.evidence):
        if evidence.source not in texts:
            continue
        text, same = texts[evidence.source]
        node = item.at("evidence", number, "quote")
        if evidence.start is not None and same and text.startswith(evidence.quote, evidence.start):
            continue
        at = text.find(evidence.quote)
        if at < 0:
            yield "Q201", node, "this quote is not in its article. Copy it word for word."
        elif evidence.start is not None and same:
            yield "Q201", node, f"this quote is not at {evidence.start} of its article. It is at {at}: mend `start`."


def _quotations_against(item: Item, texts: dict[str, tuple[str, bool]], titles: str) -> Iterator[tuple[str, Node, str]]:
    question: Question = item.question
    if not question.evidence or any(evidence.source not in texts for evidence in question.evidence):
        return
    there = None
    for found in _QUOTED.finditer(question.text):
        if len(found[0].split()) < LEAST_QUOTED:
            continue
        if there is None:
            there = _even(titles + " " + " ".join(_unbracketed(texts[evidence.source][0]) for evidence in question.evidence))
        pieces = [_even(piece).strip(" .,;:!?\"'") for piece in _GAPS.split(found[0])]
        if lost := next((piece for piece in pieces if piece and piece not in there), None):
            yield "Q202", stem_of(item), f"{quoted(lost)} is in quotes, and not in the article. Quote to the letter, or drop the quotes."


def _unbracketed(text: str) -> str:
    """Return an article's text without the brackets of editors about a letter: “[T]he” is quoted as “The”."""
    return re.sub(r"\[(\w)\](?=\w)", r"\1", text)


def _even(text: str) -> str:
    """Return ``text`` with quotes, dashes, spacing and case evened out."""
    text = re.sub(r"[“”„«»]", '"', text.replace("’", "'").replace("‘", "'"))
    return " ".join(re.sub(r"[–—]", "-", text).casefold().split())
