"""What a sentence states, as pieces of it: all of it, less its asides, its main clause, each clause joined to it or below it.

Only grammar: which tokens make a statement with a verb and a subject of its own. What a statement means, and whether it can
stand alone, is not known here.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizzer.news.clauses import Clause
from quizzer.news.document import Block
from quizzer.news.phrases import Phrase
from quizzer.news.quotes import Form
from quizzer.news.words import SAY, word_set

if TYPE_CHECKING:
    from spacy.tokens import Span as Tokens
    from spacy.tokens import Token

_IFS = word_set("if unless until whether lest provided than as")
_MARKS = word_set("after that when while as because since although though before where")
_DASHES = ("—", "–", "―", "--", "-")
_ASIDES = ("appos", "relcl", "acl", "advcl")
_ADDING = ("including", "like", "unlike", "despite", "following", "amid")
_THOUGHT = word_set("think feel hope want seem know mean appear happen matter let get go come need like love hate suppose guess wonder")
# no state that the day of the article dates
_SELVES = word_set("i me my we us our")
_POINTING = word_set("this that these those which there what one many some most others few several both all none each more")
_UNSAYING = word_set("show read put point believe deny")


@dataclass(frozen=True, eq=False)
class Statement:
    """Tokens of a sentence that state something. ``shortened`` counts what was left out: 0 nothing but insertions, 1 asides,
    2 other statements of the sentence. ``claimed_by`` is whose claim it is, where it is not the article's."""

    verb: "Token"
    subject: "Token"
    tokens: "list[Token]"
    shortened: int = 0
    claimed_by: Phrase | None = None


def unfit(block: Block, sentence: "Tokens") -> str:
    """Return why nothing in a sentence can be told (no whole sentence, somebody's words), or an empty string."""
    text = block.text[sentence.start_char : sentence.end_char].strip()
    if (
        not re.match(r"[A-Z“\"'$\d]", text)
        or not text.endswith((".", ".”", '."', ".''"))
        or text.endswith("..")
        or re.match(r"\d{1,2}\. ", text)
    ):
        return "no whole sentence"
    for quote in block.quotes:
        if quote.start < sentence.end_char and sentence.start_char < quote.end:
            if quote.start < sentence.start_char or quote.end > sentence.end_char or not quote.sure or quote.form is Form.FULL:
                return "a quotation"
            inner = block.doc.char_span(quote.inner_start, quote.inner_end, alignment_mode="expand")
            if inner is not None and any(token.tag_ in ("PRP", "PRP$") and token.lower_ not in _SELVES for token in inner):
                return "a quotation with a pronoun"
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return "its marks part it"
    return ""


def subject_of(verb: "Token") -> "Token | None":
    """Return the head of the one subject before a verb, or None."""
    found = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    return found[0] if len(found) == 1 and found[0].i < verb.i else None


def there_of(verb: "Token") -> "Token | None":
    """Return what there is of "there is ...": the one noun behind the verb, or None."""
    opened = any(child.dep_ == "expl" and child.lower_ == "there" for child in verb.children)
    found = [child for child in verb.children if child.dep_ == "attr" and child.tag_ in ("NN", "NNS")]
    return found[0] if opened and len(found) == 1 else None


def statements(block: Block, root: "Token", whole: "list[Token]") -> Iterator[Statement]:
    """Yield what a sentence states: all of it, all but its asides, its main clause, the clauses joined to it, "X, who did Y"."""
    subject = subject_of(root) or there_of(root)
    if subject is None or any(_run_on(block, child) for child in root.children):
        return
    plain = _uninterrupted(block, whole, root)
    yield Statement(root, subject, plain)
    short = without(plain, _asides(block, plain, root))
    if len(short) < len(plain):
        yield Statement(root, subject, short, 1)
    others = [child for child in root.children if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX")]
    if others:
        first = min(part.i for part in others[0].subtree)
        main = [token for token in short if token.i < first]
        while main and (main[-1].dep_ == "cc" or main[-1].is_punct):
            main.pop()
        yield Statement(root, subject, main, 2)
    own = {token.i for token in short}
    for verb in others:
        theirs = subject_of(verb)
        if (
            theirs is None
            and any(child.dep_ in ("nsubj", "nsubjpass", "auxpass") for child in (*verb.children, *root.children))
            and verb.tag_ == "VBN"
        ):
            continue
        then = {token.i for child in verb.children if child.dep_ == "conj" and child.pos_ in ("VERB", "AUX") for token in child.subtree}
        tokens = [token for token in verb.subtree if token.i in own and token.i not in then]
        while tokens and (tokens[-1].dep_ == "cc" or tokens[-1].is_punct):
            tokens.pop()
        if theirs is None:
            lead = [token for token in subject.subtree if token.i in own]
            tokens = [*lead, *tokens] if lead and lead[-1].i < (tokens[0].i if tokens else 0) else []
        if theirs is None and any(child.tag_ == "MD" or child.dep_ == "neg" for child in root.children):
            continue  # "may backfire and cost": the second only may be, too
        yield Statement(verb, theirs or subject, tokens, 2)
    yield from _relatives(block, plain)


def _run_on(block: Block, verb: "Token") -> bool:
    """Whether a verb stands beside another without "and" or a comma: two statements where a word was lost."""
    if verb.dep_ != "conj" or verb.pos_ not in ("VERB", "AUX") or any(child.dep_ == "cc" for child in verb.head.children):
        return False
    edge = verb.left_edge.i
    return verb.i > verb.head.i and edge > 0 and not block.doc[edge - 1].is_punct and not block.doc[edge].is_punct


def _joint(verb: "Token") -> set[int]:
    """Return the indexes of the words that join a clause to its sentence: "after", "that", "when"."""
    return {child.i for child in verb.children if child.dep_ in ("mark", "advmod") and child.i < verb.i and child.lower_ in _MARKS}


def _relatives(block: Block, plain: "list[Token]") -> Iterator[Statement]:
    """Yield "X did Y" of "X, who did Y, ..."."""
    inside = {token.i for token in plain}
    for verb in plain:
        if verb.dep_ != "relcl" or verb.pos_ not in ("VERB", "AUX") or verb.i in block.quoted:
            continue
        pronoun, head = subject_of(verb), verb.head
        if pronoun is None or pronoun.lower_ not in ("who", "which") or head.pos_ != "PROPN" or block.doc[verb.left_edge.i - 1].text != ",":
            continue
        name = [token for token in head.subtree if token.i < verb.left_edge.i and token.i in inside]
        asides = set(_asides(block, name, head))
        tokens = [token for token in verb.subtree if token.i in inside and token.i != pronoun.i]
        yield Statement(verb, head, [*(token for token in name if token.i not in asides and token.text != ","), *tokens], 2)


def without(tokens: "list[Token]", dropped: set[int]) -> "list[Token]":
    """Return the tokens but those of the indexes ``dropped``."""
    return [token for token in tokens if token.i not in dropped]


def _uninterrupted(block: Block, tokens: "list[Token]", root: "Token") -> "list[Token]":
    """Return the tokens without what stands in brackets or between dashes, or behind a dash or semicolon at the end."""
    dropped: set[int] = set()
    opened: int | None = None
    dashes = [token for token in tokens if token.text in _DASHES and token.i and token.whitespace_ and token.i not in block.quoted]
    dashes = [token for token in dashes if token.text != "-" or token.doc[token.i - 1].whitespace_]
    for token in tokens:
        if token.text == "(":
            opened = token.i
        if opened is not None:
            dropped.add(token.i)
        if token.text == ")":
            opened = None
    ends = [token.i for token in tokens if token.text == ";" and token.i not in block.quoted]
    if len(dashes) == 2 and not dashes[0].i < root.i < dashes[1].i:
        dropped |= set(range(dashes[0].i, dashes[1].i + 1))
    elif len(dashes) == 1:
        ends.append(dashes[0].i)
    if ends and root.i < min(ends):
        dropped |= {token.i for token in tokens if token.i >= min(ends)}
    return without(tokens, dropped)


def _asides(block: Block, tokens: "list[Token]", root: "Token") -> set[int]:
    """Return the indexes of what stands between commas and only adds: appositions, relative clauses, participles."""
    inside = {token.i for token in tokens}
    dropped: set[int] = set()
    for token in tokens:
        adding = token.dep_ == "prep" and token.lower_ in _ADDING
        if (token.dep_ not in _ASIDES and not adding) or token.i in dropped or token.i in block.quoted or token.i == root.i:
            continue
        part = [other.i for other in token.subtree if other.i in inside]
        if not part or root.i in part:
            continue
        first, last = min(part), max(part)
        before = first - 1 in inside and block.doc[first - 1].text == ","
        after = last + 1 in inside and block.doc[last + 1].text == ","
        ending = last + 1 not in inside or block.doc[last + 1].text == "."
        opening = first == tokens[0].i
        if after and last + 2 in inside and block.doc[last + 2].dep_ == "cc":
            continue  # the middle of a list
        if not ((before and (after or ending)) or (opening and after)):
            continue
        marks = {child.lower_ for child in token.children if child.dep_ in ("mark", "advmod")}
        joined = token.dep_ == "appos" and (token.head.ent_type_ in ("GPE", "LOC") or token.pos_ == "NUM")
        adds = (token.dep_ in ("appos", "relcl", "acl") and not opening and not joined) or (
            token.dep_ == "advcl" and not marks & _IFS and token.tag_ != "VB"
        )
        if adds or adding:
            dropped |= set(part)
            if before:
                dropped.add(first - 1)
            if after:
                dropped.add(last + 1)
    return dropped


def unsaid(verb: "Token", subject: "Token", *, reported: bool, dated: bool = False) -> str:
    """Return why a verb says nothing that happened, or an empty string; ``dated``: what is in the present counts too."""
    if verb.pos_ not in ("VERB", "AUX"):
        return "no plain statement"
    if subject.tag_ in ("WDT", "WP", "EX") or subject.lower_ in _POINTING:
        return f"“{subject.text}” points elsewhere"
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass") and child.i < verb.i}
    if any(child.dep_ == "neg" for child in verb.children):
        return "it is denied"
    if reported or (says(verb) and not auxiliaries):
        return ""
    if (modal := modal_of(verb)) is not None and not (dated and modal.lower_ in ("will", "would")):
        return "it may be, it is not said to be"
    if modal is not None:
        return ""
    told = auxiliaries & {"had", "was", "were", "did"} and not auxiliaries & {"is", "are", "am"}
    perfect = auxiliaries & {"has", "have"} and verb.tag_ in ("VBN", "VBD")
    if dated and not auxiliaries and verb.tag_ in ("VBZ", "VBP") and verb.lemma_ not in _THOUGHT:
        return ""
    if dated and len(auxiliaries) == 1 and auxiliaries & {"is", "are"} and verb.tag_ in ("VBG", "VBN"):
        return ""
    if not (told or perfect or (not auxiliaries and verb.tag_ == "VBD")):
        return "not in the past"
    return ""


def modal_of(verb: "Token") -> "Token | None":
    """Return the "will" or "may" of a verb, if it has one."""
    return next((child for child in verb.children if child.dep_ == "aux" and child.tag_ == "MD"), None)


def says(verb: "Token") -> bool:
    """Whether a verb in the present tells what somebody said, as reports of the same hour do: "Smith says that"."""
    return verb.lemma_.lower() in SAY and verb.lemma_.lower() not in _UNSAYING


def statements_below(block: Block, sentence: "Tokens", root: "Token", clauses: Iterable[Clause]) -> Iterator[Statement]:
    """Yield the clauses of a sentence that stand below another verb and are asserted all the same: "after X did Y"."""
    below = [
        clause for clause in clauses
        if not clause.trouble and clause.verb.dep_ in ("advcl", "ccomp") and clause.antecedent is None and clause.verb.i != root.i
    ]  # fmt: skip
    inside = {token.i for token in _uninterrupted(block, list(sentence), sentence.root)} if below else set[int]()
    for clause in below:
        verb = clause.verb
        if verb.i not in inside:
            continue
        tokens = [token for token in verb.subtree if token.i in inside and not token.is_space]
        tokens = without(tokens, _asides(block, tokens, verb) | _joint(verb))
        yield Statement(verb, clause.subject.head, tokens, 2, clause.claimed_by)
