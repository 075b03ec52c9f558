"""Facts as questions: one template a gap, wh-word first, did-support, full names, nothing relative.

``ask`` gives a stem or the reason why there is none; ``flaw`` is the last gate every stem passes. ``headed`` tells with a stem
what its article is called, where it would be hard to place without: "Who was quoted in “Mayor Defends Bridge Plan” (May 2016)
as saying, …?"
"""

import datetime as dt
import re
import unicodedata

import msgspec

from quizzer.core.model import AnswerType
from quizzer.news.facts import Course, Fact, Frame, Gapped, Happening, Holding, Saying, Sort
from quizzer.news.headings import Heading, singular
from quizzer.news.standing import leaning
from quizzer.news.words import FUNCTION_WORDS, MONTHS, WEEKDAYS

FEWEST, MOST = 6, 30  # words of a stem
WORDY = 9  # words of a quotation that few others would say
_ORPHAN = re.compile(r"^(?:\w+ ){1,6}?(?:did|was|were|had|has|have) (?:his|her|its|their) ", re.IGNORECASE)
_PRONOUNS = re.compile(r"\b(?:he|she|it|they|him|them|i|we|you|us|me|this|these|those)\b", re.IGNORECASE)
_RELATIVE = re.compile(
    rf"\b(?:today|yesterday|tomorrow|tonight|now|ago|recently|{'|'.join(WEEKDAYS)}|(?:this|last|next|past) (?:\w+ )?(?:week|month|year|day|"
    rf"spring|summer|fall|autumn|winter|night|weekend|decade|{'|'.join(MONTHS)}))s?\b",
    re.IGNORECASE,
)
_CUT = re.compile(
    r"\b(?:records|polls?|data|documents|figures) shows?\b|"
    r"\b(?:and|or|of|the|a|an|with|to|by) (?:did|does|was|were|had|has|have)\b|\b(?:shows?|sa(?:id|ys?)|and|or|of|the|a|an)\?$|['’]s,"
    r"|\b(?:before|after|since|earlier|later)\?$|\bincluding (?:of|in|on|for|at)\b"
)
_WH = ("Who ", "Which ", "What ", "Where ", "How ", "On what ", "In what ", "For how ")
_MARKS = re.compile(r" - |, (?:of|in|from) [A-Z]\w+\?$| ['’] |- -|[^s\W][’'] [a-z]|‘| [,;]|\bon,|\b(?:on|in|at|of|to) ?,")
_AMOUNTS = re.compile(r"\b\d[\d,.]*\b")
_YEAR_IN = re.compile(r"\b(?:in|by|on) (?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:19|20)\d\d\b")
_NAMED = re.compile(r"\b[A-Z][\w.]")
_DATES = re.compile(r"\b(?:[A-Z][a-z]+ )?(?:\d{1,2}, )?(?:19|20)\d\d\b")
_MONTHS = re.compile(r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_SHORT = re.compile(
    r"\b(?:[A-Z]|Jr|Sr|Inc|Co|Corp|St|No|Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Me|Mich|Minn|Miss|Mo|"
    r"Mont|Neb|Nev|Okla|Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo)\.$"
)
_SAYING = {
    "write": "writing", "tweet": "tweeting", "announce": "announcing", "declare": "declaring", "joke": "joking", "warn": "warning",
    "testify": "testifying", "predict": "predicting", "radio": "radioing",
}  # fmt: skip
_BROKEN = re.compile(r"[ÃÂ](?:[^\sA-Za-zÀ-ÿ.,;:!?”’'-]|[ÃÂ])|\ufffd")
_QUOTED = re.compile(r"[“\"].*?[”\"]")
LEFT = 3  # words that must be left of a heading from which the answer was taken
_OPENERS = frozenset(("According", "Once", "Despite", "Although", "Only", "Speaking", "Asked", "Reached", "Long", "Ahead", "Days", "Weeks"))
_MONTH_TOLD = (
    (re.compile(r"\bwas quoted in (?P<month>[A-Z][a-z]+ \d{4}) as\b"), "was quoted in {named} as"),
    (re.compile(r"\b[Aa]s reported in (?P<month>[A-Z][a-z]+ \d{4})\b"), "{as} reported in {named}"),
    (re.compile(r"^As of (?P<month>[A-Z][a-z]+ \d{4}), "), "As told in {named}, "),
)


def ask(fact: Fact) -> tuple[str, str]:
    """Return the stem of a fact and an empty string, or an empty string and why it cannot be asked."""
    frame = fact.frame
    if is_broken(fact.answer.text):
        return "", "its letters are broken"
    if isinstance(frame, Gapped):
        wordings = dict.fromkeys((fact.answer.text, *fact.answer.accept))
        stem = f"{frame.before}{{{{{'|'.join(wordings)}}}}}{frame.after}"
        if is_broken(stem):
            return "", "its letters are broken"
        return ("", f"“{told}” was told before") if (told := leaning(stem)) else (stem, "")
    if isinstance(frame, Course):
        return f"Put these events{frame.topic and f' {frame.topic}'} in order, the earliest first.", ""
    if isinstance(frame, Saying):
        stem = _saying(frame)
    elif isinstance(frame, Holding):
        stem = _holding(frame, fact.as_of)
    elif isinstance(frame, Happening):
        wh = "Where" if fact.sort is Sort.WHERE else _when(fact)
        stem = f"{wh} did the {frame.event} take place?"
    else:
        stem, why = _clause(fact, frame)
        if why:
            return "", why
    stem = _close(stem)
    why = flaw(stem, fact)
    return ("", why) if why else (stem, "")


def flaw(stem: str, fact: Fact) -> str:
    """Return what is wrong with a stem, or an empty string."""
    bare = _QUOTED.sub("“”", stem)
    words = len(stem.split())
    if isinstance(fact.frame, Frame | Happening) and not FEWEST <= words <= MOST:
        return f"the question has {words} words"
    if words > 40:
        return f"the question has {words} words"
    if told := leaning(stem):
        return f"“{told}” was told before"
    if isinstance(fact.frame, Saying) and not fact.frame.to and not fact.frame.occasion and _anybody(fact.frame.words):
        return "anybody might say it"
    own = r"|\b(?:he|she|him|her)\b" if fact.sort in (Sort.CLAIM, Sort.DID) else ""  # means the one asked for
    if found := _PRONOUNS.search(re.sub(rf"\bUS\b|\bU\.S\.|\bIT\b{own}", "", bare)):
        return f"“{found[0]}” stands in the question"
    if _ORPHAN.search(bare):
        return "its subject belongs to somebody it does not name"
    if found := _RELATIVE.search(bare):
        return f"“{found[0]}” stands in the question"
    plain = re.sub(r"\W+", " ", stem.lower())
    for answer in (fact.answer.text, *fact.answer.accept):
        words_of_it = re.sub(r"\W+", " ", answer.lower()).strip()
        if len(answer) > 1 and f" {words_of_it} " in f" {plain} ":
            return "the answer stands in the question"
    names = re.findall(r"\b[A-Z]\w+ [A-Z]\w+\b", re.sub(r"^According to [^,]*,", "", bare))
    if len(set(names)) < len(names):
        return "it names the same thing twice"
    if _MARKS.search(bare):
        return "stray marks"
    if _CUT.search(bare):
        return "a part of it was cut off"
    if stem.count("“") != stem.count("”") or stem.count("(") != stem.count(")") or "[" in bare or '"' in bare:
        return "unbalanced marks"
    if is_broken(stem):
        return "its letters are broken"
    if "''" in bare or "one of the" in bare:
        return "it is vague, or its marks are cut"
    if fact.sort is Sort.WHERE and re.search(r" at (?:the )?[A-Z]\w+\?$", stem):
        return "it names a place already"
    if len(_YEAR_IN.findall(bare)) > 1:
        return "it tells of two times"
    if isinstance(fact.frame, Frame) and fact.frame.counted in ("Whom", "What") and words < 7:
        return f"the question has {words} words"
    if fact.sort is Sort.COUNT and len(_AMOUNTS.findall(_DATES.sub("", bare))) > 2:
        return "it is one of many amounts"
    if isinstance(fact.frame, Frame) and fact.frame.weight < 10 and not _NAMED.search(_MONTHS.sub("", bare[1:])) and "“" not in stem:
        return "it names nobody and nothing"
    if isinstance(fact.frame, Frame) and fact.frame.weight < _least(fact.frame):
        return "it tells too little to stand alone"
    return ""


def _least(frame: Frame) -> int:
    return {"subject": 7, "fronted": 8}.get(frame.gap, 6)


def _when(fact: Fact) -> str:
    return {"day": "On what date", "month": "In what month and year"}.get(fact.answer.unit, "In what year")


def _anybody(words: str) -> bool:
    """Whether a short quotation names nothing and counts nothing: "it's going to be a long year"."""
    return len(words.split()) < WORDY and not re.search(r"\d|(?<=[a-z,;] )(?!I\b|I['’])[A-Z]", words)


def _saying(frame: Saying) -> str:
    verb = {"write": "wrote", "tell": "told", "tweet": "tweeted"}.get(frame.cue, "said" if frame.cue == "say" else _past(frame.cue))
    if frame.cue == "tell":
        verb = f"told {frame.to}" if frame.to else "said"
    comma = "," if frame.whole else ""
    occasion = f" {frame.occasion}" if frame.occasion else ""
    if frame.quoted:
        telling = f"telling {frame.to}" if frame.cue == "tell" and frame.to else _SAYING.get(frame.cue, "saying")
        verb = f"was quoted in {frame.quoted} as {telling}"
    elif frame.when:
        verb = f"{verb} {frame.when}"
    who = {"organisation": "Which organisation", "position": "What was the position of the official who", "document": "Which document"}
    return f"{who.get(frame.by, 'Who')} {verb}{comma} “{frame.words}”{occasion}?"


def _past(lemma: str) -> str:
    return lemma + ("d" if lemma.endswith("e") else "ed")


def _holding(frame: Holding, as_of: str) -> str:
    month = f"{dt.date.fromisoformat(frame.by):%B %Y}" if frame.by else ""
    if frame.gap == "state":
        if frame.role == "governor":
            return f"Of which state was {frame.person} the governor in {month}?"
        return f"Which state did {frame.person} represent in {frame.role} in {month}?"
    if frame.gap == "age":
        return f"How old was {frame.person} in {month}?"
    if frame.gap == "party":
        return f"To which party did {frame.person} belong in {month}?"
    if frame.gap == "organisation":
        return f"{frame.at.capitalize()} which {frame.noun} was {frame.person} {frame.role}{f' in {month}' if month else ''}?"
    if frame.gap == "role":
        if not frame.by:
            tense = f"did {frame.person} formerly hold" if frame.time == "former" else f"has {frame.person} held"
            return f"Which post {tense}?"
        if frame.time == "once":
            return f"Which post did {frame.person} hold in or before {month}?"
        if frame.time in ("former", "then"):
            return f"Which post had {frame.person} held before {month}?"
        return f"Which post did {frame.person} hold in {month}?"
    when = f" in {dt.date.fromisoformat(as_of):%B %Y}" if as_of else ""
    return f"Who was {frame.role}{when}?"


def _clause(fact: Fact, frame: Frame) -> tuple[str, str]:
    rest = " ".join(frame.rest).replace(" , ", ", ")
    wh = {
        "object": f"Which {frame.counted}",
        "time": _when(fact),
        "place": "Where",
        "fronted": frame.counted,
    }
    gap = frame.gap
    if gap == "spelled":
        return f"What does the acronym {frame.counted} stand for?", ""
    if gap == "pages":
        return f"How many pages did {frame.counted} have?", ""
    auxiliaries, verb = list(frame.auxiliaries), frame.verb
    if gap == "subject":
        auxiliaries = [{"were": "was", "have": "has"}.get(word, word) for word in auxiliaries]
        verb = "was" if verb == "were" else verb
        opening = frame.counted or ("Who" if fact.answer.type == "person" else "Which organisation")
        stem = " ".join([opening, *auxiliaries, frame.adverb, verb, rest])
    elif gap == "subject amount":
        stem = " ".join([frame.counted, *auxiliaries, frame.adverb, verb, rest])
    elif not frame.subject:
        return "", "it has no subject"
    elif gap == "in place":
        stem = " ".join([frame.reported, frame.subject, *auxiliaries, frame.adverb, verb, rest])
    else:
        stem = f"{wh[gap]} {_inverted(frame)} {rest}"
    if frame.opening:
        opening = f"{frame.opening[:1].lower()}{frame.opening[1:]}"
        head = frame.counted or stem.split()[0]
        if gap in ("subject", "fronted") and head.startswith(("Who", "Which", "What")) and stem.startswith(head):
            stem = f"{head}, {opening},{stem[len(head) :]}"  # "Who, in October 2015, proposed ..."
        else:
            lower = gap in ("subject", "subject amount", "fronted", "time", "place", "object")
            stem = f"{frame.opening}, {stem[:1].lower() if lower else stem[:1]}{stem[1:]}"
    if frame.told:
        stem = f"{stem.rstrip(' ,')}, as reported in {frame.told}"
    if frame.claimed_by and frame.claimed_by == frame.subject:
        return "", "it is what its subject says"
    if frame.claimed_by and not (frame.reported and len(f"{frame.claimed_by} {stem}".split()) > MOST - 2):
        lower = gap != "in place" or stem.strip().startswith((*_WH, "In ", "On "))
        stem = f"According to {frame.claimed_by}, {stem.strip()[:1].lower() if lower else stem.strip()[:1]}{stem.strip()[1:]}"
    return stem.strip()[:1].upper() + stem.strip()[1:], ""


def _inverted(frame: Frame) -> str:
    """Return the verb group round the subject: "did X announce", "had X been seen", "was X"."""
    if frame.auxiliaries:
        first, *others = frame.auxiliaries
        return " ".join([first, frame.subject, *others, frame.adverb, frame.verb])
    if frame.lemma.split()[0] == "be":
        return f"{frame.verb} {frame.subject}"
    return f"did {frame.subject} {frame.adverb} {frame.lemma}"


def _close(stem: str) -> str:
    stem = re.sub(r"''(.+?)''|\"(.+?)\"", lambda match: f"“{match[1] or match[2]}”", stem)
    stem = re.sub(r"\s+", " ", stem).strip().rstrip("?,; ")
    if not _SHORT.search(stem):
        stem = stem.rstrip(".")
    stem = re.sub(r",([”])", r"\1", stem)
    stem = re.sub(r"[?]”$", "”", stem)
    return f"{stem}?"


def is_broken(text: str) -> bool:
    """Whether a text has letters that were read in the wrong encoding: "PeÃ±a"."""
    return bool(_BROKEN.search(unicodedata.normalize("NFC", text)))


def headed(stem: str, fact: Fact, heading: Heading) -> str:
    """Return a question that tells what its article is called, or the question as it is where that helps nothing.

    A heading is told where it tells something that the question does not: with the month that the question gives of the article,
    if it does, and with an ellipsis for what would give the answer away ("… Defends Bridge Plan"). When something happened and
    who held a post in some month need none.
    """
    heading = _without(heading, fact) if heading.words and not isinstance(fact.frame, Course) else Heading()
    if not heading.words or not _adds(heading, stem):
        return stem
    for pattern, told in _MONTH_TOLD:
        if (found := pattern.search(stem)) and found["month"] == heading.month:
            words = told.replace("{named}", f"“{heading.words}” ({heading.month})").replace("{as}", found[0][:2])
            return f"{stem[: found.start()]}{words}{stem[found.end() :]}"
    needless = (isinstance(fact.frame, Holding) and _DATES.search(stem)) or fact.sort is Sort.WHEN
    if needless and not fact.leans and not heading.explains(stem):
        return stem
    month = f" ({heading.month})" if heading.month and not _DATES.search(stem) else ""
    if isinstance(fact.frame, Gapped):
        first = re.match(r"[A-Z][a-z]*\b", stem)
        lower = first is not None and (first[0].lower() in FUNCTION_WORDS or first[0] in _OPENERS or first[0].endswith("ing"))
        return f"As told in “{heading.words}”{month}, {stem[0].lower() if lower else stem[0]}{stem[1:]}"
    return f"{stem.removesuffix('?')}, as told in “{heading.words}”{month}?"


def _without(heading: Heading, fact: Fact) -> Heading:
    """Return a heading with an ellipsis for the words of the answer; an empty one where too little is left, or still a hint."""
    if not _gives_away(heading, fact):
        return heading
    names = {word for answer in (fact.answer.text, *fact.answer.accept) for word in re.findall(r"[\w&]+", answer)}
    own = "|".join(sorted((re.escape(word) for word in names if word.lower() not in FUNCTION_WORDS), key=len, reverse=True))
    words = re.sub(rf"\b(?:{own})s?\b(?:[ ,.-]+(?:{own})s?\b)*", "…", heading.words, flags=re.IGNORECASE) if own else ""
    if fact.answer.type is not AnswerType.PERSON and re.search(r"\b[A-Z][a-z]+ …", words):
        return Heading()  # the rest of a name: "Hillary …", whose campaign it was
    kept = msgspec.structs.replace(heading, words=words)
    return kept if len(kept.terms) >= LEFT and words.count("…") == 1 and not _gives_away(kept, fact) else Heading()


def _gives_away(heading: Heading, fact: Fact) -> bool:
    """Whether a heading holds a word of the answer, one of its family ("Turkish" of "Turkey") or its initials ("N.Y.")."""
    plain = {singular(word) for word in re.findall(r"[\w&]+", heading.words.replace(".", ""))}
    for answer in (fact.answer.text, *fact.answer.accept):
        words = re.findall(r"[\w&]+", answer)
        names = [word for word in words if word.lower() not in FUNCTION_WORDS]
        if len(initials := "".join(word[0] for word in words if word[0].isupper())) > 1 and initials.lower() in plain:
            return True
        for word in names:
            if (len(word) > 1 or word.isdigit()) and singular(word) in plain:
                return True
            if word[0].isupper() and len(word) > 4 and any(one.startswith(word[:-2].lower()) or _akin(one, word) for one in plain):
                return True
    return False


def _akin(one: str, word: str) -> bool:
    """Whether two words begin alike, as a country and its people do."""
    return len(one) > 4 and one[:4] == word[:4].lower()


def _adds(heading: Heading, stem: str) -> bool:
    """Whether a heading has two words that the question has not."""
    return len(heading.terms - {singular(word) for word in re.findall(r"\w+", stem)}) > 1
