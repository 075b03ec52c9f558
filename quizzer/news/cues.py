"""What stands beside a quotation and tells who says it: a verb of saying with its subject, "according to", a label, a dash.

The parser stumbles over quotations, so a paragraph is read as a line of words in which every quotation is one piece; its
trees are asked only outside them. Nothing here knows who anybody is: a source is the word at the head of its phrase.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.quotes import Quote
from quizzer.news.words import SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

# To speak of something in words of one's own: what is quoted in its clause is its subject's.
SPEAK = SAY | word_set(
    "accuse blast slam criticize praise dismiss mock denounce decry label dub brand characterize hail condemn deride ridicule "
    "lambast tout refer liken compare applaud laud deem attack disparage pan rip bash rail taunt thank greet congratulate implore "
    "encourage express voice offer hint signal intone opine acknowledge allege affirm bemoan blame chide cry demand detail discuss "
    "echo elaborate end estimate exhort fire fume gush hope implore imply indicate inform inquire interject issue laugh lash list "
    "mumble murmur mutter name note notify outline phrase plead pray preach press proceed profess propose protest question quote "
    "rant rebuke remind report retort scoff scold scream share shoot sing slam sneer snap speak speculate stammer stress sum swear "
    "talk tease text theorize thunder title trumpet underscore underline utter venture view vent volunteer whisper wish yell text "
    "rejoin return open close conclude finish counsel articulate boast think see use utter demand invoke explain promise reason "
    "liken paint portray depict cast interrupt decree instruct cheer rule hold"
)
_BESIDE = SAY | word_set(
    "think ask demand fume shout cry laugh yell scream whisper mutter murmur interject retort scoff sneer snap text protest plead "
    "intone opine insist echo elaborate inquire allege affirm reason theorize stress volunteer interrupt rejoin return gush snap"
)  # beside a quotation these say it
_NOT_SAID = word_set("not never n't n’t hardly")
_SMALL = word_set("also later then now once again already recently still often repeatedly simply just even previously immediately quickly "
                  "flatly bluntly reportedly famously further earlier finally first himself herself both all actually only publicly "
                  "has have had was is were been be being did does do would could might may should will")  # fmt: skip
_JOINS = word_set("and but while as after when though although because before if whereas since until yet or so")
_POSSESSIVE = ("'s", "’s", "'", "’")
_DASHES = ("–", "—", "--", "-", "―")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))

Piece = "Token | Quote"


@dataclass(frozen=True)
class Cue:
    """What says a quotation.

    ``sieve`` names the rule, ``source`` is the head of who or what says it, ``verb`` the word it is said with (None: there is
    none), ``firm`` how sure the rule is, 0 to 1, ``denied`` whether it is said not to be said, or only supposed.
    """

    sieve: str
    source: "Token | None"
    verb: "Token | None"
    firm: float
    denied: bool = False


@dataclass(frozen=True)
class Line:
    """A sentence of a paragraph with each quotation as one piece."""

    pieces: "tuple[Token | Quote, ...]"

    @property
    def bare(self) -> bool:
        """Whether there is nothing in the line but quotations and marks."""
        return all(isinstance(piece, Quote) or piece.is_punct for piece in self.pieces)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Quote))


def lines(block: Block) -> list[Line]:
    """Return the sentences of a paragraph, its quotations taken for one piece each."""
    pieces: list[Token | Quote] = []
    quotes = list(block.quotes)
    at = 0
    for token in block.doc:
        if token.is_space:
            continue
        while at < len(quotes) and quotes[at].end <= token.idx:
            at += 1
        if at < len(quotes) and quotes[at].start <= token.idx:
            if not (pieces and pieces[-1] is quotes[at]):
                pieces.append(quotes[at])
            continue
        pieces.append(token)
    found: list[Line] = []
    start = 0
    for index, piece in enumerate(pieces):
        if _ends(block, pieces, index):
            found.append(Line(tuple(pieces[start : index + 1])))
            start = index + 1
    if start < len(pieces):
        found.append(Line(tuple(pieces[start:])))
    return found


def _ends(block: Block, pieces: "list[Token | Quote]", index: int) -> bool:
    piece = pieces[index]
    following = pieces[index + 1] if index + 1 < len(pieces) else None
    if following is None:
        return True
    if not isinstance(piece, Quote):
        return piece.text in (".", "!", "?", "…", "...", "....") and (isinstance(following, Quote) or not following.text[:1].islower())
    inner = block.doc.text[piece.inner_start : piece.inner_end].rstrip(" '’‘)")
    if inner[-1:] not in (".", "!", "?", "…"):
        return False
    if isinstance(following, Quote):
        return True
    if following.text[:1].islower() or following.is_punct:
        return False
    return not _tail(pieces[index + 1 :])


def _tail(pieces: "Sequence[Token | Quote]") -> bool:
    """Whether a short "Name said." follows, though the quotation before it ended with a full stop."""
    said = -1
    for index, piece in enumerate(pieces[:9]):
        if isinstance(piece, Quote):
            return False
        if piece.lemma_ in _BESIDE and piece.tag_ in _FINITE:
            said = index
        if piece.text in (".", "!", "?"):
            return 0 < said and index - said <= 3
    return False


def is_saying(token: "Token", verbs: frozenset[str] = SPEAK) -> bool:
    """Whether a word is a verb of saying, not a participle before a noun nor "so-called"."""
    if token.lemma_.lower() not in verbs or token.pos_ not in ("VERB", "AUX"):
        return token.lower_ in ("said", "says", "added", "tweeted") and token.tag_ != "NN" and token.dep_ != "amod"
    return token.dep_ not in ("amod", "compound") and not (token.i and token.doc[token.i - 1].text == "-")


def find_cue(block: Block, line: Line, quote: Quote) -> Cue | None:
    """Return what in its own sentence tells who says a quotation, or None."""
    at = line.pieces.index(quote)
    before, after = line.pieces[:at], line.pieces[at + 1 :]
    first = _before(block, before, close=True)
    return first or _after(block, quote, before, after) or _dash(after) or _before(block, before, close=False) or _according(line)


# --- behind the quotation ---------------------------------------------------------------------------------------------


def _after(block: Block, quote: Quote, before: "Sequence[Token | Quote]", after: "Sequence[Token | Quote]") -> Cue | None:
    index = 0
    while index < len(after) and not isinstance(after[index], Quote) and after[index].text in (",", *_DASHES, ".", "?", "!"):  # type: ignore[union-attr]
        index += 1
    words: list[Token] = []
    for piece in after[index:]:
        if isinstance(piece, Quote) or piece.text in (".", ";", "!", "?", ":"):
            break
        words.append(piece)
    if not words or words[0].lower_ in _JOINS or words[0].lower_ in ("that", "which", "who", "to", "of", "for", "in", "on", "at", "by"):
        return None
    inner = block.doc.text[quote.inner_start : quote.inner_end].rstrip(" '’‘")
    pause = inner[-1:] in ",?!…—–-." or index > 0
    verb_at = next((i for i, word in enumerate(words[:28]) if is_saying(word, _BESIDE) and word.tag_ != "VBG"), -1)
    if verb_at < 0 or (not pause and verb_at > 3):
        return None
    verb = words[verb_at]
    if verb_at == 0 or all(word.lower_ in _SMALL or word.pos_ == "ADV" for word in words[:verb_at]):
        if not pause or (verb.lemma_ in ("tell", "remind", "inform", "urge") and not before):
            pass
        source = _inverted(words[verb_at + 1 :])
        if source is None:
            # "…,” and then told reporters: its subject stands before the quotation
            return None
        return Cue("verb-source", source, verb, 0.98 if pause else 0.9, _denied(verb))
    source = _source_before(words[:verb_at], verb)
    if source is None:
        return None
    firm = 0.98 if verb_at <= 4 and pause else 0.95 if pause else 0.85
    return Cue("source-verb", source, verb, firm, _denied(verb))


def _inverted(words: "Sequence[Token]") -> "Token | None":
    """Return the head of the phrase that opens ``words``: "said the mayor of X", "said John Smith, who …"."""
    head: Token | None = None
    for index, word in enumerate(words[:14]):
        if word.is_punct and word.text not in ("-", "'", "’", "."):
            break
        if word.tag_ == "PRP":
            return word if index == 0 else head
        if word.tag_ == "POS":
            head = None
            continue
        if word.pos_ in ("NOUN", "PROPN"):
            head = word
            continue
        if word.pos_ in ("DET", "ADJ", "NUM") or word.text == "-" or word.tag_ in ("PRP$", "JJ", "VBN", "NN"):
            continue
        break
    return head


def _source_before(words: "Sequence[Token]", verb: "Token") -> "Token | None":
    """Return the head of the subject that ``words`` before a verb of saying hold."""
    end = len(words)
    while end and (words[end - 1].lower_ in _SMALL or words[end - 1].pos_ == "ADV" or words[end - 1].tag_ == "MD"):
        end -= 1
    if not end:
        return None
    last = words[end - 1]
    inside = {word.i for word in words}
    if last.tag_ in ("PRP", "WP"):
        return last if last.tag_ == "PRP" else _antecedent(words[: end - 1])
    parsed = _parsed_subject(verb)
    if last.pos_ in ("NOUN", "PROPN") or last.text in ("Jr.", "III", "II"):
        start = end - 1
        while start and (
            words[start - 1].pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "DET")
            or words[start - 1].tag_ in ("POS", "PRP$")
            or words[start - 1].text in ("-", ".")
        ):
            start -= 1
        if (
            start
            and words[start - 1].pos_ == "ADP"
            and start > 1
            and words[start - 1].lower_ in ("for", "of", "from", "with", "at", "in", "to", "on", "by")
        ):
            if parsed is not None and parsed.i in inside and parsed.i < words[start - 1].i:
                return parsed
            return next((word for word in reversed(words[: start - 1]) if word.pos_ in ("NOUN", "PROPN")), None)
        if start and words[start - 1].lower_ in ("and", "&") and start > 1 and words[start - 2].pos_ in ("NOUN", "PROPN"):
            return None  # two say it
        if parsed is not None and parsed.i in inside and parsed.i < words[start].i and _appositive(words, start, parsed):
            return parsed
        return last
    if parsed is not None and parsed.i in inside:
        return parsed
    # "Smith, who was there, said"
    return (
        next((word for index, word in enumerate(words[:end]) if word.pos_ in ("PROPN", "NOUN") and _closes_phrase(words, index)), None)
        if last.text in (",", ")", "—", "–")
        else None
    )


def _appositive(words: "Sequence[Token]", start: int, subject: "Token") -> bool:
    """Whether what stands right before the verb only explains the subject: "Smith, a lawyer, said"."""
    return words[start].lower_ in ("a", "an", "the") or subject.pos_ == "PROPN" and words[start].pos_ != "PROPN"


def _closes_phrase(words: "Sequence[Token]", index: int) -> bool:
    return index + 1 >= len(words) or words[index + 1].pos_ not in ("NOUN", "PROPN")


def _antecedent(words: "Sequence[Token]") -> "Token | None":
    return next((word for word in reversed(words) if word.pos_ in ("PROPN", "NOUN")), None)


# --- before the quotation ---------------------------------------------------------------------------------------------


def _before(block: Block, before: "Sequence[Token | Quote]", *, close: bool) -> Cue | None:
    """Return the verb of saying that leads to the quotation; ``close`` asks that it touch it."""
    words = [piece for piece in before if not isinstance(piece, Quote)]
    if not words or isinstance(before[-1], Quote):
        return None
    colon = words[-1].text == ":"
    if close:
        tail = [word for word in words if word.lower_ not in ("that", "how") and not word.is_punct]
        verb = tail[-1] if tail else None
        if colon or verb is None or not is_saying(verb, _BESIDE) or verb.tag_ not in ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB"):
            if not colon or verb is None:
                return None
            return _colon(block, words)
        if isinstance(before[-2] if len(before) > 1 else None, Quote) or _serves_before(before, verb):
            return None
        return _with_subject(words, verb, "source-verb-quote", 0.97)
    for index in range(len(words) - 1, max(-1, len(words) - 40), -1):
        word = words[index]
        if word.i in block.quoted:
            continue
        if is_saying(word) and word.tag_ not in ("NN", "NNS") and not _serves_before(before, word):
            if _cut_off(words[index + 1 :]):
                return None
            return _with_subject(words, word, "in the clause", 0.93)
    return None


def _serves_before(before: "Sequence[Token | Quote]", verb: "Token") -> bool:
    """Whether a verb already says a quotation before it: “…,” he said, and then “…”."""
    at = next(index for index, piece in enumerate(before) if piece is verb)
    back = [piece for piece in before[max(0, at - 6) : at]]
    return any(isinstance(piece, Quote) and piece.form in ("full", "partial") for piece in back) and not any(
        not isinstance(piece, Quote) and piece.lower_ in ("and", "but", "adding", "who") for piece in back
    )


def _cut_off(words: "Sequence[Token]") -> bool:
    """Whether a new statement begins between a verb of saying and the quotation: "said no, but the plan is"."""
    for index, word in enumerate(words):
        if (
            word.lower_ in ("but", "while", "and", "though", "although", "as", "after", "when")
            and index
            and words[index - 1].text in (",", "—", "–")
        ):
            return any(other.tag_ in _FINITE and other.i > word.i for other in words)
        if word.text == ";":
            return True
    return False


def _with_subject(words: "Sequence[Token]", verb: "Token", sieve: str, firm: float) -> Cue | None:
    at = next(index for index, word in enumerate(words) if word.i == verb.i)
    denied = _denied(verb)
    if verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children):
        return _passive(words, verb, sieve, firm)
    if verb.tag_ in ("VBG", "VB", "VBN") or (verb.dep_ == "conj" and not any(child.dep_ == "nsubj" for child in verb.children)):
        holder = verb
        for _ in range(4):
            subject = _parsed_subject(holder)
            if subject is not None and any(word.i == subject.i for word in words):
                if any(child.dep_ == "auxpass" for child in holder.children) and holder is not verb:
                    return None if verb.tag_ != "VBG" else Cue(sieve, subject, verb, firm - 0.03, denied)
                return Cue(sieve, subject, verb, firm - 0.01, denied or _denied(holder))
            if holder.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep", "acl", "dep") or holder.head.i == holder.i:
                break
            holder = holder.head
        if verb.tag_ == "VBG":
            earlier = [word for word in words[:at] if is_saying(word) and word.tag_ in _FINITE]
            if earlier:
                found = _with_subject(words, earlier[-1], sieve, firm - 0.03)
                if found is not None:
                    return Cue(sieve, found.source, verb, found.firm, denied or found.denied)
            return None
    source = _source_before(words[:at], verb)
    if source is None:
        source = _parsed_subject(verb)
        if source is None or all(word.i != source.i for word in words):
            return None
        firm -= 0.03
    if source.tag_ in ("WP", "WDT") or source.lower_ in ("who", "which", "that"):
        index = next((i for i, word in enumerate(words) if word.i == source.i), 0)
        source = _antecedent([word for word in words[:index] if word.text != ","])
        return Cue(sieve, source, verb, firm - 0.03, denied) if source is not None else None
    return Cue(sieve, source, verb, firm, denied)


def _passive(words: "Sequence[Token]", verb: "Token", sieve: str, firm: float) -> Cue | None:
    """ "Smith was quoted as saying" is Smith's; "the plan was called … by Smith" too."""
    if verb.lemma_ in ("quote", "hear", "record", "report", "cite", "see"):
        subject = _parsed_subject(verb)
        if subject is not None:
            return Cue("passive", subject, verb, firm - 0.02, _denied(verb))
        return None
    agent = next((child for child in verb.children if child.dep_ == "agent"), None)
    if agent is not None:
        subject = next((child for child in agent.children if child.dep_ == "pobj"), None)
        if subject is not None:
            return Cue("passive", subject, verb, firm - 0.05, _denied(verb))
    return None


def _colon(block: Block, words: "Sequence[Token]") -> Cue | None:
    body = [word for word in words if word.text != ":"]
    for word in reversed(body):
        if is_saying(word) and word.tag_ in ("VBD", "VBZ", "VBP", "VBG", "VBN"):
            found = _with_subject(body, word, "colon", 0.93)
            if found is not None:
                return found
    if len(body) <= 6 and not any(word.tag_ in _FINITE for word in body):
        head = _inverted(body)
        if head is not None and head.i == body[-1].i:
            return Cue("label", head, None, 0.92)
        return None
    main = next((word for word in reversed(body) if word.tag_ in _FINITE and word.pos_ in ("VERB", "AUX")), None)
    if main is None:
        return None
    found = _with_subject(body, main, "colon", 0.85)
    return found


# --- neither ----------------------------------------------------------------------------------------------------------


def _dash(after: "Sequence[Token | Quote]") -> Cue | None:
    words = [piece for piece in after if not isinstance(piece, Quote)]
    if len(words) < 2 or len(words) != len(after) or words[0].text not in _DASHES:
        return None
    if any(word.tag_ in _FINITE for word in words):
        return None
    head = _inverted(words[1:])
    return Cue("dash", head, None, 0.95) if head is not None and words[1].text[:1].isupper() else None


def _according(line: Line) -> Cue | None:
    words = [piece for piece in line.pieces if not isinstance(piece, Quote)]
    for index, word in enumerate(words[:-2]):
        if word.lower_ == "according" and words[index + 1].lower_ == "to":
            head = _inverted(words[index + 2 :])
            return Cue("according to", head, None, 0.93) if head is not None else None
    return None


def _parsed_subject(verb: "Token") -> "Token | None":
    found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if len(found) != 1:
        return None
    subject = found[0]
    if any(child.dep_ == "conj" and child.pos_ in ("NOUN", "PROPN", "PRON") for child in subject.children):
        return None
    return subject


def _denied(verb: "Token") -> bool:
    if any(child.dep_ == "neg" or child.lower_ in _NOT_SAID or child.tag_ == "MD" for child in verb.children):
        return True
    before = verb.doc[verb.i - 1] if verb.i else None
    return before is not None and (before.lower_ in _NOT_SAID or before.tag_ == "MD")


_LABEL = re.compile(r"([A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3})(?: \([^)]{1,40}\))?:\s")


def label_of(text: str) -> str:
    """Return the name that labels a paragraph of a transcript ("SMITH: …"), or an empty string."""
    match = _LABEL.match(text)
    return match[1] if match else ""
