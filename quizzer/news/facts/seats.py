"""Which state or party somebody stands for: "Sen. NAME (R-Fla.)", "NAME, D-Pa.,", "Texas Sen. NAME", "Senator NAME of Texas".

As of the article's day, without which nothing is taken.
"""

import re
from collections.abc import Iterator

from quizzer.core.model import AnswerType
from quizzer.news.document import Block
from quizzer.news.facts import Fact, Holding, Refusal, Scene, Sort, people_named
from quizzer.news.facts.weighty import weighty
from quizzer.news.people import Mention
from quizzer.news.values import Span, Value
from quizzer.news.words import STATES, words

KNOWN = 8  # mentions of somebody whose party an article says in passing, for everybody knows it
_PARTIES = {"R": "the Republican Party", "D": "the Democratic Party"}
_SHORT = dict(
    pair.split("=")
    for pair in words(
        "Ala=Alabama,Ariz=Arizona,Ark=Arkansas,Calif=California,Cal=California,Colo=Colorado,Conn=Connecticut,Del=Delaware,Fla=Florida,"
        "Ga=Georgia,Ill=Illinois,Ind=Indiana,Kan=Kansas,Ky=Kentucky,La=Louisiana,Md=Maryland,Mass=Massachusetts,Mich=Michigan,"
        "Minn=Minnesota,Miss=Mississippi,Mo=Missouri,Mont=Montana,Neb=Nebraska,Nev=Nevada,NH=New Hampshire,NJ=New Jersey,"
        "NM=New Mexico,NY=New York,NC=North Carolina,ND=North Dakota,Okla=Oklahoma,Ore=Oregon,Pa=Pennsylvania,RI=Rhode Island,"
        "SC=South Carolina,SD=South Dakota,Tenn=Tennessee,Tex=Texas,Vt=Vermont,Va=Virginia,Wash=Washington,WV=West Virginia,"
        "WVa=West Virginia,Wis=Wisconsin,Wyo=Wyoming,Me=Maine,TX=Texas,FL=Florida,CA=California,OH=Ohio,PA=Pennsylvania,"
        "IA=Iowa,GA=Georgia,AZ=Arizona,WI=Wisconsin,MI=Michigan,IL=Illinois,VA=Virginia,KY=Kentucky,SC=South Carolina",
        by=",",
    )
)
_SEAT = re.compile(r"(?: \(|, )([RDI])-([A-Z][A-Za-z. ]{1,16}?)(?:\)|,|;| said)")
_PARTY = re.compile(r" \(([RD])\)")
_CHAMBERS = {
    "sen": "the U.S. Senate", "senator": "the U.S. Senate", "rep": "the U.S. House of Representatives",
    "congressman": "the U.S. House of Representatives", "congresswoman": "the U.S. House of Representatives",
    "representative": "the U.S. House of Representatives",
}  # fmt: skip
_SAID_PARTY = re.compile(
    r"\b(Republican|Democratic|Democrat) (?:Senate |congressional )?(?:(?:Sen|Rep|Gov)\.|[Ss]enator|"  # whose candidate, all know
    r"[Rr]epresentative|[Gg]overnor|[Cc]ongressman|[Cc]ongresswoman|incumbent|lawmaker) $"
)
_GOVERNORS = frozenset(("gov", "governor"))


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield the states and parties that an article gives beside the names of its people."""
    if scene.document.date is not None:
        yield from weighty(scene, _found(scene))


def _found(scene: Scene) -> Iterator[Fact]:
    for block, mention in people_named(scene):
        if mention.last > mention.first:
            yield from _seat(scene, block, mention)


def _seat(scene: Scene, block: Block, mention: Mention) -> Iterator[Fact]:
    doc = block.doc
    title = doc[mention.first - 1].lower_.rstrip(".") if mention.first else ""
    known = mention.person.mentions > KNOWN
    said = None if known else _SAID_PARTY.search(block.text[: doc[mention.first].idx])
    if match := said:
        letter = "R" if match[1] == "Republican" else "D"
        yield _party(scene, mention, letter, block.span(match.start(1), doc[mention.last].idx + len(doc[mention.last].text)))
    if title not in _CHAMBERS and title not in _GOVERNORS:
        return
    begin = mention.first - 1
    earlier = block.text[: doc[begin].idx].rstrip()
    former = re.search(r"\b(?:former|then|ex|onetime)[ -](?:[A-Z]\w+ ){0,3}$", block.text[: doc[begin].idx], re.IGNORECASE) is not None
    state = next((name for name in STATES if earlier.endswith(f" {name}") or earlier == name), "")
    state = next((name for name in STATES if state and earlier.endswith(name) and len(name) > len(state)), state)  # West Virginia
    end = doc[mention.last].idx + len(doc[mention.last].text)
    start = len(earlier) - len(state) if state else doc[begin].idx
    after = block.text[end:]
    stop = end
    party = ""
    if match := _SEAT.match(after):
        party, stop = match[1], end + match.end(2)
        state = state or _state(match[2])
    elif match := _PARTY.match(after):
        party, stop = match[1], end + match.end(1)
    elif not state and (match := re.match(r" of ((?:[A-Z]\w+ ?){1,2})", after)):
        state = match[1].strip() if match[1].strip() in STATES else match[1].split()[0] if match[1].split()[0] in STATES else ""
        stop = end + len(" of ") + len(state) if state else end
    if former or "state" in (doc[begin - 1].lower_ if begin else ""):
        return
    span = (block.span(start, stop),)
    date = scene.document.date
    by = date.isoformat() if date else ""
    key = mention.person.key
    if state:
        noun = "governor" if title in _GOVERNORS else _CHAMBERS[title]
        yield Fact(
            sort=Sort.ROLE, key=f"{Sort.ROLE}|state|{key}",
            answer=Value(text=state, type=AnswerType.PLACE, same=state.lower(), entity=state.lower()),
            frame=Holding(gap="state", person=mention.person.name, role=noun, by=by, names=frozenset({key})),
            evidence=span, confidence=0.92, as_of=by,
        )  # fmt: skip
    if party in _PARTIES and not known:
        yield _party(scene, mention, party, span[0])


def _party(scene: Scene, mention: Mention, letter: str, span: Span) -> Fact:
    name, short = _PARTIES[letter], "Republican" if letter == "R" else "Democratic"
    by = scene.document.date.isoformat() if scene.document.date else ""
    key = mention.person.key
    return Fact(
        sort=Sort.ROLE, key=f"{Sort.ROLE}|party|{key}",
        answer=Value(
            text=name, type=AnswerType.ORGANISATION, same=name[4:].lower(), entity=name[4:].lower(),
            accept=(name[4:], short, "Republicans" if letter == "R" else "Democrats"),
        ),
        frame=Holding(gap="party", person=mention.person.name, role="", by=by, names=frozenset({key})),
        evidence=(span,), confidence=0.86, as_of=by,
    )  # fmt: skip


def _state(short: str) -> str:
    plain = short.replace(".", "").replace(" ", "")
    if short.strip(" .") in STATES:
        return short.strip(" .")
    return _SHORT.get(plain, "")
