"""What in somebody's words points outside them: "this bill", "the company", "here", a "they" whom nobody names.

Looks at the tokens of what would be quoted, and at nothing else of the article; what has its meaning among them points inside.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizzer.news.descriptions import is_bare
from quizzer.news.document import Block
from quizzer.news.phrases import is_empty_it
from quizzer.news.words import MONTHS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

_HE = word_set("he she him her his")
_OTHERS = _HE | word_set("it they them their")
_ANYBODY = word_set("everyone everybody anyone anybody someone somebody nobody everything anything something nothing")
_EACH = word_set("no each every any")  # "every candidate" is "they" later on
_NEAR = word_set("this that these those")
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
# What a speaker and everybody else means by "this ...", "the ...".
_COMMON = word_set(
    "country nation world year election president century generation administration campaign party government economy planet "
    "cycle decade fall spring summer winter"
) | frozenset(month.lower() for month in MONTHS)
SHARED = _COMMON | word_set(
    "people states law constitution border borders american americans family way day time fact problem idea issue question right middle "
    "class street streets first only last best worst nominee nomination reason thing things hell kind one answer odds same more less "
    "end middle top bottom rest point opportunity chance ability back majority minority process voter voters politician politicians "
    "street establishment taxpayer taxpayers money table job jobs door doors others other left right night morning line "
    "next future past president presidency white house ballot ballots poll polls electorate refugee refugees deal hill needle"
)
_BODIES = word_set(
    "company region race merger committee department bank firm board agency group team organization organisation network newspaper club "
    "city town village county district school university hospital office convention tape tapes manager reader speaker score investigation "
    "report bill measure plan proposal program project book film movie show paper letter email emails article study ad ads speech "
    "memo lawsuit case suspect shooter killer attacker employee staff stock event meeting visit trip score mayor governor senator "
    "congressman delegation crowd audience reporter host moderator interview debate vote decision ruling order rule policy"
)
_CUT = re.compile(r"\b(?:either|because|that|and|or|but|than|to|of|the|a|an|etc|if|whether|not only|my|our|their|his)$", re.IGNORECASE)
_PAIRED = (("either", "or"), ("not only", "but"), ("whether", "[a-z]+"))
_HERE = re.compile(r"\bhere\b(?! in [A-Z])", re.IGNORECASE)


def pointing(block: Block, tokens: "Sequence[Token]", words: str) -> str:
    """Return what of ``words``, which are ``tokens``, only what stands around them explains; or an empty string."""
    if (found := _CUT.search(words.rstrip(".!?"))) and found[0] != "A":  # as in "Exhibit A"
        return f"it is cut off behind “{found[0]}”"
    for one, other in _PAIRED:
        if re.search(rf"\b{one}\b", words, re.IGNORECASE) and not re.search(rf"\b{one}\b.*\b{other}\b", words, re.IGNORECASE):
            return f"it is cut off behind “{one}”"
    if found := _HERE.search(words):
        return f"“{found[0]}” is no place"
    for token in tokens:
        if token.lower_ in _NEAR and token.tag_ in ("DT", "PRP", "IN", "NN") and _demonstrative(tokens, token):
            return f"“{token.text}” points elsewhere"
        if token.lower_ == "it" and not is_empty_it(token) and token.dep_ != "expl" and not _answered(tokens, token):
            return "“it” points elsewhere"
        if token.lower_ in ("they", "them") and not _answered(tokens, token):
            return f"“{token.text}” points elsewhere"
        if token.lower_ in ("such", "latter") and token.dep_ in ("amod", "det", "predet") and "such as" not in words:
            return f"“{token.text}” points elsewhere"
        if token.lower_ == "the" and token.dep_ == "det" and _unknown(block, tokens, token.head):
            return f"“the {token.head.text}” was told before"
    return ""


def _demonstrative(tokens: "Sequence[Token]", token: "Token") -> bool:
    """Whether "this", "that", "these" or "those" points outside the words."""
    if token.dep_ == "mark" or token.tag_ in ("WDT", "IN"):
        return False
    before = [other for other in tokens if other.i < token.i]
    told = any(other.tag_ in _FINITE for other in before) and any(other.pos_ in ("NOUN", "PROPN") for other in before)
    if token.dep_ == "det":
        noun = token.head
        if noun.lemma_.lower() in _COMMON or noun.lower_ in _COMMON or noun.ent_type_ in ("DATE", "TIME"):
            return False
        if any(other.lemma_.lower() == noun.lemma_.lower() for other in before):
            return False
        if token.lower_ in ("that", "those") and any(child.dep_ in ("relcl", "acl") for child in noun.children):
            return False
        return not (token.lower_ == "that" and told and token.head.dep_ in ("nsubj", "nsubjpass"))
    if token.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj", "attr", "ROOT", "conj", "appos", "dative"):
        return False
    if token.lower_ in ("that", "those") and any(child.dep_ in ("relcl", "acl") or child.lower_ == "of" for child in token.children):
        return False
    return not (token.lower_ in ("that", "those") and told and token.dep_ in ("nsubj", "nsubjpass"))


def _unknown(block: Block, tokens: "Sequence[Token]", noun: "Token") -> bool:
    """Whether "the company" is one that was told of before."""
    if noun.lemma_.lower() in SHARED or noun.lower_ in SHARED or noun.lemma_.lower() not in _BODIES:
        return False
    if any(other.i < noun.i and other.pos_ in ("NOUN", "PROPN") and other.lemma_.lower() == noun.lemma_.lower() for other in tokens):
        return False
    if any(child.dep_ in ("compound", "prep", "acl", "relcl", "poss", "appos") or child.ent_type_ for child in noun.children):
        return False
    return is_bare(block, noun)


def pointers(tokens: "Sequence[Token]") -> int:
    """Return how many words of a quotation point at something outside it: "he", "this bill"."""
    found = sum(
        token.lower_ in _OTHERS and token.tag_ in ("PRP", "PRP$") and not _answered(tokens, token) and not is_either(token)
        for token in tokens
    )
    return found + sum(token.lower_ in _NEAR and token.tag_ != "WDT" and token.dep_ in ("det", "nsubj", "dobj", "pobj") for token in tokens)


def unnamed(tokens: "Sequence[Token]") -> "list[Token]":
    """Return the words that mean somebody or several whom nothing before them in the same words names."""
    return [
        token
        for token in tokens
        if ((token.lower_ == "their" and not _several(tokens, token)) or (token.lower_ in _HE and token.tag_ == "PRP"))
        and not _answered(tokens, token)
        and not is_either(token)
    ]


def is_either(pronoun: "Token") -> bool:
    """Whether a pronoun is half of "he or she", which means anybody."""
    around = [token.lower_ for token in pronoun.doc[max(pronoun.i - 2, 0) : pronoun.i + 3]]
    return pronoun.lower_ in _HE and "or" in around and len(_HE & {*around}) > 1


def _several(tokens: "Sequence[Token]", pronoun: "Token") -> bool:
    """Whether something before "their" looks like a plural, whatever the tagger takes it for: "defendant moms"."""
    return any(token.i < pronoun.i and token.lower_.endswith("s") and len(token.text) > 3 for token in tokens)


def _answered(tokens: "Sequence[Token]", pronoun: "Token") -> bool:
    """Whether what a pronoun means may stand before it in the same words: "Donald Trump has shown us who he is"."""
    many = pronoun.lower_ in ("they", "them", "their")
    for token in tokens:
        if token.i >= pronoun.i:
            return False
        if pronoun.lower_ in _HE:
            if (
                token.pos_ == "PROPN"
                and token.ent_type_ not in ("GPE", "LOC", "DATE")
                and not (token.dep_ == "nsubj" and token.head == pronoun.head and pronoun.lower_ in ("him", "her"))
            ):  # in "Powell told her" she is somebody else
                return True
        elif token.tag_ in (("NNS", "NNPS") if many else ("NN", "NNP")) and token.lower_ not in _ANYBODY:
            return True
        if many and token.tag_ == "NN" and any(child.lower_ in _EACH for child in token.children):
            return True
    return False
