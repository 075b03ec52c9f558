"""What single words of a parsed text are (content, strong, relative, an aside), and text made tidy again."""

import itertools
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.times import Moment
from quizzer.news.values import DATE
from quizzer.news.words import DISTANCES, DROPPED_ADVERBS, DURATION_NOUNS, RELATIVE_TIME, TITLES, WEEKDAYS

_NUMBERED = re.compile(r"[A-Z][\w'’]+[-–]\d{1,4}$")

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def owned(text: str, noun: str) -> bool:
    """Whether somebody's name stands as the owner before the noun: "Boston's plan", not "plan by Boston's mayor"."""
    return bool(re.search(r"['’]s |s['’] ", re.split(rf"\b{re.escape(noun)}\b", text, maxsplit=1)[0]))


def tidy(text: str) -> str:
    """Return text with single spaces, no space before a mark, no doubled comma and no "(sic)"."""
    if "sic" in text:
        text = re.sub(r"\s*[(\[]sic[)\]]", "", text)
    if "called" in text:
        text = re.sub(r"\b(?:so ?)?- ?called (?=[“\"'\w])", "", text)
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"\s+([,;:.!?%)\]’”])", r"\1", text)
    text = re.sub(r"(?:,\s*){2,}", ", ", text)
    return text.strip(" ,;:—–")


def closed(block: Block, last: "Token", text: str) -> str:
    """Return a phrase with the mark that closes its quotation, where only a full stop or comma parts it from its last word."""
    doc = block.doc
    after = [doc[i] for i in range(last.i + 1, min(last.i + 3, len(doc)))]
    if after and after[0].text in (".", ","):
        after = after[1:]
    mark = after[0].text if after else ""
    if last.i not in block.quoted or after[:1] == [] or after[0].i - last.i > 2:
        return text
    if mark == "”" and text.count("“") == text.count("”") + 1:
        return f"{text}”"
    return f'{text}"' if mark == '"' and text.count('"') % 2 else f"{text}''" if mark == "''" and text.count("''") % 2 else text


def opened(pieces: list[str], moment: Moment) -> list[str]:
    """Return the pieces of a phrase with a resolved time at their end, the article before it as it must be."""
    if not moment.owner:
        return [*pieces, f"{moment.wording} "]
    before = pieces[-1].strip().lower() if pieces else ""
    if before in ("a", "an"):
        return [*pieces[:-1], f"{'an' if moment.wording[0] in 'AO' else 'a'} ", f"{moment.wording} "]
    return [*pieces, *([] if before == "the" else ["the "]), f"{moment.wording} "]


def one_term(groups: Iterable[frozenset[str]], wanted: set[str]) -> bool:
    """Whether all descriptions share the words of the shortest beyond the noun itself: one term in several wordings."""
    shortest = min(groups, key=len)
    return len(shortest) > len(wanted) and all(shortest <= terms for terms in groups)


def so_called(doc: "Doc", index: int) -> bool:
    """Whether a token belongs to the words 'so-called'."""
    return any([part.lower_ for part in doc[start : start + 3]] == ["so", "-", "called"] for start in range(max(index - 2, 0), index + 1))


def lemma_of(token: "Token") -> str:
    """Return a token's lemma, lower case, quotation marks gone."""
    return str(token.lemma_).lower().strip("\"'“”‘’")


def is_content(token: "Token") -> bool:
    """Whether a token tells something: a noun, verb, adjective or number."""
    return token.pos_ in ("NOUN", "PROPN", "VERB", "ADJ", "NUM") and not token.is_punct and token.lower_ not in ("so", "called")


def strength(block: Block, token: "Token") -> int:
    """Return how much a content token tells: 3 for what tells one thing from others, 6 with its number ("Luna-25"), else 1."""
    if _NUMBERED.match(token.text):
        return 6
    return 3 if is_strong(block, token) else 1


def is_strong(block: Block, token: "Token") -> bool:
    """Whether a token tells one thing from others: a proper name, a number in digits, a quoted term."""
    if token.is_punct or token.is_space:
        return False
    if token.text[:1].isupper() and (token.pos_ == "PROPN" or (token.pos_ == "ADJ" and not token.is_sent_start)):
        return not is_relative(token)
    if token.like_num and token.text[:1].isdigit():
        return True
    quote = block.quote_at(token.idx)
    return quote is not None and quote.form in ("term", "title") and quote.sure


def is_thing(token: "Token") -> bool:
    """Whether a name is a thing's, not a person's: with an article ("the Moon"), with a number ("Luna 9")."""
    doc = token.doc
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    return (token.i > 0 and doc[token.i - 1].lower_ in ("the", "a", "an")) or (after is not None and after.text.isdigit())


def is_distance(tokens: "tuple[Token, ...]") -> bool:
    """Whether a measure tells how far off another event was: "four years" of "four years after X crashed"."""
    doc, end = tokens[0].doc, tokens[-1].i + 1
    return any(token.lemma_.lower() in DURATION_NOUNS for token in tokens) and end < len(doc) and doc[end].lower_ in DISTANCES


def on_weekday(token: "Token") -> bool:
    """Whether a token is a weekday, or the preposition of one."""
    return token.lower_ in WEEKDAYS or (token.lower_ == "on" and any(child.lower_ in WEEKDAYS for child in token.children))


def is_relative(token: "Token") -> bool:
    """Whether a token is a time that leans on the day of the article."""
    return token.lower_ in RELATIVE_TIME


def has_year(token: "Token") -> bool:
    """Whether the date a token belongs to gives its year."""
    sent = token.sent
    return any(
        match.start() <= token.idx - sent.start_char < match.end() and re.search(r"\d{4}", match[0]) for match in DATE.finditer(sent.text)
    )


def is_name_run(token: "Token") -> bool:
    """Whether a proper noun stands beside another one: part of a longer name."""
    doc = token.doc
    before = doc[token.i - 1] if token.i else None
    after = doc[token.i + 1] if token.i + 1 < len(doc) else None
    named = before is not None and before.pos_ == "PROPN" and before.lower_.rstrip(".") not in TITLES
    return bool(named or (after is not None and after.pos_ == "PROPN"))


def is_aside(block: Block, token: "Token") -> bool:
    """Whether a child only adds to its head: an apposition or clause between commas, brackets, an adverb that leans back."""
    first, dep = token.left_edge.i, token.dep_
    mark = token.doc[first - 1].text if first else ""
    if first > 1 and mark in ("”", '"'):
        mark = token.doc[first - 2].text
    comma = mark in (",", "—", "–", "--", "-", "(") and first > token.head.i
    if dep == "appos" and token.i > token.head.i:
        return comma and not (token.pos_ == "PROPN" and token.head.pos_ == "PROPN" and token.ent_type_ in ("GPE", "LOC"))
    if dep in ("relcl", "acl", "advcl", "parataxis") and comma:
        return True
    if dep == "advmod" and token.lower_ in DROPPED_ADVERBS and token.i not in block.quoted and token.whitespace_:
        return not any(True for _ in token.children)
    if dep == "npadvmod" and token.head.pos_ == "NOUN" and comma:
        return True
    return mark == "(" and dep != "pobj"


def subtree(block: Block, head: "Token", *, without: Iterable["Token"] = ()) -> "list[Token]":
    """Return the tokens of ``head``'s phrase that restrict it: no apposition, no aside, no leaning adverb."""
    dropped = set(without)
    kept: list[Token] = []

    def walk(token: "Token") -> None:
        kept.append(token)
        for child in token.children:
            if child in dropped or is_aside(block, child):
                continue
            walk(child)

    walk(head)
    kept.sort(key=lambda token: token.i)
    glue: list[Token] = []
    for one, other in itertools.pairwise(kept):
        if other.i - one.i == 2:
            between = head.doc[one.i + 1]
            if (between.text == "," or (between.text == "-" and not one.whitespace_)) and between not in dropped:
                glue.append(between)
    if glue:
        kept.extend(glue)
        kept.sort(key=lambda token: token.i)
    while kept and kept[-1].is_punct and kept[-1].text not in "\"”''%":
        kept.pop()
    while kept and kept[0].is_punct and kept[0].text not in "\"“''$":
        kept.pop(0)
    return kept
