"""How the options of a question are worded: one function a rule, each a warning. Prose and an example are in ``advice``.

All judge English words, but those on numbers.
"""

import math
import re
from itertools import combinations

from quizzer.core.grading.dates import Date, dates
from quizzer.core.grading.lexicon import MONTHS, word_set
from quizzer.core.grading.numerals import NUMBER_WORDS
from quizzer.core.kinds import Plain, Statement
from quizzer.deckfile.draft import Item
from quizzer.deckfile.places import stem_of
from quizzer.deckfile.problems import quoted
from quizzer.deckfile.rulebook import Found, Rulebook
from quizzer.deckfile.rules import folded

BOOK = Rulebook()
ENGLISH = Rulebook()

LONGER, CHARACTERS = 1.5, 12  # a key is much the longest option from here on
MOST_OPTIONS = 5
MOST_WORDS = 60
HARDER = 20  # points of LIX
_LETTERED = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:](?=\s|$)")
_QUOTED = re.compile(r"[\"“„«][^\"“”„«»]*[\"”“»]|`[^`]*`")
_LETTERS = re.compile(
    r"(both |either |only )?\(?[a-e]\)?,? (and|&|or) \(?[a-e]\)?( only)?|"
    r"(both |either )?(the )?(first|second|third|last) (two|and (the )?(second|third|last))( options?)?",
    re.IGNORECASE,
)
_JOINT = re.compile(r"and|or|&|two", re.IGNORECASE)  # one of them stands in each of those
_LONGEST_LETTERS = 40  # characters of an option made of others
_NEGATIVE = re.compile(
    r"(?<![\w*_])((?<!of )(?<!for )(?<!by )(?<!about )not(?! (?:to|only|until|just|yet)\b)|except|never|incorrect|cannot|untrue|"
    r"[a-z]+n['’]t)(?![\w*_])"
)
_ALL_EXCEPT = re.compile(r"\bexcept(?=(?: for)? (?:which|what|who|whom|one)\b)")
_CLAUSE = re.compile(r"\b(that|who|whom|whose|because|if|when|where|while|although|so|but|why|how|whether)\b")
_SELECTS = re.compile(r"\W*(?:(?:in|on|at|to|from|by|for|with|of) )?(?:which|what|who|whom)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(
    r"(?:^|\s)(?i:always|never|all|only|none|nobody|nothing|no one|completely|entirely|totally|every(?:one|body|thing|where))\b"
)
_VAGUE = re.compile(r"\b(often|sometimes|usually|frequently|occasionally|seldom|generally|typically|normally|mostly)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")
_EVERYDAY = word_set(
    "about above after again against also another because been before being below between both cannot could does doing down during "
    "each every first from have having here himself herself into itself just last many more most much must name named never only "
    "other over same shall should some such than that their theirs them then there these they this those through under until upon "
    "very were what when where which while whom whose will with within without would your"
)
_ARTICLE = re.compile(r"\b(an?)(?:[\s:…_]*|\s+(?:_{2,}|…|\.{3})\s*[.?!]?)$", re.IGNORECASE)
_SEVERAL = re.compile(r"^(?:\w+ )?(?:which|what) (two|three|four) (?=\w+s\b)", re.IGNORECASE)
_JOINED = re.compile(r"\band\b|[,;&/+]")
_VOWEL = re.compile(r"(?:[aeio]|u(?!ni|s[aeiu]|ti|ra|r[aeiou])|h(?:our|onest|eir|onou?r))(?<!eu)", re.IGNORECASE)
_AS_CONSONANT = re.compile(r"(?:eu|ewe|one\b|once\b|uk\b|us\b)", re.IGNORECASE)
_MONTH = re.compile(rf"\b(?:{'|'.join(name[:3] for name in MONTHS)})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_RANGE = re.compile(r"(?:between |from |about )?(\d+(?:[.,]\d+)*) ?(?:–|-|to|and) ?(\d+(?:[.,]\d+)*)( .*|%)?", re.IGNORECASE)
_AT_MOST = frozenset({"fewer", "less", "under", "below", "up to", "at most"})
_LIMIT = re.compile(r"(fewer|less|under|below|up to|at most|more|over|above|at least)(?: than)? (\d+(?:[.,]\d+)*)( .*|%)?", re.IGNORECASE)
_RANGES = tuple("0123456789bfluamo")  # what a range begins with, in small letters
_AMOUNT = re.compile(
    r"(?:about |around |over |under |nearly |almost )?[$€£¥]?\d[\d.,]*(?: ?[%°])?(?:[ -](?!and\b|to\b)[\w/°%²³]+){0,2}", re.IGNORECASE
)
_NUMBERLIKE = frozenset({"midnight", "noon", "midday", "none", "never", "nobody", "zero", "once", "twice", "half", "always"}) | NUMBER_WORDS
_WHETHER = ({"true", "false"}, {"yes", "no"}, {"correct", "incorrect"}, {"right", "wrong"})
_SAID_AGAIN = re.compile(r"(yes|no),? (?:it|he|she|they|that|this|there|one|you|we)(?: \w+(?:n['’]t)?){1,2}")
_OF_NUMBERS = re.compile(
    r"\b(?:how|when|(?:which|what) (?:\w+ )?(?:year|number|share|percentage|speed|height|age|decade|century))\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\?|…|_{2,}|\b(?:who|whom|whose|what|which|when|where|why|how)\b|^\W*(?:name|give|list|put|match|complete|translate|say|tell|spell|find|"
    r"write|choose|pick|define|describe|explain|identify|solve|compute|calculate|order|sort|state|convert|conjugate)\b|"
    r"\b(?:is|are|was|were|a|an|the|of|by|in|to|on|at|for|with|called|named|as|from|because|than)[\s:]*$",
    re.IGNORECASE,
)


@ENGLISH.question("Q103", Plain)
def no_option_of_options(item: Item) -> Found:
    """Options that speak of others by letters which they do not have."""
    question = item.question
    assert isinstance(question, Plain)
    if not question.distractors:
        return
    for at, text in enumerate((question.answer, *question.distractors)):
        if len(text) <= _LONGEST_LETTERS and _JOINT.search(text) and _LETTERS.fullmatch(text.rstrip(" .")):
            if _is_of_letters(question.answer):
                return
            node = item.at("distractors", at - 1) if at else item.at("answer")
            yield node, f"the option {quoted(text)} is made of other options. Ask for a list (`answers:`), or write it out."


def _is_of_letters(key: str) -> bool:
    """Whether the options themselves are letters (vitamins, blood groups), as the key shows."""
    return all(len(word.rstrip("0123456789")) == 1 for word in re.split(r",? and |, ?| ", key))


@BOOK.question("Q104", Plain)
def key_is_not_much_the_longest(item: Item) -> Found:
    """A key that its length gives away."""
    question = item.question
    assert isinstance(question, Plain)
    if len(question.distractors) < 2 or " " not in question.answer:
        return
    longest = max(map(len, question.distractors))
    length = len(question.answer)
    if length >= LONGER * longest and length - longest >= CHARACTERS:
        message = f"the right answer is much the longest option ({length} characters, the next {longest})"
        yield item.at("answer"), f"{message}. Shorten it, or say more in a distractor."


@ENGLISH.question("Q107", Plain)
def negatives_are_plain(item: Item) -> Found:
    """A stem that asks for what is not so, and says it in passing."""
    question = item.question
    assert isinstance(question, Plain)
    if question.distractors and (found := negative_in(question.question)):
        shown = found[0]
        yield stem_of(item), f"the word {quoted(shown)} turns this question round, and is easily read over. Write {shown.upper()}."


def negative_in(stem: str) -> re.Match[str] | None:
    """Return the word, in small letters and in the main clause, that turns the question round."""
    if not (opening := _SELECTS.match(stem)):
        return _ALL_EXCEPT.search(stem)
    text = _QUOTED.sub(lambda quote: "\0" * len(quote[0]), stem)
    found = _NEGATIVE.search(text, opening.end())
    return None if found is None or _CLAUSE.search(text, opening.end(), found.start()) else found


@ENGLISH.question("Q108", Plain)
def absolutes_are_not_for_distractors(item: Item) -> Found:
    """Words that mark wrong options."""
    question = item.question
    assert isinstance(question, Plain)
    if len(question.distractors) < 2 or _ABSOLUTE.search(question.answer):
        return
    marked = [
        (at, found)
        for at, text in enumerate(question.distractors)
        if (found := _ABSOLUTE.search(text)) and found[0].strip() != text and not text.istitle()
    ]
    if len(marked) > 1:
        words = ", ".join(dict.fromkeys(quoted(found[0].strip().lower()) for _, found in marked))
        yield (
            item.at("distractors", marked[0][0]),
            f"only distractors have absolute words ({words}). Take them out, or put one into the key.",
        )


@ENGLISH.question("Q109", Plain, Statement)
def nothing_is_vague(item: Item) -> Found:
    """How often is often?"""
    if found := _VAGUE.search(_QUOTED.sub("", item.question.text)):
        yield stem_of(item), f"the word {quoted(found[0])} is vague. Say how often, or leave it out."


@BOOK.question("Q110", Plain)
def ranges_do_not_overlap(item: Item) -> Found:
    """Ranges of which one holds a part of another."""
    question = item.question
    assert isinstance(question, Plain)
    texts = (question.answer, *question.distractors)
    ranges = {}
    for at, text in enumerate(texts):
        if text[:1].lower() in _RANGES and (found := _range(text)):
            ranges[at] = found
        elif len(ranges) < at:
            return  # the second that is none
    if not ranges:
        return
    ends = [(low, high) for low, high, _ in ranges.values()]
    if len(ends) == len(texts) and (all(low == -math.inf for low, _ in ends) or all(high == math.inf for _, high in ends)):
        return  # "more than" before each of them is a manner of speaking
    for (one, (low, high, unit)), (other, (least, most, measure)) in combinations(ranges.items(), 2):
        if unit == measure and low < most and least < high:
            yield item.at("distractors", other - 1), f"{quoted(texts[other])} overlaps with {quoted(texts[one])}. Move one of them."
            return


def _range(text: str) -> tuple[float, float, str] | None:
    """Return the least and the greatest of a range, and what they count; None where it is none, or may well overlap with others."""
    if found := _LIMIT.fullmatch(text):
        number = _value(found[2])
        return (
            (-math.inf, number, (found[3] or "").strip()) if found[1].lower() in _AT_MOST else (number, math.inf, (found[3] or "").strip())
        )
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    low, high = _value(found[1]), _value(found[2])
    years = not found[3] and 1000 <= low <= 2100 and 1000 <= high <= 2100  # when something lasted
    return None if years or (not low + 1 < high and "." not in text) else (low, high, (found[3] or "").strip())


def _value(number: str) -> float:
    return float(number.replace(",", "")) if number.count(".") < 2 else 0.0


@ENGLISH.question("Q111", Plain)
def no_clang(item: Item) -> Found:
    """A rare word of the stem that the key alone repeats."""
    question = item.question
    assert isinstance(question, Plain)
    if len(question.distractors) < 2:
        return
    stem = question.question.casefold()
    key = {word for word in _content(question.answer) if word in stem}
    if not key:
        return
    common = key & _content(stem)
    if not common or folded(question.answer) in folded(question.question):  # the second is said by another rule
        return
    common -= _content(" ".join(question.distractors))
    if common:
        words = ", ".join(quoted(word) for word in sorted(common))
        yield item.at("answer"), f"of all options the key alone repeats {words} from the question. Reword one of them."


def _content(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - _EVERYDAY


@ENGLISH.question("Q112", Plain)
def grammar_fits_all(item: Item) -> Found:
    """An article before the gap that fits the key, and not each distractor."""
    question = item.question
    assert isinstance(question, Plain)
    if not question.distractors:
        return
    ending = _ARTICLE.search(question.question)
    if ending is None:
        yield from _number_fits_all(item, question)
        return
    wants = ending[1].lower() == "an"
    if _sounds_as_vowel(question.answer) == wants:
        for at, text in enumerate(question.distractors):
            if _sounds_as_vowel(text) != wants:
                message = f"{quoted(text)} does not follow {quoted(ending[1].lower())}, and the key does"
                yield item.at("distractors", at), f"{message}. Put the article into the options."
                return


def _number_fits_all(item: Item, question: Plain) -> Found:
    """Several things asked for, which not each distractor names."""
    if (several := _SEVERAL.match(question.question)) and _JOINED.search(question.answer):
        for at, text in enumerate(question.distractors):
            if not _JOINED.search(text):
                message = f"{quoted(text)} names one thing where {several[1].lower()} are asked for, and the key does not"
                yield item.at("distractors", at), f"{message}. Name as many in it."
                return


def _sounds_as_vowel(text: str) -> bool:
    text = text.lstrip("\"'“‘(")
    return bool(_VOWEL.match(text)) and not _AS_CONSONANT.match(text)


@BOOK.question("Q113", Plain)
def numbers_are_in_order(item: Item) -> Found:
    """Numbers up and down."""
    question = item.question
    assert isinstance(question, Plain)
    numbers = numbers_of(question.distractors)
    if numbers and numbers not in (sorted(numbers), sorted(numbers, reverse=True)):
        shown = ", ".join(question.distractors[at] for at in sorted(range(len(numbers)), key=numbers.__getitem__))
        yield item.at("distractors"), f"the numbers are not in order. Write [{shown}], or run `quizzer check --fix`."


def numbers_of(texts: tuple[str, ...]) -> list[float]:
    """Return the number in each of the texts, which say the same but for it, or their dates as numbers; empty where they are neither."""
    if len(texts) < 2 or not _DIGIT.search(texts[0]) or not _DIGIT.search(texts[1]):
        return []
    if _MONTH.search(texts[0]):
        return _days_of(texts)
    found = [_NUMBER.findall(text) for text in texts]
    if any(len(numbers) != 1 for numbers in found) or len({_NUMBER.sub("#", text) for text in texts}) > 1:
        return []
    bare = [number.replace(",", "") for (number,) in found]
    return [] if any(number.count(".") > 1 or len(number) > 15 for number in bare) else [float(number) for number in bare]


def _days_of(texts: tuple[str, ...]) -> list[float]:
    """Return numbers in the order of the dates that the texts are; empty where one is no date, or names more or less of it."""
    found = [reading[0] if len(reading := dates(text)) == 1 else Date() for text in texts]
    named = {tuple(date.fields) for date in found}
    if len(named) > 1 or named.isdisjoint({("year", "month"), ("year", "month", "day"), ("month", "day")}):
        return []
    return [372.0 * (date.year or 0) + 31 * (date.month or 0) + (date.day or 0) for date in found]


@ENGLISH.question("Q114", Plain)
def options_are_of_one_sort(item: Item) -> Found:
    """A name among amounts, an amount among names, two things measured."""
    question = item.question
    assert isinstance(question, Plain)
    if not question.distractors or not _AMOUNT.fullmatch(question.answer.strip()):
        return
    if not (_OF_NUMBERS.search(question.question) or any(map(_AMOUNT.fullmatch, question.distractors))):
        return  # the number may be a name: a novel, a bus, a gate
    for at, text in enumerate(question.distractors):
        if not any(map(str.isdigit, text)) and _NUMBERLIKE.isdisjoint(re.findall(r"[a-z]+", text.lower())):
            message = f"{quoted(text)} is no number, and the key {quoted(question.answer)} is"
        elif not measured_alike(text, question.answer):
            message = f"{quoted(text)} measures something else than the key {quoted(question.answer)}"
        else:
            continue
        yield item.at("distractors", at), f"{message}. Write an option of its sort."
        return


def measured_alike(one: str, other: str) -> bool:
    """Whether two amounts are of the same thing, as far as can be told."""
    from quizzer.core.grading.units import UNITS

    first, second = (UNITS.get(text.lower().rstrip(".").split(" ")[-1] if " " in text else text[-1:]) for text in (one, other))
    return not first or not second or not {what for what, _ in first}.isdisjoint(what for what, _ in second)


@ENGLISH.question("Q115", Plain)
def something_is_asked(item: Item) -> Found:
    """A stem that is a mere title."""
    question = item.question
    assert isinstance(question, Plain)
    if question.image is None and not _ASKS.search(question.question):
        yield stem_of(item), "this stem asks nothing. Write a question that can be answered without its options."


@ENGLISH.question("Q116", Plain)
def statements_are_statements(item: Item) -> Found:
    """True and false, yes and no, as options."""
    question = item.question
    assert isinstance(question, Plain)
    if 0 < len(question.distractors) < 3 and len(question.answer) <= _LONGEST_LETTERS:
        texts = {_shortest(folded(text).rstrip(".")) for text in (question.answer, *question.distractors)}
        if any(texts <= words for words in _WHETHER):
            yield (
                item.at("answer"),
                "this question has true and false as its options. Make a statement of it: `statement:`, and `answer: true`.",
            )


def _shortest(text: str) -> str:
    """Return `yes` and `no` without the question said again: No, it cannot."""
    said = _SAID_AGAIN.fullmatch(text)
    return said[1] if said else text


@BOOK.question("Q117", Plain)
def options_are_few(item: Item) -> Found:
    """More options than anybody reads."""
    question = item.question
    assert isinstance(question, Plain)
    if len(question.distractors) >= MOST_OPTIONS:
        yield item.at("distractors"), f"{len(question.distractors) + 1} options are many. Keep the best two or three distractors."


@BOOK.question("Q118", Plain)
def stems_are_short(item: Item) -> Found:
    """A stem of a paragraph."""
    words = item.question.text.count(" ") + 1
    if words > MOST_WORDS:
        yield stem_of(item), f"this stem has {words} words. Say it in {MOST_WORDS} at the most."


@BOOK.question("Q121")
def stems_read_like_their_passages(item: Item) -> Found:
    """A stem that is much harder to read than what it asks about."""
    question = item.question
    passages = " ".join(evidence.passage for evidence in question.evidence)
    if not passages:
        return
    stem, passage = lix(question.text), lix(passages)
    if stem and passage and stem > passage + HARDER:
        yield stem_of(item), f"this stem is harder to read than its passage (LIX {stem:.0f}, the passage {passage:.0f}). Use plainer words."


def lix(text: str) -> float:
    """Return Björnsson's LIX: words a sentence, and the share in a hundred of words of more than six letters; 0 for under ten words.

    Under 30 is a book for children, over 60 an official letter. It counts letters, not syllables, so it needs no list of words.
    """
    words = _LETTERED.findall(text)
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words) if len(words) >= 10 else 0.0
