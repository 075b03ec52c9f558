"""How many, how much, how long, what share: numbers with what they count, "about" and "more than" kept.

Vague amounts ("several", "dozens"), numbers inside terms, ages and dates are not taken.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.facts import Fact, Refusal, Scene, Sort, asked_clauses, clause_key, clause_span, make_frame
from quizzer.news.values import Value, plain, read_number
from quizzer.news.words import DURATION_NOUNS, NUMBERS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from quizzer.news.clauses import Clause, Part

_ABOUT = re.compile(
    r"^(?:(?:more|less|fewer|greater) than|at (?:least|most)|about|around|approximately|roughly|nearly|almost|over|under|some|"
    r"up to|as many as|as much as|an estimated|close to|just over|just under|exactly)\s+",
    re.IGNORECASE,
)
_NOT_COUNTED = word_set("other more less number time thing way kind sort one part half third quarter point top percent fact year")
_VAGUE = word_set("several many few dozens hundreds thousands millions billions dozen couple scores")


class _Amount(msgspec.Struct, frozen=True):
    value: Value
    tokens: tuple[int, ...]  # of the number itself, with its "about"
    counted: str
    kind: str  # count, money, share, duration


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the amounts that statements give."""
    for clause in asked_clauses(scene):
        if clause.copula:
            yield from _measured(scene, clause)
            continue
        for part in (clause.subject, *clause.parts):
            if part.role in ("subject", "object") or (part.role in ("prep", "measure", "attribute") and part.head.dep_ != "relcl"):
                yield from _amounts(scene, clause, part)


def _amounts(scene: Scene, clause: "Clause", part: "Part") -> Iterator[Fact | Refusal]:
    noun = part.head
    if part.role == "prep":
        if noun.lower_ != "for":
            return
        noun = next((child for child in noun.children if child.dep_ == "pobj"), noun)
    if any(child.dep_ in ("conj", "appos", "cc") for child in noun.children):
        return
    amount = _amount(scene, clause, part, noun)
    if amount is None:
        return
    if part.role in ("prep", "measure") and amount.kind != "duration":
        return
    is_subject = part is clause.subject
    if any(other.role == "lost" for other in clause.parts) and clause.day() is None:
        yield Refusal(reason=f"{Sort.COUNT}: it was counted at a time that leans on the day of the article", span=clause_span(clause, part))
        return
    if any(token.lower_ in ("has", "have") for token in clause.auxiliaries):
        yield Refusal(reason=f"{Sort.COUNT}: it may have changed since", span=clause_span(clause, part))
        return
    if is_subject and clause.antecedent is not None:
        return
    gap = {"count": "amount", "money": "money", "share": "share", "duration": "duration"}[amount.kind]
    if amount.kind == "duration" and part.role not in ("prep", "measure", "object"):
        return
    gap = f"subject {gap}" if is_subject else gap
    frame, why = make_frame(scene, clause, gap=gap, taken=None if is_subject else part, strict=not is_subject or not clause.passive)
    span = clause_span(clause, part)
    if frame is None:
        yield Refusal(reason=f"{Sort.COUNT}: {why}", span=span)
        return
    counted = amount.counted
    frame = msgspec.structs.replace(
        frame,
        counted=counted,
        subject="" if is_subject else frame.subject,
        preposition="for" if part.role == "prep" else "",
        weight=frame.weight + len(counted.split()),
        terms=frame.terms | frozenset(counted.lower().split()),
    )
    yield Fact(sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=amount.value, frame=frame, evidence=(span,), confidence=0.92)


def _amount(scene: Scene, clause: "Clause", part: "Part", noun: "Token") -> _Amount | None:
    block = clause.block
    tokens = scene.phrases.subtree(block, noun)
    text = block.doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1].text)] if tokens else ""
    if not tokens or any(token.lower_ in _VAGUE for token in tokens[:4]):
        return None
    if re.search(r"[\"“”]", text):
        return None
    if noun.ent_type_ == "MONEY" or any(token.text in "$£€" for token in tokens[:4]):
        return _money(scene, clause, tokens, text)
    if noun.lower_ in ("percent", "per", "%") or re.match(r"^(?:\S+ ){0,3}[\d.]+ ?(?:%|percent|per cent)", text):
        return _share(scene, clause, tokens)
    numbers = [child for child in noun.children if child.dep_ == "nummod" and child.i < noun.i]
    if len(numbers) != 1:
        return None
    number = numbers[0]
    spelled = [token for token in number.subtree if token.i < noun.i]
    value_text = block.doc.text[spelled[0].idx : spelled[-1].idx + len(spelled[-1].text)]
    # "about" may hang on the noun
    while spelled and spelled[0].lower_ in ("only", "just", "exactly"):
        spelled = spelled[1:]
    if not spelled:
        return None
    value_text = block.doc.text[spelled[0].idx : spelled[-1].idx + len(spelled[-1].text)]
    estimated = tokens[0].lower_ == "an" and len(tokens) > 1 and tokens[1].lower_ == "estimated"
    leading = [token for token in tokens if token.i < spelled[0].i and (estimated or token.dep_ not in ("det", "predet", "poss"))]
    if not estimated and any(token.dep_ == "det" for token in tokens if token.i < spelled[0].i):
        return None  # "the two leaders" were counted before
    if any(token.dep_ == "poss" and token.head is noun for token in tokens):
        return None
    if leading:
        value_text = block.doc.text[leading[0].idx : spelled[-1].idx + len(spelled[-1].text)]
    bare = _ABOUT.sub("", value_text)
    bare_number = None if _ABOUT.match(bare) or re.search(r"\b(?:to|or|and)\b|[-–]\d", bare) else read_number(bare)
    duration = noun.lemma_.lower() in DURATION_NOUNS
    if bare_number is None or (bare_number < 2 and not duration) or (not duration and noun.lemma_.lower() in _NOT_COUNTED):
        return None
    if noun.ent_type_ == "DATE" and not duration:
        return None
    taken = {token.i for token in (*leading, *spelled)}
    if duration:
        unit = noun.lemma_.lower()
        if any(token.i > noun.i for token in tokens) and part.role == "object":
            return None
        shown = _lower_first(f"{value_text} {noun.text}")
        return _Amount(_number(shown, AnswerType.DURATION, bare_number, unit, bare=f"{bare} {noun.text}"), tuple(taken), "", "duration")
    rest = scene.phrases.phrase(block, [token for token in tokens if token.i not in taken])
    if rest.trouble or rest.possessive or not rest.text or noun.tag_ not in ("NNS", "NN", "NNPS"):
        return None
    if len(rest.text.split()) > 9:
        return None
    return _Amount(
        _number(_lower_first(value_text), AnswerType.NUMBER, bare_number, noun.lemma_.lower(), bare=bare), tuple(taken), rest.text, "count"
    )


def _money(scene: Scene, clause: "Clause", tokens: "list[Token]", text: str) -> _Amount | None:
    match = re.match(r"((?:[A-Za-z]+ ){0,3}?)([$£€]\s?[\d,.]*\d(?: (?:hundred|thousand|million|billion|trillion))?)(?![\w-])", text)
    if not match:
        return None
    lead = match[1]
    if lead and not _ABOUT.fullmatch(lead) and lead.strip().lower() not in ("a", "the"):
        return None
    number = read_number(match[2])
    if number is None or lead.strip().lower() in ("a", "the"):
        return None
    end = tokens[0].idx + match.end()
    rest_tokens = [token for token in tokens if token.idx >= end]
    rest = scene.phrases.phrase(clause.block, rest_tokens)
    if rest.trouble or rest.possessive or len(rest.text.split()) > 8:
        return None
    if rest_tokens and rest_tokens[0].dep_ not in ("prep", "aux", "acl"):
        return None  # "$5 million budget"
    shown = _lower_first(lead + match[2])
    return _Amount(_number(shown, AnswerType.MONEY, number, match[2][0], bare=match[2]), (), rest.text, "money")


def _share(scene: Scene, clause: "Clause", tokens: "list[Token]") -> _Amount | None:
    text = clause.block.doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1].text)]
    match = re.match(r"((?:[A-Za-z]+ ){0,3}?)((?:[\d.]+|[a-z]+(?:-[a-z]+)?) ?(?:%|percent|per cent))(?![\w-])", text, re.IGNORECASE)
    if not match or (match[1] and not _ABOUT.fullmatch(match[1])):
        return None
    bare = re.sub(r"\s*(?:%|percent|per cent)$", "", match[2], flags=re.IGNORECASE)
    number = read_number(bare)
    end = tokens[0].idx + match.end()
    rest_tokens = [token for token in tokens if token.idx >= end]
    if number is None or not rest_tokens or rest_tokens[0].lower_ != "of":
        return None
    rest = scene.phrases.phrase(clause.block, rest_tokens)
    if rest.trouble or rest.possessive or len(rest.text.split()) > 9:
        return None
    value = _number(_lower_first(match[1] + match[2]), AnswerType.NUMBER, number, "percent", bare=match[2])
    value = msgspec.structs.replace(
        value, accept=tuple(dict.fromkeys((*value.accept, bare, f"{plain(number)}%", f"{plain(number)} percent")))
    )
    return _Amount(value, (), rest.text, "share")


def _number(shown: str, kind: AnswerType, number: float, unit: str, *, bare: str) -> Value:
    accept = [bare] if bare != shown else []
    if kind is AnswerType.NUMBER and unit != "percent" and plain(number).lower() not in (shown.lower(), bare.lower()):
        accept.append(plain(number))
    return Value(text=shown, type=kind, same=f"{number:g} {unit}", accept=tuple(accept), low=number, high=number, unit=unit)


def _lower_first(text: str) -> str:
    word = text.split()[0].lower() if text.split() else ""
    if word in NUMBERS or _ABOUT.match(text + " ") or word in ("more", "less", "fewer", "at", "about", "an", "as", "up", "nearly"):
        return text[:1].lower() + text[1:]
    return text


def _measured(scene: Scene, clause: "Clause") -> Iterator[Fact | Refusal]:
    """ "The average wait ... was two to five days": an amount that is what its subject is."""
    attributes = [part for part in clause.parts if part.role == "attribute"]
    if len(attributes) != 1:
        return
    part = attributes[0]
    noun = part.head
    block = clause.block
    tokens = scene.phrases.subtree(block, noun)
    if not tokens:
        return
    text = block.doc.text[tokens[0].idx : tokens[-1].idx + len(tokens[-1].text)]
    unit = noun.lemma_.lower()
    money = re.fullmatch(r"(?:[A-Za-z]+ ){0,3}[$£€]\s?[\d,.]*\d(?: (?:million|billion|trillion))?", text)
    share = re.fullmatch(r"(?:[A-Za-z]+ ){0,3}[\d.]+ ?(?:%|percent|per cent)", text)
    words = text.split()
    numeral = unit in DURATION_NOUNS and any(word.lower().strip(",") in NUMBERS or word[:1].isdigit() for word in words)
    subject_head = clause.subject.head
    if not (money or share or numeral) or len(words) > 6 or subject_head.pos_ != "NOUN" or clause.antecedent is not None:
        return
    if any(token.lower_ in ("old", "ago", "first", "last", "later") for token in tokens) or clause.subject.head.lemma_ in ("it", "that"):
        return
    frame, why = make_frame(scene, clause, gap="measure", taken=part, strict=True)
    span = clause_span(clause, part)
    if frame is None:
        yield Refusal(reason=f"{Sort.COUNT}: {why}", span=span)
        return
    kind = AnswerType.MONEY if money else AnswerType.DURATION if numeral else AnswerType.NUMBER
    number = read_number(re.sub(r"(?:%|percent|per cent|\b" + re.escape(noun.text) + r")$", "", _ABOUT.sub("", text)).strip())
    value = Value(
        text=_lower_first(text), type=kind, same=f"{number if number is not None else text.lower()} {unit}",
        low=number or 0.0, high=number or 0.0, unit=unit,
    )  # fmt: skip
    yield Fact(sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=value, frame=frame, evidence=(span,), confidence=0.93)
