"""What stands beside a quotation and tells who says it: a verb of saying with its subject, "according to", a label, a dash.

Nothing here knows who anybody is: a source is the word at the head of its phrase. The order of words is trusted before the
parser's trees, which quotations spoil.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.lines import BESIDE, FINITE, Line
from quizzer.news.quotes import Form, Quote
from quizzer.news.subjects import DASHES, LIGHT, NOUNS, opening, parsed_subject, subject_before
from quizzer.news.words import SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# To speak of something in words of one's own: what is quoted in the clause of such a verb is its subject's.
SPEAK = SAY | BESIDE | word_set(
    "accuse blast slam criticize praise dismiss mock denounce decry label dub brand characterize hail condemn deride ridicule "
    "lambast tout refer liken compare applaud laud attack disparage pan rip bash rail taunt thank greet congratulate implore "
    "encourage voice blame chide discuss imply indicate inform mumble note outline profess propose rebuke scold speak speculate "
    "stammer text underscore underline utter vent counsel articulate portray recollect rave disagree guess suppose"
) - word_set("read show find put begin reveal order return smile sigh laugh hope agree charge cite instruct post continue")  # fmt: skip
_NEVER = word_set("not never n't n’t hardly")
_JOINS = word_set("and but while as after when though although because before if whereas since until yet or so that which who to of "
                  "for in on at by with from into than according")  # fmt: skip
_TURNS = word_set("but while and though although as after when because")
_PAUSES = (",", ".", "?", "!", *DASHES)
_SPOKEN = word_set("answer reply response message words tweet verdict explanation comment advice rejoinder retort conclusion question")
_BEING = word_set("be have do become seem remain get face receive appear")
_QUOTES = word_set("quote cite hear record")  # what they report is their object's
_ON_TO = word_set("go continue proceed")  # "went on to say"
_FAR = 40  # words back within which a verb of saying governs a quotation


@dataclass(frozen=True)
class Cue:
    """What says a quotation.

    ``sieve`` names the rule, ``source`` is the head of who or what says it, ``verb`` the word it is said with (None: there is
    none), ``firm`` how sure the rule is, 0 to 1, ``denied`` whether it is said not to be said, or only supposed. ``instead`` is
    a name that may explain the source: "her adviser, Ann Lee, said".
    """

    sieve: str
    source: "Token | None"
    verb: "Token | None"
    firm: float
    denied: bool = False
    instead: "Token | None" = None


def is_saying(token: "Token", verbs: frozenset[str] = SPEAK) -> bool:
    """Whether a word is one of ``verbs``: no participle before a noun, not the "called" of "so-called"."""
    if token.lemma_.lower() not in verbs or token.pos_ not in ("VERB", "AUX"):
        return token.lower_ in ("said", "says", "added", "tweeted") and token.tag_ not in ("NN", "NNS") and token.dep_ != "amod"
    return token.dep_ not in ("amod", "compound") and not (token.i and token.doc[token.i - 1].text == "-")


def find_cue(block: Block, line: Line, quote: Quote) -> Cue | None:
    """Return what in its own line tells who says a quotation, or None."""
    at = line.pieces.index(quote)
    before, after = line.pieces[:at], line.pieces[at + 1 :]
    return (
        _touching(block, before)
        or _behind(block, quote, after)
        or _dash(after)
        or _clause(block, quote, before)
        or _further(block, quote, before, after)
        or _according(line)
        or _subject_of_clause(quote, before)
    )


def leading_cue(block: Block, line: Line) -> Cue | None:
    """Return who speaks in what follows a line that ends with a colon."""
    words = line.words
    return _colon(words) if words and words[-1].text == ":" else None


def teller(line: Line) -> "Token | None":
    """Return the subject of a line without quotations, who may go on speaking in the next: "Smith disagreed." """
    verb = next((word for word in line.words if word.dep_ == "ROOT" and word.pos_ in ("VERB", "AUX")), None)
    return parsed_subject(verb) if verb is not None else None


# --- behind the quotation ---------------------------------------------------------------------------------------------


def _behind(block: Block, quote: Quote, after: "Sequence[Token | Quote]") -> Cue | None:
    index = 0
    while index < len(after) and _is_mark(after[index], _PAUSES):
        index += 1
    words: list[Token] = []
    for piece in after[index:]:
        if isinstance(piece, Quote) or piece.text in (".", ";", "!", "?", ":"):
            break
        words.append(piece)
    if words and words[0].lower_ == "as":
        return _as_put(words[1:])
    if not words or words[0].lower_ in _JOINS:
        return None
    inner = block.text[quote.inner_start : quote.inner_end].rstrip(" '’‘")
    pause = inner[-1:] in ",?!…—–-." or index > 0
    at = next((i for i, word in enumerate(words[:28]) if is_saying(word, BESIDE) and word.tag_ != "VBG"), -1)
    if at < 0 or (not pause and at > 3):
        return None
    verb = words[at]
    if all(word.lower_ in LIGHT or word.pos_ == "ADV" for word in words[:at]):
        head = opening(words[at + 1 :])
        if head is None:
            return None  # “…,” and then told reporters: its subject stands before the quotation
        return Cue("verb and name", head, verb, 0.98 if pause else 0.9, _denied(words, at), _explained(words[at + 1 :], head))
    source = subject_before(words[:at], verb)
    if source is None:
        return None
    firm = 0.98 if at <= 4 and pause else 0.95 if pause else 0.85
    return Cue("name and verb", source.head, verb, firm, _denied(words, at), source.instead)


def _explained(words: "Sequence[Token]", head: "Token") -> "Token | None":
    """Return the name that closes a phrase and explains its head: "said Smith's lawyer, Ann Lee." """
    at = next((i for i, word in enumerate(words) if word.i == head.i), len(words))
    rest = words[at + 1 :]
    if head.pos_ != "NOUN" or not rest or rest[0].text != ",":
        return None
    end = next((i for i, word in enumerate(rest) if i and word.text == ","), len(rest))
    name = rest[1:end]
    return name[-1] if name and all(word.pos_ == "PROPN" for word in name) else None


def _as_put(words: "Sequence[Token]") -> Cue | None:
    """Return the source of “…,” as Smith put it."""
    at = next((i for i, word in enumerate(words[:8]) if is_saying(word, BESIDE | {"put"}) and word.tag_ in FINITE), -1)
    source = subject_before(words[:at], words[at]) if at > 0 else None
    return Cue("as put", source.head, words[at], 0.95, _denied(words, at), source.instead) if source is not None else None


# --- before the quotation ---------------------------------------------------------------------------------------------


def _touching(block: Block, before: "Sequence[Token | Quote]") -> Cue | None:
    """Return the verb of saying, or the colon, that touches a quotation from before."""
    if not before or isinstance(before[-1], Quote):
        return None
    words = [piece for piece in before if not isinstance(piece, Quote)]
    if words[-1].text == ":":
        return _colon(words)
    tail = [word for word in words if word.lower_ not in ("that", "how") and not word.is_punct]
    verb = tail[-1] if tail else None
    if verb is None or not is_saying(verb, BESIDE) or _serves_before(before, verb):
        return None
    return _with_subject(words, verb, "before", 0.97)


def _clause(block: Block, quote: Quote, before: "Sequence[Token | Quote]") -> Cue | None:
    """Return the nearest verb of saying before a quotation in whose clause it stands."""
    words = [piece for piece in before if not isinstance(piece, Quote)]
    if not words or isinstance(before[-1], Quote):
        return None
    pause = words[-1].text == "," and quote.form is Form.FULL
    for index in range(len(words) - 1, max(-1, len(words) - _FAR), -1):
        word = words[index]
        if not is_saying(word) or (word.tag_ == "VB" and not _went_on(words, index)):
            continue
        if _serves_before(before, word) or (not pause and _turns(words[index + 1 :])):
            return None
        found = _with_subject(words, word, "in the clause", 0.93)
        if found is not None:
            return found
        if word.tag_ in FINITE:
            return None
    return None


def _subject_of_clause(quote: Quote, before: "Sequence[Token | Quote]") -> Cue | None:
    """Return the subject of a verb that is none of saying, when a piece of speech stands in its clause: "took a swipe at “…”"."""
    words = [piece for piece in before if not isinstance(piece, Quote)]
    if quote.form is not Form.PARTIAL or not words or isinstance(before[-1], Quote):
        return None
    at = next((i for i in range(len(words) - 1, -1, -1) if words[i].tag_ in FINITE), -1)
    if at < 1 or words[at].lemma_ in _BEING or _turns(words[at + 1 :]):
        return None
    source = subject_before(words[:at], words[at])
    return Cue("subject of the clause", source.head, words[at], 0.87, _denied(words, at)) if source is not None else None


def _further(block: Block, quote: Quote, before: "Sequence[Token | Quote]", after: "Sequence[Token | Quote]") -> Cue | None:
    """Return who says the next piece of the same sentence, when this piece stands before it: guns are “…” and “…,” he said."""
    if quote.form is Form.TITLE or any(not isinstance(piece, Quote) and is_saying(piece) for piece in before):
        return None
    for index, piece in enumerate(after[:12]):
        if isinstance(piece, Quote) and piece.form not in (Form.TITLE,):
            if any(not isinstance(other, Quote) and (other.tag_ in ("VBD",) or other.text == ";") for other in after[:index]):
                return None
            found = _behind(block, piece, after[index + 1 :])
            return Cue("further on", found.source, found.verb, 0.92, found.denied, found.instead) if found is not None else None
    return None


def _serves_before(before: "Sequence[Token | Quote]", verb: "Token") -> bool:
    """Whether a verb already says a quotation before it: “…,” he said, “…”."""
    at = next(index for index, piece in enumerate(before) if piece is verb)
    back = before[max(0, at - 6) : at]
    last = max((i for i in range(max(0, at - 6), at) if isinstance(before[i], Quote)), default=-1)
    lead = before[last - 1] if last > 0 else None
    if lead is not None and not isinstance(lead, Quote) and is_saying(lead, BESIDE):
        return False  # Lee asked “…,” Smith answered “…”
    return any(isinstance(piece, Quote) and piece.form in (Form.FULL, Form.PARTIAL) for piece in back) and not any(
        not isinstance(piece, Quote) and piece.lower_ in ("and", "but", "who") for piece in back
    ) and verb.tag_ != "VBG"  # fmt: skip


def _turns(words: "Sequence[Token]") -> bool:
    """Whether a new statement begins between a verb of saying and the quotation: "said no, but the plan is"."""
    for index, word in enumerate(words):
        if word.text == ";":
            return True
        if index and word.lower_ in _TURNS and words[index - 1].text in (",", "—", "–"):
            return any(other.tag_ in FINITE for other in words[index + 1 :])
    return False


def _went_on(words: "Sequence[Token]", index: int) -> bool:
    return any(word.lemma_ in _ON_TO and word.tag_ in FINITE for word in words[max(0, index - 4) : index])


def _with_subject(words: "Sequence[Token]", verb: "Token", sieve: str, firm: float) -> Cue | None:
    at = next(index for index, word in enumerate(words) if word.i == verb.i)
    denied = _denied(words, at)
    if any(child.dep_ == "auxpass" for child in verb.children):
        return _passive(verb, firm, denied=denied)
    beside = words[at - 1] if at else None
    if verb.tag_ == "VBG" and not (beside is not None and beside.pos_ == "PROPN"):
        for index, word in reversed(list(enumerate(words[:at]))):
            if word.lemma_ in _QUOTES and not any(child.dep_ == "auxpass" for child in word.children):
                head = opening(words[index + 1 : at])  # "Lee quoted Smith as saying"
                return Cue("passive", head, verb, firm - 0.02, denied) if head is not None else None
            if is_saying(word) and word.tag_ in FINITE and (found := _with_subject(words, word, sieve, firm - 0.01)):
                return Cue(sieve, found.source, verb, found.firm, denied or found.denied, found.instead)
    if verb.tag_ in ("VBG", "VB", "VBN") or (verb.dep_ == "conj" and not _own_subject(verb)):
        holder: Token | None = verb
        for _ in range(4):
            holder = _holder(holder) if holder is not None else None
            if holder is None:
                break
            subject = parsed_subject(holder)
            if subject is not None and any(word.i == subject.i for word in words):
                return Cue(sieve, subject, verb, firm - 0.01, denied)
        if verb.tag_ == "VBG":
            main = next((word for word in words[:at] if word.tag_ in FINITE), None)
            source = subject_before(words[: words.index(main)], main) if main is not None else None
            return Cue(sieve, source.head, verb, firm - 0.05, denied, source.instead) if source is not None else None
    before = subject_before(words[:at], verb)
    if before is None:
        # "In other words, explained the host: “…”"
        inverted = opening(words[at + 1 :]) if at == 0 or words[at - 1].text == "," else None
        return Cue(sieve, inverted, verb, firm - 0.02, denied) if inverted is not None else None
    return Cue(sieve, before.head, verb, firm, denied, before.instead)


def _own_subject(verb: "Token") -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass") for child in verb.children)


def _holder(verb: "Token") -> "Token | None":
    """Return the verb whose subject is also that of ``verb``."""
    if verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "acl", "dep") or verb.head.i == verb.i:
        return None
    return verb.head


def _passive(verb: "Token", firm: float, *, denied: bool) -> Cue | None:
    """ "Smith was quoted as saying" is Smith's; "the plan was called … by Smith" too."""
    if verb.lemma_ in _QUOTES | {"report"}:
        subject = parsed_subject(verb)
        return Cue("passive", subject, verb, firm - 0.02, denied) if subject is not None else None
    agent = next((child for child in verb.children if child.dep_ == "agent"), None)
    subject = next((child for child in agent.children if child.dep_ == "pobj"), None) if agent is not None else None
    return Cue("passive", subject, verb, firm - 0.05, denied) if subject is not None else None


def _colon(words: "Sequence[Token]") -> Cue | None:
    body = [word for word in words if word.text != ":"]
    for index in range(len(body) - 1, -1, -1):
        word = body[index]
        if is_saying(word) and word.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VBN"):
            if _overtaken(body[index + 1 :]):
                break  # "When Smith said so, Lee fired back:"
            found = _with_subject(body, word, "colon", 0.94)
            if found is not None:
                return found
    if not body:
        return None
    if len(body) <= 6 and not any(word.tag_ in FINITE for word in body):
        head = opening(body)
        if head is not None and head.lemma_.lower() in _SPOKEN:
            owner = next((word for word, mark in itertools.pairwise(body) if mark.tag_ == "POS"), None)
            return Cue("label", owner, None, 0.92) if owner is not None else None
        return Cue("label", head, None, 0.92) if head is not None and head.i == body[-1].i else None
    main = next((word for word in reversed(body) if word.tag_ in FINITE and word.pos_ in ("VERB", "AUX")), None)
    return _with_subject(body, main, "colon", 0.9) if main is not None else None


def _overtaken(words: "Sequence[Token]") -> bool:
    """Whether a new main clause begins behind a comma: ", Lee fired back"."""
    for index, word in enumerate(words[:-1]):
        if word.text == "," and (words[index + 1].pos_ == "PROPN" or words[index + 1].tag_ == "PRP"):
            return any(other.tag_ in FINITE and other.pos_ == "VERB" for other in words[index + 2 : index + 7])
    return False


# --- neither ----------------------------------------------------------------------------------------------------------


def _dash(after: "Sequence[Token | Quote]") -> Cue | None:
    words = [piece for piece in after if not isinstance(piece, Quote)]
    if len(words) < 2 or len(words) != len(after) or words[0].text not in DASHES or any(word.tag_ in FINITE for word in words):
        return None
    head = opening(words[1:])
    return Cue("dash", head, None, 0.95) if head is not None and words[1].text[:1].isupper() else None


def _according(line: Line) -> Cue | None:
    words = line.words
    for index, word in enumerate(words[:-2]):
        if word.lower_ == "according" and words[index + 1].lower_ == "to":
            head = opening(words[index + 2 :])
            return Cue("according to", head, None, 0.93) if head is not None else None
        if word.lower_ == "words" and words[index + 1].lower_ == "of" and index > 1 and words[index - 2].lower_ == "in":
            head = opening(words[index + 2 :])
            return Cue("in the words of", head, None, 0.95) if head is not None else None
    return None


def _is_mark(piece: "Token | Quote", marks: Sequence[str]) -> bool:
    return not isinstance(piece, Quote) and piece.text in marks


def _denied(words: "Sequence[Token]", at: int) -> bool:
    """Whether the verb at ``at`` is said not to have been said, or only to be possible: "never said", "would say"."""
    for word in reversed(words[max(0, at - 4) : at]):
        if word.lower_ in _NEVER or word.tag_ == "MD":
            return True
        if word.is_punct or word.pos_ in NOUNS:
            break
    for word in reversed(words[:at]):
        if word.text in (",", ";", ":"):
            break
        if word.lower_ in ("if", "unless", "whether"):
            return True
    return False
