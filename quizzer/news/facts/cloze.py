"""Sentences with a gap: what the article says in words that stand alone, where no question with a wh-word fits.

The gap is a whole constituent that the rest of the sentence determines: an amount, a date, somebody or something named.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from quizzer.core.model import AnswerType
from quizzer.news.clauses import Clause
from quizzer.news.document import Block
from quizzer.news.facts import Fact, Gapped, Refusal, Scene, Sort
from quizzer.news.facts.gaps import OFTEN, Gap, find_gaps
from quizzer.news.facts.wordings import find_wordings
from quizzer.news.nouns import noun_for
from quizzer.news.phrases import Phrase
from quizzer.news.pronouns import is_unnamed
from quizzer.news.quotes import Form
from quizzer.news.retelling import Retold, Teller
from quizzer.news.values import Span
from quizzer.news.words import COURTESY, SAY, TITLES, WEEKDAYS, word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

FEWEST, MOST = 8, 30  # words of a sentence, its gap counted as one; at most without what is put before it
EASY = 22  # words from which on a shorter telling is better
MANY = 3  # gaps of one sentence
DATED = 4  # dates and amounts that tell as much as a name
RICH = 6  # words that tell of what is done, and to what, from which on one name less is enough
RICHER = 9  # ... and two names less, where the gap is what a statement turns on
LEAST = 10  # how much the words around a gap must tell
_GAP = "\x00"
_RELATIVE = re.compile(
    rf"\b(?:today|yesterday|tomorrow|tonight|now|ago|recently|so far|{'|'.join(WEEKDAYS)}|(?:this|last|next|past) (?:\w+ )?"
    r"(?:week|month|year|day|spring|summer|fall|winter|night|weekend))s?\b",
    re.IGNORECASE,
)
_WEAK = word_set("seem appear hope want need feel think like love look try prefer wonder doubt fear worry matter")
_WEAK |= word_set("counter respond react reply retort disagree object arrive jump come")  # to what, when?
_WEAK |= word_set("welcome defend speak talk comment joke laugh smile nod recall mention learn fall rise yearn realize")
_SOURCE_WITHIN = re.compile(
    r"^(?:By \w+ \d+, )?(?:[A-Z][\w.'’-]*,? ){1,4}(?:said|says|wrote|writes|recalled|added|noted),|\b(?:says|said), "
)
_OWNED = re.compile(r"\b(?:stakes?|shares|holdings|position)\b(?! (?:in|of|on|at|as|to|that|against)\b)")
_AGED = re.compile(r"\b[Tt]he \d+-\w+(?:-old)? (?:firm|company|man|woman|group|program|law|bank|party)\b(?! (?:of|in|that|who|which)\b)")
_CONTEST = word_set("win receive get poll lead trail finish beat defeat pitch score lose draw take pull")
_LOADED = word_set(  # a writer's opinion, told as if it were so
    "racist racism nativist xenophobic phony shameful disgraceful ridiculous absurd hateful pathetic cynically brazen brazenly overtly "
    "shamelessly obscene idiotic stupid horrible evil disgusting hypocritical laughable collusion rant fearmongering awesome"
)
_OF_WHAT = {  # what a verb leaves open that has none of these: "left in 2009", "was nominated in 2011"
    "leave": ("dobj", "dative", "for", "from", "with", "auxpass"), "resign": ("dobj", "from", "as"),
    "nominate": ("for", "to", "as", "oprd", "dobj", "xcomp"), "appoint": ("to", "as", "oprd", "dobj", "xcomp"),
    "confirm": ("as", "to", "for", "oprd", "dobj", "ccomp"), "conclude": ("dobj", "ccomp", "with"), "qualify": ("for", "as", "dobj"),
    "withdraw": ("from", "dobj"), "apologize": ("for", "to"),
}  # fmt: skip
_FINITE = ("ROOT", "conj", "ccomp", "advcl", "relcl")
_INSISTS = word_set("insist argue claim suggest warn complain announce declare explain maintain contend assert predict")
_WHAT_SAID = ("ccomp", "xcomp", "dobj", "nsubjpass", "oprd")
_TELLS = word_set("say tell add write tweet")
_POINTS = re.compile(
    r"“[^”]*\b(?:all that|this|these|those) (?!country|nation|year|election|world|week|month|campaign|president)[a-z]+[^”]*”"
    r"|\b(?:his|her) acceptance speech\b(?! (?:at|for|in|on)\b)|\b(?:was|were) more [a-z]+ (?:to|about)\b(?!.*\bthan\b)"
)  # what a quotation, a speech, a comparison leans on
_MEDIUM = re.compile(r"\b(?:told|to|by|with) (?:the |The )?$")
_MEDIA = frozenset(("newspaper", "magazine", "news organisation"))
_OUTLET = re.compile(
    r"\b(?:Associated Press|AP|Reuters|AFP|UPI|CNN|MSNBC|NBC|CNBC|ABC|CBS|NPR|BBC|PBS|Bloomberg|Politico|POLITICO|BuzzFeed|Univision|Star|"
    r"Journal|Gazette|Observer|Globe|Guardian|Register|Independent|Examiner|Chronicle|Dispatch|Inquirer)\b"
)
_ORDINAL = re.compile(r"(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))")
_BELOW = re.compile(r"^(?:As of|By|In) \w+ \d{4}, (?:when|while|as|if|because|although|though|after|before) [^,]*\.?$")
_UNTOLD = re.compile(  # what only the sentences before tell
    r"\b(?:of|from|near|around) here\b|\ban? (?:comparable|similar)\b(?!.*\b(?:to|with)\b)|"
    r"\brespondents\b|\b(?:those|people) (?:polled|surveyed)\b|\b[Ii]n (?:his|her|its|their) (?:first|last) (?!name)|Ã|\b(\w+) \1\b|"
    r"\b(?:far|much|even) (?:lesser|less|more|\w+er)\b(?!.*\bthan\b)|^(?:Less|More|Fewer) than (?:gap|\S+ percent) (?!of\b)"
)
_UNTOLD_THING = re.compile(
    r"\b(?:offer|g[ai]ve|pledge|withdr[ae]w)\w* (?:\w+ )?support\.?$|"
    r"\b(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|\w+['’]s?) (?:\w+ )?(?:massacre|probe|pitch|brainstorm|acceptance speech|reaction|"
    r"idea|request|demand|suggestion|reinforcements|race|contest|deal|claim|unit|stage|mission|actions|measures)\b"
    r"(?! (?:of|in|for|to|at|that|against|on|about|between|with|by|from|who|which)\b)|^[^“]*\b(?:a|One) demand\b(?! (?:that|for|to)\b)"
)
_KNOWN = word_set(
    "FBI CIA NSA IRS NATO EU UN GOP NRA NASA DNC RNC ACLU US UK USA NBA NFL MLB FIFA BBC CNN NBC ABC CBS AIDS HIV IMF OPEC TV DNA"
)


def extract(scene: Scene) -> Iterator[Fact | Refusal]:
    """Yield gapped sentences for every sentence of an article that can stand alone, at most ``MANY`` each."""
    teller = Teller(scene.phrases, scene.document.date)
    full = {person.key: person.name for person in scene.entities.people.all}
    line = _date_line(scene)
    by_block: dict[Block, list[Clause]] = defaultdict(list)
    for clause in scene.clauses:
        by_block[clause.block].append(clause)
    for block in scene.document.blocks:
        for sentence in block.sentences:
            where = block.span(sentence.start_char, len(block.text[sentence.start_char : sentence.end_char].rstrip()) + sentence.start_char)
            found: list[tuple[float, Gap, Gapped, Retold]] = []
            why = "no plain statement"
            within = [clause for clause in by_block[block] if sentence.start <= clause.verb.i < sentence.end]
            for told in teller.retellings(block, sentence, within):
                for one in [told] if isinstance(told, str) else _asked(scene, told, full):
                    if isinstance(one, str):
                        why = one
                    elif isinstance(told, Retold):
                        found.append((*one, told))
                if len(found) >= MANY and isinstance(told, Retold) and len(told.tokens) <= EASY:
                    break  # a shorter telling would ask for the same
            if not found:
                yield Refusal(reason=f"{Sort.CLOZE}: {why}", span=where)
            for gap, frame, told in _best(found):
                key = "|".join((Sort.CLOZE, gap.value.same, *sorted(frame.terms)))
                day = line if told.dated or told.reported else ()
                yield Fact(
                    sort=Sort.CLOZE, key=key, answer=gap.value, frame=frame, evidence=(where, *day), resolved_from=day,
                    confidence=0.9, as_of=told.as_of, leans=frame.leans,
                )  # fmt: skip


def _date_line(scene: Scene) -> tuple[Span, ...]:
    """Return where the article gives its day, if it does: what a month was reckoned from."""
    date, article = scene.document.date, scene.document.article
    if date is None:
        return ()
    found = re.search(rf"{date.isoformat()}|{date:%B} {date.day}, {date.year}", article.text[:1000])
    return (Span(article.name, found.start(), found.end()),) if found else ()


def _best(found: list[tuple[float, Gap, Gapped, Retold]]) -> Iterator[tuple[Gap, Gapped, Retold]]:
    """Yield the gaps most worth asking for, none inside another and no two of one answer."""
    chosen: list[Gap] = []
    for _, gap, frame, told in sorted(found, key=lambda one: (-one[0], one[1].tokens)):
        if not any(other.value.same == gap.value.same or set(other.tokens) & set(gap.tokens) for other in chosen):
            chosen.append(gap)
            yield gap, frame, told
        if len(chosen) == MANY:
            return


def _asked(scene: Scene, told: Retold, full: Mapping[str, str]) -> Iterator[tuple[float, Gap, Gapped] | str]:
    """Yield what a sentence can be asked for: how much it is worth, the gap, the sentence around it; or why not."""
    if why := _flaw_of(scene, told):
        yield why
        return
    gaps = [*find_gaps(scene, told), *find_wordings(scene, told)]
    if not gaps:
        yield "nothing in it can be asked for"
        return
    whole = scene.phrases.phrase(told.block, told.tokens, instead=told.instead)
    if whole.trouble or whole.possessive:
        yield whole.trouble or f"“{whole.possessive}” points elsewhere"
        return
    for gap in gaps:
        frame = _around(scene, told, gap, full)
        if isinstance(frame, str):
            yield frame
            continue
        long = max(len(frame.before.split()) + len(frame.after.split()) - len(told.lead.split()) - EASY, 0)
        yield gap.worth - 0.02 * told.shortened - 0.01 * long + frame.weight / 200, gap, frame


def _flaw_of(scene: Scene, told: Retold) -> str:
    """Return why nothing of a statement is asked, whatever the gap, or an empty string."""
    if not told.tokens:
        return "nothing of it is left"
    if told.verb.lemma_.lower() in _WEAK:
        return f"“{told.verb.text}” is no deed"
    if is_unnamed(told.subject) and told.subject.i not in told.instead and not any(one.pos_ == "PROPN" for one in told.subject.subtree):
        return f"“{told.subject.text}” may be one of several"
    name = told.subject
    single = name.pos_ == "PROPN" and name.tag_ == "NNP" and name.left_edge.i == name.i and scene.entities.find(name.text) is None
    if (
        (name.ent_type_ == "PERSON" or single)
        and name.i not in told.instead
        and not scene.phrases.person_at(told.block, name.i)
        and not _in_office(name)
    ):
        return f"“{name.text}” is known by one name only"
    between = [token for token in told.tokens if told.subject.i < token.i < told.verb.i and token.text == ","]
    listed = any(child.dep_ == "conj" and between and child.i > between[0].i for child in told.subject.children)
    if len(between) == 1 and not listed:
        return "a comma parts its subject from its verb"
    if any(child.i == told.tokens[0].i and (child.dep_ == "mark" or child.tag_ == "WRB") for child in told.verb.children):
        return "it is no main clause"
    kept = {token.i for token in told.tokens}
    mention = scene.phrases.person_at(told.block, told.subject.i)
    for child in told.verb.children if mention else ():
        other = scene.phrases.person_at(told.block, child.i) if child.dep_ in ("dobj", "dative") else None
        if mention and other and other.person == mention.person:
            return "somebody does it to himself"  # two of one surname
    if (
        told.verb.lemma_ in _TELLS
        and not any(
            part.dep_ in ("ccomp", "xcomp") or part.i in told.block.quoted or part.lower_ in ("of", "about") for part in told.tokens
        )
    ) or (
        told.verb.lemma_ in _INSISTS
        and not any(
            part.dep_ in _WHAT_SAID or part.i in told.block.quoted or part.lower_ in ("on", "of", "about")
            for part in told.tokens
            if part.head.i == told.verb.i
        )
    ):
        return "it does not tell what was said"
    if told.verb.lemma_.lower() in SAY and any(child.dep_ == "ccomp" and child.i not in kept for child in told.verb.children):
        return "what was said is left out"
    places = [scene.phrases.person_at(told.block, token.i) for token in told.tokens if token.ent_type_ == "GPE"]
    if any(mention is not None and not (mention.person.full and mention.person.mentions >= OFTEN) for mention in places):
        return "somebody has the name of a place"
    for token in told.tokens:
        if token.lower_ in _LOADED and token.i not in told.block.quoted and token.pos_ != "PROPN":
            return f"“{token.text}” is an opinion"
        if token.tag_ in ("VBD", "VBN", "VBZ") and token.dep_ in _FINITE and (wanted := _OF_WHAT.get(token.lemma_.lower())):
            parts = [child for child in token.children if child.i in kept]
            if not any(child.dep_ in wanted or (child.dep_ == "prep" and child.lower_ in wanted) for child in parts):
                return f"“{token.text}” what?"
    lemmas = {token.lemma_.lower() for token in told.tokens if token.pos_ == "VERB"}
    text = "".join(token.text_with_ws for token in told.tokens)
    placed = told.reported and any(token.ent_type_ == "GPE" for token in told.tokens)
    if not told.has_date and not placed and lemmas & _CONTEST and re.search(r"\d%|\d-\d|percent|\d (?:votes|delegates|points)\b", text):
        return "a contest or a poll without its date"
    return ""


def _in_office(name: "Token") -> bool:
    """Whether an office before a surname tells whose it is: "President Monroe"."""
    return any(child.dep_ == "compound" and child.lower_.rstrip(".") in TITLES - COURTESY for child in name.children)


def _around(scene: Scene, told: Retold, gap: Gap, full: Mapping[str, str]) -> Gapped | str:
    """Return the sentence around a gap, or why it cannot stand."""
    first, *others = gap.tokens
    at = next((place for place, token in enumerate(told.tokens) if token.i == first), -1)
    if at < 0:
        return "its gap was lost"
    courtesy = {told.tokens[at - 1].i} if at and told.tokens[at - 1].lower_.rstrip(".") in COURTESY else set[int]()
    tokens = [token for token in told.tokens if token.i not in {*others, *courtesy}]
    names, rest = _anchors(scene, told, gap)
    told_of = sum(token.pos_ in ("NOUN", "VERB", "ADJ") and token.i not in gap.tokens for token in told.tokens)
    told_more = (told_of >= RICH) + (told_of >= RICHER and gap.telling)
    enough = names + rest + told_more - gap.needs
    if (not names and rest < DATED) or enough < -scene.has_heading:
        return f"only {names + rest} named things, dates or amounts tell what it is about"
    words = scene.phrases.phrase(told.block, tokens, instead={**told.instead, first: _GAP})
    text = _closed(told.lead + words.text, [full[key] for key in sorted(words.names) if key in full])
    before, mark, after = text.partition(_GAP)
    if not mark:
        return "its gap was lost"
    return _flaw(gap, words, before, after, told.lead) or Gapped(
        before=before,
        after=after,
        weight=words.weight,
        terms=words.terms,
        names=words.names,
        sources=(*told.sources, *words.sources),
        leans=enough < 0 or told.lead.startswith("As of"),
    )


def _anchors(scene: Scene, told: Retold, gap: Gap) -> tuple[int, int]:
    """Return how many named things, and how many dates (two each), amounts and terms stand around a gap; no source counts."""
    block = told.block
    names: set[str] = set()
    others: set[str] = set()
    source = {part.i for token in told.tokens if token.lower_ == "according" for part in token.subtree}
    for token in told.tokens:
        if token.i in source or token.i in gap.tokens:
            continue
        mention = scene.phrases.person_at(block, token.i)
        if mention is not None:
            names.add(mention.person.key)
        elif token.i in told.instead and token.tag_ == "PRP" and token.i not in block.quoted and told.instead[token.i] != token.text:
            names.add(told.instead[token.i])
        elif re.fullmatch(r"(?:1[5-9]|20)\d\d", token.text):
            others |= {token.text, f"{token.text} dated"}
        elif token.pos_ == "NUM" and token.text[:1].isdigit():
            others.add(token.text)
        elif token.pos_ == "PROPN" and token.text[:1].isupper() and not _goes_on(token):
            names.add(token.lower_)
    first, last = block.doc[told.tokens[0].i].idx, told.tokens[-1].idx
    start = block.doc[gap.tokens[0]].idx
    others |= {
        str(quote.start) for quote in block.quotes
        if quote.form is not Form.FULL and first <= quote.start < last and not quote.start <= start < quote.end
    }  # fmt: skip
    return len(names), len(others) + 2 * told.dated + (told.reported and bool(others))


def _goes_on(token: "Token") -> bool:
    """Whether a proper noun is part of the name before it."""
    before = token.doc[token.i - 1] if token.i else None
    return before is not None and before.pos_ in ("PROPN", "ADP") and before.ent_type_ == token.ent_type_ != "" and token.ent_iob_ == "I"


def _closed(text: str, names: list[str]) -> str:
    """Return a sentence with its capital, its full stop, one sort of quotation marks, each full name once."""
    text = re.sub(r"''(.+?)''|\"(.+?)\"", lambda match: f"“{match[1] or match[2]}”", text)
    text = re.sub(rf"({_GAP}|\w) (['’](?:s|d|ll|re|ve|m)\b|n['’]t\b|”|-\w)", r"\1\2", text)
    text = re.sub(r"([$£€“(]) ", r"\1", text).strip(" .,;:")
    text = re.sub(r"[.,]”$", "”", re.sub(r",”,", ",”", text))
    for name in names:
        text = re.sub(rf"({re.escape(name)})(?=[A-Za-z])", r"\1 ", text)  # a comma behind it was left out
        head, found, rest = text.partition(name)
        text = head + found + rest.replace(name, name.split()[-1])
    return f"{text[:1].upper()}{text[1:]}."


def _flaw(gap: Gap, words: Phrase, before: str, after: str, lead: str) -> str:
    text = f"{before}gap{after}"
    count = len(text.split())
    body = text[len(lead) :].lstrip() if before.startswith(lead) else text
    if count < FEWEST or count - len(lead.split()) > MOST:
        return f"the sentence has {count} words"
    if re.search(r"[?!;:\[\]()*_…|{}]|\.\.\.|--|[—―]| [–-] ", text) or text.count("“") != text.count("”") or '"' in text:
        return "its marks part it"
    if re.search(r"[\w”-]$", before) or "''" in text:
        return "its marks part it"
    if re.match(r"[Nn]ot (?:before|until|only|since)\b", body):
        return "it is no main clause"
    if not re.match(r"[A-Z“]", text if before else gap.value.text):
        return "it opens with a figure"
    rest = f" {re.sub(r'[^a-z0-9]+', ' ', f'{before} {after}'.lower())} "
    for wording in (gap.value.text, *gap.value.accept):
        hint = re.sub(r"[^a-z0-9]+", " ", wording.lower()).strip()
        if hint and f" {hint} " in rest:
            return "the answer stands in the sentence"
    if gap.value.type in (AnswerType.PERSON, AnswerType.ORGANISATION, AnswerType.PLACE):
        parts = [part for part in re.findall(r"[a-z0-9]+", gap.value.text.lower()) if len(part) > 3]
        if any(f" {part} " in rest for part in parts):
            return "a part of the answer stands in the sentence"
    if found := _UNTOLD.search(text) or _UNTOLD_THING.search(text):
        return f"“{found[0]}” was told before"
    if _BELOW.search(f"{before}gap{after}"):
        return "it is no main clause"
    if found := _RELATIVE.search(before + after):
        return f"“{found[0]}” stands in the sentence"
    if re.match(r"(?:On|on) the (?:\w+ )?side,|(?:Less|less|More|more|Fewer|fewer) than (?:gap|\d+) percent (?!of\b)|A few days ", body):
        return "it leans on the sentence before"
    if found := re.search(r"\b(?:all|both|these|those) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b", before + after):
        return f"“{found[0]}” were told before"
    if _SOURCE_WITHIN.search(f"{body[:1].upper()}{body[1:]}"):
        return "who says it stands within it"
    if any(short not in _KNOWN for short in re.findall(r"\b[Tt]he ([A-Z]{2,5})\b(?! [A-Z])", before + after)):
        return "letters that only the article explains"
    if re.search(
        r"\b[Tt]he \d+-\w+(?:-old)? (?:firm|company|man|woman|group|program|law|bank|party)\b(?! (?:of|in|that|who|which)\b)",
        before + after,
    ):
        return "it is told apart by its age only"
    if re.search(r"\bbetween\b(?!.*\band\b)", f"{before}{after}") or re.search(
        r"\b(?:and|or|of|the|a|an|to|by) ?[,.]", f"{before}gap{after}"
    ):
        return "a part of it was cut off"
    if found := _POINTS.search(text):
        return f"“{found[0]}” was told before"
    if re.search(r"(?:Senator|Sen\.|Representative|Rep\.) $", before) and re.match(r" of [A-Z]", after):
        return "an office and its place give the answer away"
    if _MEDIUM.search(before) and (noun_for(gap.value.text) in _MEDIA or _OUTLET.search(gap.value.text)):
        return "only whom it was told to, or by"
    if re.search(r"\b(?:was|is|only|aged) (?:only )?[\w-]+ years old\b", text):
        return "somebody's age is what it tells"
    if _ORDINAL.fullmatch(gap.value.text) and re.match(r" (?:\w+ )?(?:debate|contest)\b", after):
        return "one of many of its kind"
    if re.search(r"[“”\"]|''", gap.value.text):
        return "a gap across quotation marks"
    months = re.findall(r"[A-Z][a-z]+ (?:1[5-9]|20)\d\d", before + after)
    if len(months) != len(set(months)):
        return "it gives one time twice"
    if words.weight < LEAST:
        return "it tells too little to stand alone"
    return ""
