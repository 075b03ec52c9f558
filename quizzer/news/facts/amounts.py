"""Amounts as an article writes them: a number with what it counts, money, a percentage, a length of time.

"About", "more than" and "at least" belong to the amount. Vague amounts ("several", "dozens"), numbers inside terms and names,
ages written as adjectives and dates are no amounts here.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.document import Block
from quizzer.news.values import Value, plain, read_number
from quizzer.news.words import DURATION_NOUNS, NUMBERS, SCALES, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

ABOUT = re.compile(
    r"(?:(?:more|less|fewer|greater) than|at (?:least|most)|about|around|approximately|roughly|nearly|almost|over|under|some|"
    r"up to|as many as|as much as|an estimated|close to|just over|just under|well over|exactly)",
    re.IGNORECASE,
)
_LEAD = re.compile(rf"(?:^|\s)({ABOUT.pattern})\s+$", re.IGNORECASE)
_NOT_COUNTED = word_set(
    "other more less number time thing way kind sort one part half third quarter point top percent fact year times points "
    "a.m. p.m. am pm vote-point figure dollar cent page grade chapter section title room no. old side"
)
_SIZED = word_set(
    "fee fine settlement loan debt loss profit deficit budget grant payment salary prize contribution donation gift investment "
    "bonus penalty shortfall surplus stake check fund bailout offer bid contract award ransom plan proposal project deal package sale "
    "merger purchase acquisition takeover combination lawsuit verdict judgment program subsidy pledge scholarship mortgage buyout buy"
)
_SHARED = word_set(
    "stake share tax increase rise drop decline cut raise discount tariff majority pay return fee commission interest turnout"
)
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_SCALE = "|".join(SCALES)
_WORD = rf"(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))}|{_SCALE})"
_NUMBER = rf"(?:{_DIGITS}|{_WORD})(?:[ -](?:{_WORD}))*"
_MONEY = re.compile(rf"(?:US)?[$£€]\s?{_DIGITS}(?: ?(?:{_SCALE}|bn|m)\b)?", re.IGNORECASE)
_SHARE = re.compile(rf"({_DIGITS}|{_WORD}(?:-{_WORD})?)\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_RANGE = re.compile(rf"({_NUMBER})(?: to | or |-|–)({_NUMBER})", re.IGNORECASE)
_HALF = re.compile(rf"({_NUMBER}) and a half", re.IGNORECASE)


class Amount(msgspec.Struct, frozen=True):
    """An amount: its value, what stands for it in a question ("how many"), the tokens that it replaces, what it counts.

    ``noun`` is the token index of what is counted, or of the last token of money, shares and lengths of time.
    """

    value: Value
    kind: str  # count, money, share, duration
    asked: str
    tokens: frozenset[int]
    noun: int


def find_amounts(block: Block, tokens: "Sequence[Token]") -> Iterator[Amount]:
    """Yield the amounts among ``tokens`` (in order, of one constituent)."""
    inside = {token.i for token in tokens}
    taken: set[int] = set()
    for token in tokens:
        if token.i in taken:
            continue
        amount = None
        if token.text in "$£€" or token.text.endswith("$"):
            amount = _money(block, token)
        elif token.text == "%" or token.lower_ in ("percent", "per"):
            amount = _share(block, token)
        elif token.pos_ in ("NOUN", "PROPN") and token.tag_ in ("NNS", "NN", "NNPS"):
            amount = _count(block, token)
        if amount is not None and amount.tokens <= inside and not amount.tokens & taken:
            taken |= amount.tokens
            yield amount


def _between(block: Block, start: int, end: int) -> frozenset[int]:
    return frozenset(token.i for token in block.tokens if token.idx < end and token.idx + len(token.text) > start)


def _led(block: Block, start: int) -> int:
    """Return where an amount that begins at ``start`` begins with its "about" or "more than"."""
    text = block.doc.text[max(start - 20, 0) : start]
    match = _LEAD.search(text)
    return start - len(text) + match.start(1) if match else start


def _money(block: Block, token: "Token") -> Amount | None:
    text = block.doc.text
    match = _MONEY.match(text, token.idx)
    if match is None:
        return None
    if token.i and block.doc[token.i - 1].lower_ == "between":
        return _span_of_money(block, token)
    start = _led(block, token.idx)
    after = next((other for other in block.tokens if other.idx >= match.end()), None)
    before = block.doc[token.i - 1] if token.i else None
    if text[match.end() : match.end() + 1] == "-" or text[max(start - 1, 0)] in "-–":
        return None
    named = _named(after)
    if named is not None and named.lemma_.lower() in _SIZED and before is not None and before.lower_ in ("a", "an"):
        return _sized(block, before, token.idx, match.end(), named, read_number(re.sub(r"^US", "", match[0])))
    if after is not None and (
        after.pos_ in ("NOUN", "PROPN", "ADJ") or after.text in ("-", "–") or _opens_range(after) or after.lower_ in ("a", "an", "per")
    ):
        return None  # "$5 million budget", "$5 an hour"
    if before is not None and before.dep_ in ("det", "poss", "case") and start == token.idx:
        return None
    number = read_number(re.sub(r"^US", "", match[0]))
    if number is None:
        return None
    tokens = _between(block, start, match.end())
    value = _value(text[start : match.end()], AnswerType.MONEY, number, number, match[0].lstrip("US")[0], bare=match[0])
    return Amount(value, "money", "how much", tokens, max(tokens))


def _span_of_money(block: Block, token: "Token") -> Amount | None:
    """ "between $2,500 and $5,000": one amount."""
    text = block.doc.text
    first = _MONEY.match(text, token.idx)
    second = _MONEY.match(text, first.end() + 5) if first and text[first.end() : first.end() + 5] == " and " else None
    if first is None or second is None:
        return None
    low, high = read_number(first[0]), read_number(second[0])
    start = block.doc[token.i - 1].idx
    if low is None or high is None or low >= high or re.match(r"[-–]| [a-z]+-", text[second.end() :]):
        return None
    value = _value(text[start : second.end()], AnswerType.RANGE, low, high, first[0][0], bare=f"{first[0]} to {second[0]}")
    value = msgspec.structs.replace(value, accept=(f"{first[0]} to {second[0]}", f"{first[0]}–{second[0]}"))
    tokens = _between(block, start, second.end())
    return Amount(value, "money", "how much", tokens, max(tokens))


def _sized(block: Block, article: "Token", start: int, end: int, noun: "Token", number: float | None) -> Amount | None:
    """ "a $60 million fee": how large a fee."""
    own = _between(block, start, end)
    words = block.doc[max(own) + 1 : noun.i + 1]
    if number is None or noun.tag_ != "NN" or any(word.text[:1].isupper() or not word.text.isalpha() for word in words):
        return None
    text = block.doc.text[start:end]
    value = _value(text, AnswerType.MONEY, number, number, text.lstrip("US")[0], bare=text)
    return Amount(value, "size", "how large an" if words.text[:1] in "aeio" else "how large a", own | {article.i}, noun.i)


def _named(token: "Token | None") -> "Token | None":
    """Return the noun that an amount before ``token`` is the size of: "proposal" of "a $275 billion infrastructure proposal"."""
    for _ in range(3):
        after = token.doc[token.i + 1] if token is not None and token.i + 1 < len(token.doc) else None
        if token is None or after is None or token.pos_ not in ("NOUN", "ADJ") or after.pos_ != "NOUN":
            break
        token = after
    return token


def _opens_range(token: "Token") -> bool:
    """Whether "to" leads to the other end of a range: "$5 to $10"."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.lower_ == "to" and after is not None and (after.text in "$£€" or after.like_num)


def _share(block: Block, token: "Token") -> Amount | None:
    text = block.doc.text
    window = max(token.idx - 24, 0)
    found = [match for match in _SHARE.finditer(text, window) if match.start() < token.idx + len(token.text) <= match.end() + 1]
    if not found:
        return None
    match = found[-1]
    start = _led(block, match.start())
    after = next((other for other in block.tokens if other.idx >= match.end()), None)
    if text[match.end() : match.end() + 1] == "-" or (start and text[start - 1] in "-–$"):
        return None
    before = next((other for other in reversed(block.doc[: token.i]) if other.idx < start), None)
    if after is not None and after.lemma_.lower() in _SHARED and after.tag_ == "NN" and before is not None and before.lower_ in ("a", "an"):
        own = _between(block, start, match.end())
        part = read_number(match[1])
        if part is None or after.i != max(own) + 1:
            return None
        size = _value(text[start : match.end()], AnswerType.NUMBER, part, part, "percent", bare=match[0])
        size = msgspec.structs.replace(size, accept=tuple(dict.fromkeys((*size.accept, match[1], f"{plain(part)}%"))))
        return Amount(size, "size", "how large a", own | {before.i}, after.i)
    if after is not None and (after.pos_ in ("NOUN", "PROPN", "ADJ") or after.text in ("-", "–") or _opens_range(after)):
        return None
    number = read_number(match[1])
    if number is None:
        return None
    tokens = _between(block, start, match.end())
    value = _value(text[start : match.end()], AnswerType.NUMBER, number, number, "percent", bare=match[0])
    digits = plain(number)
    value = msgspec.structs.replace(value, accept=tuple(dict.fromkeys((*value.accept, match[1], f"{digits}%", f"{digits} percent"))))
    return Amount(value, "share", "what percentage", tokens, max(tokens))


def _count(block: Block, noun: "Token") -> Amount | None:
    numbers = [child for child in noun.children if child.dep_ == "nummod" and child.i < noun.i]
    if len(numbers) != 1 or any(child.dep_ in ("det", "predet", "poss") and child.lower_ != "an" for child in noun.children):
        return None  # "the two leaders", "his two sons" were counted before
    number = numbers[0]
    spelled = [token for token in number.subtree if token.i < noun.i]
    text = block.doc.text
    start, end = spelled[0].idx, spelled[-1].idx + len(spelled[-1].text)
    while _led(block, start) != start:
        start = _led(block, start)
    if text[end : end + 1] in "-–" or text[max(start - 1, 0)] in "-–":
        return None
    shown = text[start:end]
    bare = shown
    while match := re.match(rf"(?:{ABOUT.pattern})\s+", bare, re.IGNORECASE):
        bare = bare[match.end() :]
    bare = re.sub(r"^(?:only|just)\s+", "", bare)
    if any(child.dep_ == "det" and child.idx >= start + len("an estimated") for child in noun.children):
        return None
    low, high = _read(bare)
    unit = noun.lemma_.lower()
    duration = unit in DURATION_NOUNS
    if low is None or high is None or (high < 2 and not duration) or (not duration and unit in _NOT_COUNTED):
        return None
    year = 1500 <= low <= 2100 and "," not in bare and low == high
    if re.search(r"\$|%", shown) or (noun.ent_type_ == "DATE" and not duration) or year:
        return None  # "the 2016 debates"
    after = text[noun.idx + len(noun.text) : noun.idx + len(noun.text) + 12].lower()
    if re.match(r"\s*(?:-|–|old\b|ago\b|later\b|earlier\b|from now|each\b|per\b|a (?:day|week|month|year))", after):
        return None
    tokens = _between(block, start, end)
    if duration:
        shown = f"{text[start:end]} {noun.text}"
        value = _value(shown, AnswerType.DURATION, low, high, unit, bare=f"{bare} {noun.text}")
        if noun.i != max(tokens) + 1:
            return None
        several = low == high and float(low).is_integer() and high != 1
        asked = f"how many {noun.text}" if several else "how long"
        return Amount(value, "duration", asked, tokens | {noun.i}, noun.i)
    kind = AnswerType.NUMBER if low == high else AnswerType.RANGE
    return Amount(_value(shown, kind, low, high, unit, bare=bare), "count", "how many", tokens, noun.i)


def _read(text: str) -> tuple[float | None, float | None]:
    if match := _HALF.fullmatch(text):
        number = read_number(match[1])
        return (None, None) if number is None else (number + 0.5, number + 0.5)
    number = read_number(text) if not re.search(r"\b(?:and|to|or|an?)\b|[-–]\d", text) else None
    if number is not None:
        return number, number
    if match := _RANGE.fullmatch(text):
        low, high = read_number(match[1]), read_number(match[2])
        if low is not None and high is not None and low < high:
            return low, high
    return None, None


def _value(shown: str, kind: AnswerType, low: float, high: float, unit: str, *, bare: str) -> Value:
    shown = _lower_first(shown)
    accept = [bare] if bare != shown and low == high else []
    if kind is AnswerType.NUMBER and unit != "percent" and plain(low).lower() not in (shown.lower(), bare.lower()):
        accept.append(plain(low))
    same = f"{low:g} {unit}" if low == high else f"{low:g}-{high:g} {unit}"
    return Value(text=shown, type=kind, same=same, accept=tuple(accept), low=low, high=high, unit=unit)


def _lower_first(text: str) -> str:
    word = text.split()[0].lower() if text.split() else ""
    return text[:1].lower() + text[1:] if re.split(r"[-–]", word)[0] in NUMBERS or ABOUT.match(text) else text
