"""What of a quotation can be asked about by itself: a whole sentence, or of a long one a clause, word for word."""

import re
from collections.abc import Container, Iterator, Sequence
from typing import TYPE_CHECKING

from quizzer.news.document import Block
from quizzer.news.phrases import is_empty_it
from quizzer.news.pointing import pointers, pointing, unnamed
from quizzer.news.quotes import Quote
from quizzer.news.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

SHORTEST, LONGEST = 6, 34  # words of a quotation that a stem can carry
LONG = 40  # words of a quotation from which on two of its sentences may be asked about
WORDY = 10  # words of a sentence that few others would say
BROKEN = 12  # words that are left at least of a sentence that is broken off
BETWEEN = 10  # words that may stand between the halves of a quotation
EASY = 20  # words beyond which a shorter sentence, or a clause of it, is liked better
_LEANS = re.compile(
    r"(?:it|that|this|these|those|he|she|they|him|her|them|but|and|so|because(?! of)|well|yes|no(?=,)|or|such|"
    r"there(?! (?:is|are|was|were|has|have|will|may|might|should|must)\b|['’]s\b)|here(?! in [A-Z])|"
    r"nor|then|also|"
    r"again|like|which|who|what(?! [A-Z])|where|oh|look|okay|absolutely|exactly|additionally|however|moreover|meanwhile|therefore|finally|"
    r"instead|secondly|besides|sometimes|another|by the way|speaking of|of course|look|listen|"
    r"at that time|at the same time|in addition|for example|as such)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[^.!?…]+(?:(?<=\b[A-HJ-Z])\.[^.!?…]*|(?<=\bMr)\.[^.!?…]*|(?<=\bMs)\.[^.!?…]*|(?<=\bDr)\.[^.!?…]*|\.(?=\d)[^.!?…]*)*[.!?…]*"
)
_LEAD = re.compile(
    r"\s*(?:But|And|So|Well,|Now,|Frankly,|Look,|Listen,|Again,|Obviously,|Honestly,|Yes,|You know,|I mean,|Of course,|In fact,) "
)  # may be left out before a sentence
_SIDE = re.compile(r"(?:if|when|because|while|although|though|unless|since|as)\b", re.IGNORECASE)
_OTHERS = word_set("it he she they him them her his their")
_SOMEBODY = word_set("he she them him her")
_ANYBODY = word_set("everyone everybody anyone anybody someone somebody nobody everything anything something nothing")
_TELLING = frozenset(("NOUN", "PROPN", "VERB", "ADJ", "NUM"))
_EMPTY = word_set("lot people thing other way time get know think want say have be do go make good bad sure more much many see come one")
_EVERYBODY = word_set(
    "people thing things really something someone somebody anything anyone everything everyone nothing nobody better little because should "
    "before always certain about around there their where which while would could through another absolutely obviously ourselves myself "
    "looking trying coming getting making saying talking thinking country"
)  # long words that tell nothing
_OWN = re.compile(r"(?:I|We|You|My|Our)\b", re.IGNORECASE)  # what begins with its speaker tells of nothing else
_GENERAL = word_set("way kind sort bit period year problem issue event fact mode view point decision plan idea occasion trouble moment")
CONCRETE = 3  # things named by what is bland else, from which on it still says something
LEAST, LEAST_OWN = 3, 4  # names and figures, counted twice, and long words of what not everybody says
_FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
_JOINT = re.compile(r"(?:,|;|—|–| --?)\s*(?:(?:and|but|so)\s+)?(?=\S)")


def worth_asking(
    block: Block, quote: Quote, *, modest: bool = False, noted: bool = False, meant: Container[int] = ()
) -> tuple[int, int, str] | None:
    """Return the sentence of a quotation that says most by itself: its place and its words.

    Of ``meant``, the tokens of "he" and "she", it is known whom they mean. ``noted`` words are asked about however plain they are.
    """
    found = _ranked(block, quote, modest=modest, noted=noted, meant=meant)
    return found[0][1:] if found else None


def excerpts(block: Block, quote: Quote, *, meant: Container[int] = ()) -> list[tuple[int, int, str]]:
    """Return what of a quotation can be asked about, the best first: one sentence, of a long quotation two that do not overlap."""
    found = [each[1:] for each in _ranked(block, quote, modest=False, meant=meant)]
    if len(block.text[quote.inner_start : quote.inner_end].split()) < LONG:
        return found[:1]
    return found[:1] + [each for each in found[1:] if each[0] >= found[0][1] or each[1] <= found[0][0]][:1]


def sentences(block: Block, quote: Quote) -> list[tuple[int, int, str]]:
    """Return all of a quotation that can stand by itself, the best first, no two of them overlapping: their places and words."""
    found: list[tuple[int, int, str]] = []
    for _, start, end, words in _ranked(block, quote, modest=True):
        if end <= quote.inner_end and all(end <= other[0] or other[1] <= start for other in found):
            found.append((start, end, words))
    return found


def tells_enough(words: str) -> bool:
    """Whether a sentence with little in it is still known by its words: it is long, or names something."""
    return len(words.split()) >= WORDY or bool(re.search(r"(?<=\s)(?!I\b)[A-Z]", words))


def bland(words: str) -> bool:
    """Whether words name nothing, count nothing and are made of what everybody says: "We need very, very strong leadership"."""
    names = len(re.findall(r"(?<=[a-z0-9,’'] )(?!I\b|I[’'])[A-Z][\w.’'-]+", words)) + bool(re.match(r"[A-Z]\w+ [A-Z]", words))
    long = {word for word in re.findall(r"[a-z-]{6,}", words) if word not in _EVERYBODY}
    told = 2 * names + 2 * len(re.findall(r"\d+", words)) + len(long)
    return told < (LEAST_OWN if _OWN.match(words) else LEAST)


def _ranked(
    block: Block, quote: Quote, *, modest: bool, noted: bool = False, meant: Container[int] = ()
) -> list[tuple[float, int, int, str]]:
    """Return the sentences of a quotation that can be asked about by themselves with their rank, highest first."""
    text = block.text
    following = next((other for other in block.quotes if other.start >= quote.end), None)
    broken = 0
    last_broken = following is not None and text[following.inner_start : following.inner_start + 1].islower()
    last_broken = last_broken and text[quote.inner_start : quote.inner_end].rstrip()[-1:] not in (".", "!", "?")
    found: list[tuple[float, int, int, str]] = []
    whole = _parted(block, quote)
    taken_up = any(_resumes(block, other, quote) for other in block.quotes)
    for begin, finish in (*_pieces(block, quote), *whole[:1]):
        joined = whole[1:] and (begin, finish) == whole[0]
        raw = " ".join(text[first:last].strip() for first, last in whole[1:]) if joined else text[begin:finish]
        start = begin if joined else begin + len(raw) - len(raw.lstrip())
        end = finish if joined else begin + len(raw.rstrip(" ,;—–-"))
        if end <= start or (taken_up and begin == quote.inner_start):
            continue
        words = _spoken(raw if joined else text[start:end].strip())
        if joined and len(words.split()) > LONGEST:
            continue
        if (
            len(words.split()) > LONGEST
            and words[:1].isupper()
            and not re.search(r"\b(?:not|no|never|if|unless)\b|^\W*(?:[^,]*,){3}", words)
            and (broken := _short(block, start, end))
        ):
            end = broken
            words = f"{_spoken(text[start:end].strip())}…"
            raw = ""
        if re.search(r"\.\.|…", raw) or (_SIDE.match(words) and "," not in words):
            continue  # broken off, or a side clause without its main clause
        count = len(words.split())
        first = begin == quote.inner_start or not words[:1].isupper()
        if (
            not SHORTEST <= count <= LONGEST
            or re.search(r"\[(?![\w' ]+\])|\[\w\]", words)
            or "(" in words
            or len(re.findall(r"[‘]|(?<!\w)'", words)) != len(re.findall(r"['’](?!\w)", words))
            or _leans(block, start, words, meant)
            or (not first and not words[:1].isupper())
        ):
            continue
        if last_broken and not joined and not text[end : quote.inner_end].strip(" ,.;—–-"):
            continue
        held = whole[1:] if joined else [(start, end)]
        tokens = [token for first, last in held for token in block.between(first, last)]
        if not words[:1].isupper() and not any(
            token.dep_ in ("nsubj", "nsubjpass", "expl") and _is_finite(token.head) and token.head in tokens[:12] for token in tokens[:4]
        ):
            continue  # a piece without its subject
        if not words[:1].isupper() and tokens and (tokens[0].tag_.startswith("VB") or tokens[0].tag_ == "JJ"):
            continue  # cut off behind a word
        if not modest and len({token.lemma_.lower() for token in tokens if token.pos_ in _TELLING} - _EMPTY) < 4:
            continue  # anybody might say it
        nouns = sum(token.pos_ in ("NOUN", "PROPN") for token in tokens)
        finite = any(token.tag_ in _FINITE for token in tokens)
        if any(token.i not in meant for token in unnamed(tokens)) or pointing(block, tokens, words):
            continue
        if not noted and bland(words) and len(_concrete(tokens)) < CONCRETE:
            continue
        loose = pointers([token for token in tokens if token.i not in meant])
        loose += bool(re.search(r"\b(?:the thing|the findings|the following)\b", words, re.IGNORECASE)) * 2
        loose += bool(re.search(r"\b(?:the (?:latter|former|same|above)|however|instead|therefore|otherwise)\b", words)) * 2
        names = sum(token.pos_ == "PROPN" for token in tokens)
        if nouns < (1 if modest else 2) or not finite or loose > (2 if nouns > 4 else 1) or (loose and nouns + names < 3 and not modest):
            continue
        score = (
            min(nouns, 6)
            - 2 * loose
            + min(count, 14) / 8
            - 6 * words.endswith("…")
            + (1 if words[:1].isupper() else 0)
            - max(0, count - EASY) / 2
        )
        found.append((score, start, end, words))
    return sorted(found, key=lambda each: (-each[0], each[1]))


def _is_finite(verb: "Token") -> bool:
    """Whether a verb is finite, or what goes with it is: "cannot say"."""
    return verb.tag_ in _FINITE or any(child.dep_ in ("aux", "auxpass") and child.tag_ in _FINITE for child in verb.children)


def _concrete(tokens: "Sequence[Token]") -> set[str]:
    """Return what words name that not everybody's words do."""
    return {token.lemma_.lower() for token in tokens if token.pos_ in ("NOUN", "PROPN")} - _EMPTY - _EVERYBODY - _GENERAL


def _leans(block: Block, start: int, words: str, meant: Container[int]) -> bool:
    """Whether words begin with what leans on others, and is nobody who is known."""
    if (found := _LEANS.match(words)) is None:
        return False
    first = block.between(start, start + 1)
    if found[0].lower() == "it":
        return not any(is_empty_it(token) for token in first)
    return not (found[0].lower() in ("he", "she") and any(token.i in meant for token in first))


def _resumes(block: Block, quote: Quote, other: Quote) -> bool:
    """Whether a quotation goes on with the sentence of the one before it: “You can aim high,” he said, “but few get there.”"""
    between = block.text[quote.end : other.start]
    if quote.end > other.start or not block.text[quote.inner_start : quote.inner_end].rstrip().endswith((",", "—", "–", "-")):
        return False
    if not between.rstrip().endswith((",", "—", "–", "-")) or re.search(r"[.!?:;“”\"]", re.sub(r"\b[A-Z][a-z]{0,3}\.", "", between)):
        return False
    verbs = [token for token in block.between(quote.end, other.start) if token.pos_ == "VERB"]
    return len(verbs) == 1 and len(between.split()) <= BETWEEN and block.text[other.inner_start : other.inner_start + 1].islower()


def _parted(block: Block, quote: Quote) -> list[tuple[int, int]]:
    """Return the sentence that a quotation begins and the next one ends: from where to where, and its two parts; or nothing."""
    other = next((other for other in block.quotes if _resumes(block, quote, other)), None)
    if other is None:
        return []
    first = [match.span() for match in _SENTENCE.finditer(block.text, quote.inner_start, quote.inner_end) if match[0].strip()]
    last = next(_SENTENCE.finditer(block.text, other.inner_start, other.inner_end), None)
    if not first or last is None:
        return []
    start = first[-1][0] + len(block.text[first[-1][0] :]) - len(block.text[first[-1][0] :].lstrip())
    return [(start, last.end()), (start, quote.inner_end), last.span()]


def _short(block: Block, start: int, end: int) -> int:
    """Return where a sentence too long for a stem may be broken off with an ellipsis, or 0: before a preposition behind a noun,
    its verb and what that rules told."""
    tokens = [token for token in block.between(start, end) if not token.is_space]
    words = 0
    best = 0
    for token in tokens:
        if token.idx == start or block.text[token.idx - 1].isspace():
            words += 1
        if words > EASY:
            break
        before = token.doc[token.i - 1] if token.i else token
        if words <= BROKEN or token.tag_ not in ("IN", "TO", "WDT") or before.tag_ not in ("NN", "NNS", "NNP", "NNPS"):
            continue
        told = [one for one in tokens if one.i < token.i]
        root = next((one for one in told if one.dep_ in ("ROOT", "ccomp") and one.tag_ in _FINITE), None)
        if (
            root is not None
            and any(child.dep_ == "nsubj" for child in root.children)
            and any(child.dep_ in ("dobj", "attr", "prep") and child.i < token.i for child in root.children)
        ):
            best = before.idx + len(before.text)
    return best


def _pieces(block: Block, quote: Quote) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a quotation, and of long ones the clauses that stand by themselves between their commas."""
    text = block.text
    for match in _SENTENCE.finditer(text, quote.inner_start, quote.inner_end):
        if len(match[0].split()) <= LONGEST:
            yield match.span()
            if lead := _LEAD.match(text, *match.span()):
                yield lead.end(), match.end()
        if len(match[0].split()) <= EASY:
            continue
        if len(match[0].split()) > LONGEST:
            yield match.span()  # to be broken off
        cuts = list(_JOINT.finditer(text, *match.span()))
        # Behind a mere comma stands one of a list; before "but" what was said for the sake of what follows.
        starts = [match.start(), *(cut.end() for cut in cuts if cut[0].strip() != ",")]
        ends = [*(cut.start() for cut in cuts if not re.match(r"(?:but|or)\b", cut[0].strip(" ,;—–-") or text[cut.end() :])), match.end()]
        for start in starts:
            for end in ends:
                if end > start and (start, end) != match.span() and _is_clause(block, start, end):
                    yield start, end


def _is_clause(block: Block, start: int, end: int) -> bool:
    """Whether a piece is one finite clause with its subject, and nothing in it hangs on a word outside."""
    tokens = [token for token in block.between(start, end) if not token.is_space and not token.is_punct]
    inside = {token.i for token in tokens}
    roots = [token for token in tokens if token.head.i not in inside or token.head == token]
    if len(roots) != 1 or roots[0].dep_ not in ("ROOT", "conj", "ccomp", "parataxis") or roots[0].pos_ not in ("VERB", "AUX"):
        return False
    root = roots[0]
    if not any(child.dep_ in ("nsubj", "nsubjpass", "expl") and child.i in inside for child in root.children):
        return False
    if any(child.dep_ in ("mark", "preconj") for child in root.children):
        return False
    # What hangs on its words from outside (a condition, the rest of a list) would change what was said.
    return not any(
        child.i not in inside and not child.is_punct and not (token == root and child.dep_ in ("conj", "cc", "parataxis"))
        for token in tokens
        for child in token.children
    )


def _spoken(words: str) -> str:
    """Return the speaker's own words: an editor's "[T]he" is "The", "(sic)" goes, ellipses at the ends too."""
    words = re.sub(r"^\[([A-Z])\]", r"\1", words)
    words = re.sub(r"\s*[(\[]sic[)\]]", "", words)
    words = words.replace("“", "‘").replace("”", "’").replace('"', "’")
    return words.strip(" .,;…—–") if not words.endswith(("?", "!")) else words.strip(" ,;")


def normal(words: str) -> str:
    """Return words as they compare: lower case, letters and digits only, editor's marks and what editors add gone."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub(r"\[[^\]]{2,}\]|\(sic\)|['’\[\]]", "", words.lower())))
