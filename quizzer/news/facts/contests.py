"""Results of votes: which share of the vote somebody won, with the contest's place and its year.

"X beat Y, 51 percent to 36 percent, in West Virginia" tells two shares, "X took 57 percent of the vote" one. Guarantees: the winner's
is the larger share; the place is named in the statement or is the only state of its paragraph; the contest (primary,
caucuses, runoff) is the only one its paragraph tells of, or is left unnamed.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.facts import Fact, Frame, Refusal, Scene, Sort
from quizzer.news.facts.frames import clause_key
from quizzer.news.values import Value, plain, read_number
from quizzer.news.words import MONTHS, STATES, word_set

if TYPE_CHECKING:
    from quizzer.news.clauses import Clause
    from quizzer.news.document import Block

_BEAT = word_set("beat defeat top edge crush rout trounce best outpoll")
_WON = word_set("win carry take lose")
_GOT = word_set("win take receive get draw capture earn pull secure gain poll garner")
_NUMBER = r"(\d{1,2}(?:\.\d+)?)"
_PERCENT = r"(?:\s?%|\s(?:percent|per cent)\b)"
_SCORE = re.compile(rf"\b{_NUMBER}{_PERCENT}?\s?(?:to|-|–)\s?{_NUMBER}{_PERCENT}")
_LOSER = re.compile(rf"^ to (?:[\w-]+ ){{0,4}}?((?:[A-Z][\w.-]+ )*[A-Z][\w-]+)['’]s {_NUMBER}{_PERCENT}")
_ABOUT = r"(?:about|nearly|almost|more than|roughly|just over|just under|close to)"
_SHARE = re.compile(rf"\b(?:({_ABOUT}) )?{_NUMBER}{_PERCENT} of the votes?\b")
_CONTEST = re.compile(r"\b((?:Democratic|Republican|GOP) )?(presidential )?(primary|caucuses|runoff|referendum|general election)\b")
_NO_PLACE = r"(?!,? (?:Sen|Gov|Rep|senator|governor|congress|billionaire|businessman))"
_STATE = re.compile(rf"\b(?:{'|'.join(sorted(STATES, key=len, reverse=True))})\b{_NO_PLACE}")
_POLL = re.compile(r"\b(?:polls?|polling|survey|would|could|if)\b", re.IGNORECASE)


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the shares of the vote that statements tell."""
    if scene.document.date is None:
        return
    for clause in scene.clauses:
        if clause.trouble or clause.antecedent is not None or clause.verb.lemma_ not in _BEAT | _WON | _GOT:
            continue
        text = clause.sentence.text
        if "%" not in text and "percent" not in text and "per cent" not in text:
            continue
        if _POLL.search(text):
            continue
        yield from _result(scene, clause)


def _result(scene: Scene, clause: "Clause") -> Iterator[Fact | Refusal]:
    block, lemma = clause.block, clause.verb.lemma_
    end = min((token.idx for token in clause.verb.children if token.dep_ == "conj"), default=clause.sentence.end_char)
    told = block.doc.text[clause.verb.idx : end]
    if _quoted(clause):
        return
    span = block.span_of([token for token in clause.sentence if not token.is_space and not token.is_punct])
    score = list(_SCORE.finditer(told))
    shares = list(_SHARE.finditer(told))
    shown: dict[str, tuple[str, str]] = {}  # how it is asked: of whom, and what
    rivals = [part for part in clause.parts if part.role == "object"]
    subject = scene.phrases.phrase(block, clause.subject.tokens)
    if subject.trouble or subject.possessive or not subject.names:
        return
    if len(score) == 1 and lemma in _BEAT | _WON:
        high, low = (read_number(score[0][1]) or 0.0, read_number(score[0][2]) or 0.0)
        first = score[0][1] if lemma != "lose" else min(score[0][1], score[0][2], key=lambda text: read_number(text) or 0.0)
        if high <= low or high + low > 100.5:
            return
        shown[subject.text] = (first, "")
        loser = scene.phrases.phrase(block, rivals[0].tokens) if len(rivals) == 1 and lemma in _BEAT else None
        if loser is not None and not loser.trouble and not loser.possessive and loser.names:
            shown[loser.text] = (score[0][2], "")
    elif len(shares) == 1 and lemma in _GOT:
        shown[subject.text] = (shares[0][2], shares[0][1] or "")
        if rival := _rival(scene, clause, told[shares[0].end() :], clause.verb.idx + shares[0].end()):
            shown[rival[0]] = (rival[1], "")
    if not shown:
        return
    where = _where(scene, block, clause.sentence.text)
    when = _when(scene, clause)
    if not where or not when:
        yield Refusal(reason=f"{Sort.COUNT}: the result of a vote without its {'place' if when else 'year'}", span=span)
        return
    for name, (number, about) in shown.items():
        share = read_number(number)
        if share is None:
            continue
        frame = Frame(
            gap="fronted", counted="what percentage of the vote", subject=name, verb="won", lemma="win", tag="VBD", rest=(where, when),
            claimed_by=clause.claimed_by.text if clause.claimed_by else "", weight=12, sources=subject.sources,
            terms=frozenset(re.findall(r"\w+", f"{name} {where} {when}".lower())), names=subject.names,
        )  # fmt: skip
        text = f"{about}{number} percent"
        accept = tuple(dict.fromkeys((f"{number} percent", f"{number}%", number, f"{plain(share)} percent")))
        value = Value(
            text=text, type=AnswerType.NUMBER, same=f"{share:g} percent", accept=tuple(one for one in accept if one != text), low=share,
            high=share, unit="percent",
        )  # fmt: skip
        yield Fact(
            sort=Sort.COUNT, key=clause_key(Sort.COUNT, frame), answer=value, frame=frame, evidence=(span,),
            resolved_from=subject.sources, confidence=0.92,
        )  # fmt: skip


def _rival(scene: Scene, clause: "Clause", text: str, start: int) -> tuple[str, str] | None:
    """Return whose share stands behind the winner's, and how much: "to Tim Canova's 43 percent"."""
    match = _LOSER.match(text)
    for token in clause.sentence if match else ():
        if match and token.idx == start + match.start(1) and (mention := scene.phrases.person_at(clause.block, token.i)):
            return (mention.person.name, match[2]) if mention.person.full else None
    return None


def _quoted(clause: "Clause") -> bool:
    return any(token.i in clause.block.quoted for token in clause.sentence if token.i > clause.verb.i)


def _where(scene: Scene, block: "Block", sentence: str) -> str:
    """Return "in the Democratic primary in Texas" from the sentence, its paragraph, or a lead that tells of one vote in one state."""
    lead = " ".join(one.text for one in scene.document.blocks[:3] if not one.paragraph.heading)
    for text in (sentence, block.text, lead):
        states = set(_states(text))
        if len(states) > 1:
            return ""
        contests = {match[0] for match in _CONTEST.finditer(text)}
        if states:
            contest = f"the {contests.pop()} in " if len(contests) == 1 else ""
            return "" if text is lead and not contest else f"in {contest}{states.pop()}"
    return ""


def _states(text: str) -> Iterator[str]:
    for match in _STATE.finditer(text):
        if not re.search(r"\b(?:senator|governor|congress\w+|Sen\.|Gov\.|Rep\.)[\w .]* (?:from|of) $", text[: match.start()]):
            yield match[0]


def _when(scene: Scene, clause: "Clause") -> str:
    """Return the month of a vote, or its year where the paragraph speaks of no other."""
    date, block = scene.document.date, clause.block
    if day := clause.day():
        return f"in {MONTHS[day.month - 1].capitalize()} {day.year}" if day.month else f"in {day.year}"
    moments = {moment.day for token in clause.sentence if (moment := scene.phrases.moment_at(block, token.i)) is not None}
    if len(moments) == 1 and (told := next(iter(moments))).month:
        return f"in {MONTHS[told.month - 1].capitalize()} {told.year}"
    lost = any(part.role == "lost" for part in clause.parts)
    if date is None or date.month == 1 or moments or lost or scene.phrases.years_around(block) - {date.year}:
        return ""
    return f"in {date.year}"
