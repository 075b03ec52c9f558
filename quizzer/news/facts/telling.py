"""How much a statement tells: whether its words are one person's deed, and whether its day is worth asking for.

Words of the language only, and the weight of a frame's own words: what is dropped here many people did, or nobody would learn.
"""

import re

from quizzer.news.clauses import FUTURE, PRESENT, Clause
from quizzer.news.facts import Frame, Scene
from quizzer.news.values import Day
from quizzer.news.words import EVENT_NOUNS, word_set

_TELLING = 13  # weight of a deed's own words that needs no time at all
_REPORTED = 10  # of what an article reports without its day
_DATED = 7  # of what has its day
_PERFECT = 9  # of what had been done by the article's month
_RICH = 13  # weight from which even a verb that tells nothing by itself will do
_LONG = 10  # words in which a statement inside a deed tells it apart
_NEAR = 4  # months before the article within which a day is news, not history
_OLD = 4  # of what happened before
_LENGTHY = 16  # of what happens on many a day, and yet has one worth asking for
SMALL = word_set(
    "visit host hold headline join introduce refer defend arrive campaign speak appear travel rally meet attend discuss talk tell "
    "reserve book take make give do get wade lead trail carry draw try study contribute register leave note cite spell start begin "
    "continue decline increase rise grow earn generate work serve testify roil worry pay decide share stop run show distribute"
)  # of which one day is like another
_DULL = word_set(
    "make take give attend support speak arrive welcome live travel visit back oppose endorse move talk start begin continue call "
    "meet work run join leave campaign rally serve advise seek worry"
)
PLACED = frozenset(("during", "childhood", "boyhood", "youth"))  # what tells a time by itself
_WEAK = word_set("use face spend return")  # what needs its purpose
_SHARED = word_set("work belong hold own earn pay teach sit serve offer")  # what many do at once
_PRIVATE = word_set("live reside dwell grow")
_SINGLE = word_set("run head chair lead direct oversee manage command represent edit govern own")  # what one alone does
_WORDS = word_set("statement comment remark word answer response speech")
_CONTESTS = word_set("bear win lose finish lead trail beat defeat place rank poll score play")  # anybody's, without their day
FIRST = word_set("found co-found invent discover write compose paint build design create assassinate acquire marry defeat publish")
# What changes something for good, so that its day is history.
_GRAVE = word_set(
    "win lose elect appoint resign fire force die kill shoot wound arrest sentence convict charge indict quit drop withdraw suspend pass "
    "approve reject veto ban found nominate rule strike crash hire close buy acquire merge marry divorce invade sink explode attack bomb "
    "oust sweep bear retire ratify end repeal overturn annex abolish beat defeat assassinate adopt impose lift"
)
_BEGUN = word_set("start begin launch announce introduce unveil establish create kick open end")
_LASTING = word_set("policy program programme initiative law act ban rule project pilot treaty agreement service school bridge war strike")
_NOTED = _GRAVE | word_set("endorse sign launch name file announce propose unveil introduce declare reveal sue settle select")
_MATTERS = word_set(
    "decision brainstorm idea plan remark comment proposal move effort statement request claim concern stance announcement response "
    "argument criticism advice offer view approach message promise pledge answer reaction objection"
)
_OCCASIONS = EVENT_NOUNS | word_set("event rally speech appearance dinner fund-raiser fundraiser interview visit stop stops")
_STAGING = word_set("hold host attend have stage make end begin open close start")
_LAWS = word_set("bill law tax amendment act legislation programme program ban tariff measure budget reform policy")
_ABOUT = word_set("of on to for about against")
_AS = frozenset(("on", "in", "with", "under", "alongside"))


def too_little(scene: Scene, clause: Clause, frame: Frame) -> str:
    """Return why a deed is anybody's, or an empty string. A frame that has its time in words counts as dated."""
    dated = clause.day() is not None
    lemma, own = clause.verb.lemma_, frame.own
    if not dated and own < _RICH - 1 and any(part.role == "object" and part.head.lemma_.lower() in _WORDS for part in clause.parts):
        return "somebody says something"
    if lemma in _PRIVATE or (lemma == "raise" and clause.passive):
        return "it is somebody's private life"
    if clause.trouble == PRESENT and lemma in _SHARED and not clause.auxiliaries and own < _RICH:
        return f"many may have “{clause.verb.text}”"
    if lemma in _SHARED and own < _LENGTHY and any(part.role == "prep" and part.head.lower_ in _AS for part in clause.parts):
        return f"many may have “{clause.verb.text}”"
    if frame.auxiliaries[:1] == ("had",) and not dated and not _one_by_then(clause, frame):
        return "many may have done it by then"
    if staged(clause):
        return "what the meeting was about is not told"
    if matter := untold(clause):
        return f"“{matter}” was told before"
    if "did" in frame.auxiliaries or own < _least(scene, clause, frame, dated=dated):
        return "it tells too little to be one person's deed"
    if lemma in _WEAK and own < _LENGTHY - 4:
        return f"“{clause.verb.text}” tells little"
    office = lemma == "serve" and any(part.head.lower_ == "as" for part in clause.parts)
    if lemma in _DULL and own < _RICH and clause.trouble != PRESENT and not office and not _calls(clause):
        return f"“{clause.verb.text}” tells little"
    told = frame.told and any(part.role == "object" for part in clause.parts)  # "beat X in Ohio"
    told = told and any(part.head.lower_ == "in" and part.tokens[-1].pos_ == "PROPN" for part in clause.parts)
    if lemma in _CONTESTS and not dated and not told and not any(part.role == "chain" for part in clause.parts):
        return "a contest without its day"
    return ""


def _one_by_then(clause: Clause, frame: Frame) -> bool:
    """Whether what had been done by a month is one person's deed: told at some length, or with an amount."""
    return frame.own >= _PERFECT - (not _pointed(clause)) - 2 * _counted(clause)


def _calls(clause: Clause) -> bool:
    return clause.verb.lemma_ == "call" and any(part.role == "prep" and part.head.lower_ == "for" for part in clause.parts)


def _least(scene: Scene, clause: Clause, frame: Frame, *, dated: bool) -> int:
    """Return what a deed's own words must weigh."""
    lemma = clause.verb.lemma_
    termed = any("“" in text for text in frame.rest)  # “zero tolerance”
    if lemma in FIRST:
        return 5
    if clause.trouble == PRESENT and lemma in _SINGLE and not clause.auxiliaries:
        return 4
    if dated or clause.trouble in (PRESENT, FUTURE) or frame.auxiliaries[:1] == ("had",):
        old = lemma in _NOTED and lemma != "endorse" and any(part.moment is None for part in clause.parts if part.day)
        return (
            _DATED
            - 3 * (lemma in _GRAVE or old)
            - termed
            - (clause.trouble == PRESENT)
            - 2 * (dated and lemma not in SMALL and _counted(clause))
        )
    long = sum(len(text.split()) for text in frame.rest) >= _LONG and _tells_of_speech(clause)
    placed = frame.told or clause.claimed_by or scene.document.date is None or is_placed(clause)
    least = _REPORTED if placed else _TELLING
    return least - 3 * long - termed - 2 * (lemma in _GRAVE or _counted(clause)) - _pointed(clause) - 2 * _leads(scene, clause)


def is_placed(clause: Clause) -> bool:
    """Whether what a statement names tells its time: "during the investigation of X", "as a child"."""
    return any(token.lower_ in PLACED for part in clause.parts for token in part.tokens)


def _counted(clause: Clause) -> bool:
    """Whether an amount is told: "deleted 31,000 emails"."""
    parts = [part for part in clause.parts if part.role == "object"]
    return any(token.like_num and token.text[:1].isdigit() for part in parts for token in part.tokens)


def _pointed(clause: Clause) -> bool:
    """Whether a statement tells a purpose, a reason or an amount: "for accepting X", "to abandon Y", "$130 million"."""
    parts = [part for part in clause.parts if part.role not in ("time", "lost", "subject")]
    return (
        any(
            part.role in ("chain", "complement", "clause")
            or any(token.dep_ == "pcomp" or (token.like_num and token.text[:1].isdigit()) or token.dep_ == "relcl" for token in part.tokens)
            for part in parts
        )
        or sum(token.pos_ == "PROPN" for part in parts for token in part.tokens) > 2
    )


def staged(clause: Clause) -> bool:
    """Whether an occasion was held, or several counted, and nothing tells what it was about: "hosted a meeting at a theater"."""
    for part in clause.parts:
        if part.role != "object" or part.head.lemma_.lower() not in _OCCASIONS or clause.verb.lemma_ not in _STAGING:
            continue
        if part.head.lemma_.lower() == "campaign" and any(child.dep_ == "poss" for child in part.head.children):
            continue  # "ended his campaign"
        about = any(token.lower_ in _ABOUT | {"with"} and token.dep_ == "prep" for token in part.tokens)
        about = about or any(token.dep_ in ("relcl", "acl") or token.pos_ == "PROPN" for token in part.tokens)
        about = about or any(other.role == "chain" or other.head.lower_ in ("to", "for", "with", "against") for other in clause.parts)
        if not about or any(token.tag_ == "CD" for token in part.tokens):
            return True
    return False


def untold(clause: Clause) -> str:
    """Return "his decision" where it stands without what was decided, or an empty string."""
    for part in clause.parts:
        for token in part.tokens:
            head = token.head
            if token.tag_ == "PRP$" and head.lemma_.lower() in _MATTERS and token.i not in clause.block.quoted:
                told = any(
                    child.i > head.i and (child.dep_ in ("acl", "relcl", "ccomp") or child.lower_ in _ABOUT) for child in head.children
                )
                named = any(child.dep_ in ("compound", "amod") for child in head.children)
                if not told and not named:
                    return f"{token.text} {head.text}"
    return ""


def _tells_of_speech(clause: Clause) -> bool:
    """Whether what was done is told in a statement of its own: "led attorneys to believe that ..."."""
    return any(token.dep_ == "ccomp" and token.i > clause.verb.i for part in clause.parts for token in part.tokens)


def worth_a_date(scene: Scene, clause: Clause, frame: Frame, day: Day) -> bool:
    """Whether the day, month or year of a statement is worth remembering.

    Of the article's own weeks only the day of what its head tells of or what changed something for good; of the years before
    what changed something, or what is told at length.
    """
    lemma = clause.verb.lemma_
    date = scene.document.date
    if staged(clause) or untold(clause):
        return False
    if lemma in _BEGUN and clause.subject.head.lemma_.lower() in _LASTING:
        return True
    near = date is not None and day.month > 0 and (date.year - day.year) * 12 + date.month - day.month < _NEAR
    if lemma in SMALL and not _is_campaign_or_law(clause):
        return not near and frame.own >= _LENGTHY
    if lemma in _GRAVE or _leads(scene, clause):
        return True
    return frame.own >= (_DATED if near else _OLD)


def _is_campaign_or_law(clause: Clause) -> bool:
    """Whether a verb of small things tells a great one: "ran for governor", "introduced a tax"."""
    if clause.verb.lemma_ == "run":
        return any(part.head.lower_ == "for" for part in clause.parts)
    return clause.verb.lemma_ == "introduce" and any(part.role == "object" and part.head.lower_ in _LAWS for part in clause.parts)


def _leads(scene: Scene, clause: Clause) -> bool:
    """Whether a statement stands at an article's head, or has words of its title."""
    text = [block for block in scene.document.blocks[:6] if not block.paragraph.heading][:3]
    if clause.block in text:
        return True
    title = set(re.findall(r"[a-z]{4,}", scene.document.article.title.lower()))
    words = {token.lower_ for part in (clause.subject, *clause.parts) for token in part.tokens} | {clause.verb.lower_}
    return len(title & words) >= 2
