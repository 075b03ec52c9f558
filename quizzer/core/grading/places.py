"""Places and organisations: what stands after the comma, what a short name is short for."""

import re
from collections.abc import Iterator, Sequence

from quizzer.core.grading.dates import MORE_EXACT
from quizzer.core.grading.folding import plain, tokens
from quizzer.core.grading.lexicon import ABBREVIATIONS, ANSWERS_THEMSELVES, MINOR, NEGATORS, REGIONS, SMALL_WORDS, STATES, TITLES, word_set
from quizzer.core.grading.likeness import with_country, with_kind
from quizzer.core.grading.shortened import stands_for
from quizzer.core.grading.wording import WRONG, Finding, Taken, better, compare, numbered, same
from quizzer.core.model import AnswerType, Verdict

_ALIASES = {
    "us": "united states",
    "states": "united states",
    "usa": "united states",
    "america": "united states",
    "united states of america": "united states",
    "uk": "united kingdom",
    "britain": "united kingdom",
    "great britain": "united kingdom",
    "un": "united nations",
    "eu": "european union",
    "uae": "united arab emirates",
    "ussr": "soviet union",
    "holland": "netherlands",
    "nyc": "new york city",
    "la": "los angeles",
    "dc": "washington dc",
    "prc": "china",
    "dprk": "north korea",
    "rok": "south korea",
    "nz": "new zealand",
    "burma": "myanmar",
    "czech republic": "czechia",
    "turkiye": "turkey",
    "swaziland": "eswatini",
    "cote d ivoire": "ivory coast",
    "cote divoire": "ivory coast",
    "timor leste": "east timor",
    "cabo verde": "cape verde",
    "vatican": "vatican city",
    "kiev": "kyiv",
    "kharkov": "kharkiv",
    "peking": "beijing",
    "bombay": "mumbai",
    "calcutta": "kolkata",
    "saigon": "ho chi minh city",
    "washington d c": "washington dc",
}
_STATE_CODES = """
al alabama|ak alaska|az arizona|ar arkansas|ca california|co colorado|ct connecticut|de delaware|fl florida|ga georgia|hi hawaii
id idaho|il illinois|in indiana|ia iowa|ks kansas|ky kentucky|la louisiana|me maine|md maryland|ma massachusetts|mi michigan
mn minnesota|ms mississippi|mo missouri|mt montana|ne nebraska|nv nevada|nh new hampshire|nj new jersey|nm new mexico
ny new york|nc north carolina|nd north dakota|oh ohio|ok oklahoma|or oregon|pa pennsylvania|ri rhode island|sc south carolina
sd south dakota|tn tennessee|tx texas|ut utah|vt vermont|va virginia|wa washington|wv west virginia|wi wisconsin|wy wyoming
us united states|usa united states|uk united kingdom
""".strip()
_CODES = dict(pair.split(" ", 1) for pair in _STATE_CODES.replace("\n", "|").split("|"))
_GENERIC = ("city", "town", "village", "municipality", "port", "state", "country", "republic", "kingdom", "province", "island")
_OF_COUNTRIES = ("state", "country", "republic", "kingdom", "province")
_DOMAIN = re.compile(r"\.(?:com|org|net|co\.uk)\s*$", re.IGNORECASE)
_PEOPLES = ("n", "an", "ian", "ean", "ese", "ish", "i")
_HALVED = word_set("korea korean")  # half of the name is not another country's
_LEGAL_FORMS = word_set("inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag sa nv bv")


def _head(text: str) -> tuple[str, str]:
    """Split "El Paso, Texas" into the place and the region it is in, "" when it names none."""
    head, _, tail = plain(text).partition(",")
    region = " ".join(word for word in tokens(tail) if word != "the") if tail.strip() else ""
    return head, _CODES.get(region, region)


_BRACKETED = r"\s*([^()]*[^()\s])\s*\(\s*([^()]+?)\s*\)\s*"  # compiled when first needed


def _with_initials(text: str) -> tuple[str, str] | None:
    """Take "American Civil Liberties Union (ACLU)" apart, or the same the other way round."""
    if "(" not in text or len(text) > 200 or not (match := re.fullmatch(_BRACKETED, text)):
        return None
    for name, short in (match.groups(), match.groups()[::-1]):
        if len(tokens(short)) == 1 and _stands_for(tokens(short)[0], tokens(name)):
            return name, short
    return None


def _stands_for(short: str, words: Sequence[str]) -> bool:
    """Whether ``short`` is made of the initials of ``words``; of three letters or more, it may pass over the first of them (U.S.)."""
    return len(short) > 1 and any(one == short or (len(short) > 2 and one.endswith(short)) for one in _initials(words))


def _beside_initials(typed: str, key: str) -> Iterator[tuple[str, str]]:
    """Yield what to compare instead, where a name stands beside its initials in what was typed or in the key."""
    mine, theirs = _with_initials(typed), _with_initials(key)
    if mine or theirs:
        for wanted in theirs or (key,):
            yield (mine[0] if mine else typed), wanted


def compare_place(typed: str, key: str, *, taken: Taken, sort: AnswerType) -> Finding:
    """Return what ``typed`` is worth as a place (or a text that may be one): a region may be left out or added."""
    found = _place(typed, key, taken=taken, sort=sort)
    for one, other in _beside_initials(typed, key):
        found = better(found, _place(one, other, taken=taken, sort=sort)._replace(guessed=True))
    return found


def _place(typed: str, key: str, *, taken: Taken, sort: AnswerType) -> Finding:
    found = compare(typed, key, taken=taken)
    if found.note == "typo" and (people := _its_people(typed, key)):
        return people
    if found.verdict is Verdict.RIGHT or len(typed) > 200:
        return found
    if sort is AnswerType.TEXT and _without_title(tokens(typed), tokens(key)) == list(tokens(key)):
        return Finding(Verdict.RIGHT, "the answer names no title", guessed=True)
    if _aliased(typed) == _aliased(key):
        return Finding(Verdict.RIGHT)
    if with_country(typed, key) or with_kind(typed, key):
        return Finding(Verdict.RIGHT, MORE_EXACT, guessed=True)
    if _named(key) and same(" ".join(_without_legal_form(tokens(typed))), " ".join(_without_legal_form(tokens(key)))):
        return Finding(Verdict.RIGHT, guessed=True)
    if _two_letters(typed, key):
        return Finding(Verdict.RIGHT, "initials alone", guessed=True)
    if _region(typed) and _region(key) and not _halved(typed, key):
        return Finding(Verdict.WRONG, "another place")
    if people := _its_people(typed, key):
        return people
    if _named(key) and stands_for(typed, key):
        return Finding(Verdict.RIGHT, guessed=True)
    if (
        _region(typed)
        and _named(key)
        and "," not in key
        and found.note == "part of the answer is missing"
        and not _is_city(key)
        and not _halved(typed)
    ):
        return Finding(Verdict.WRONG, "another place")  # Mexico is no part of the Gulf of Mexico's name
    if sort is AnswerType.PLACE and found.note == "the opposite":
        return Finding(Verdict.WRONG, "another place")
    mine, theirs = _head(_without_generic(typed, key)), _head(key)
    if (
        mine[1] in REGIONS
        and not theirs[1]
        and _aliased(mine[1]) == _aliased(key)
        and NEGATORS.isdisjoint(mine[0].split())
        and mine[0].strip()
    ):
        return Finding(Verdict.RIGHT, MORE_EXACT, guessed=True)
    if theirs[1] and (_aliased(typed) == _aliased(theirs[1]) or _CODES.get(" ".join(tokens(typed))) == theirs[1]):
        return Finding(Verdict.NEAR, "the region alone", guessed=True)
    regional = (mine[1] in REGIONS or not mine[1]) and (theirs[1] in REGIONS or not theirs[1])
    if regional and (mine[1] or theirs[1] or plain(typed) != mine[0]):
        if mine[1] and theirs[1] and mine[1] != theirs[1]:
            return WRONG if same(mine[0], theirs[0]) else found
        if not (mine[1] and not theirs[1] and _region(theirs[0])) or (mine[1] not in STATES and same(mine[0], theirs[0])):
            found = better(found, compare(mine[0], theirs[0], taken=taken)._replace(guessed=True))
    if sort is not AnswerType.TEXT:
        found = better(found, compare(_expanded(typed), _expanded(key), taken=taken))
    words, wanted = _no_article(tokens(typed)), tokens(key)
    if _is_title(key) and len(words) == 1 and words[0] in _initials(wanted) | _initials(tokens(key.replace("-", ""))):
        return better(found, Finding(Verdict.RIGHT, guessed=True))
    if key.isupper() and len(wanted) == 1 and 2 < len(wanted[0]) <= 6 and wanted[0] in _initials(words):
        return better(found, Finding(Verdict.NEAR, f"the answer is {key}", guessed=True))
    if "," not in typed and not _region(typed) and not _region(theirs[0]):
        for cut in range(len(words) - 1, max(0, len(words) - 4), -1):
            head, region = " ".join(words[:cut]), " ".join(words[cut:])
            if region not in REGIONS or words[cut - 1] in MINOR or words[cut - 1] == "the":
                continue
            if theirs[1] and theirs[1] != _CODES.get(region, region):
                if same(head, theirs[0]):
                    return WRONG
                continue
            one = compare(head, theirs[0], taken=taken)
            if one.verdict is Verdict.RIGHT:
                found = better(found, one._replace(guessed=True))
    return found


def _named(key: str) -> bool:
    """Whether every word of a text is capitalised or a number, but for the small ones: it is a name."""
    words = [word for word in key.split() if word.lower() not in SMALL_WORDS and any(map(str.isalnum, word))]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)


def _two_letters(typed: str, key: str) -> bool:
    """Whether ``typed`` is HK for Hong Kong; a code of a state (PA) is that state's."""
    letters = typed.strip().replace(".", "")
    if len(letters) != 2 or not letters.isupper() or letters.lower() in _CODES or not _named(key):
        return False
    words = [word for word in tokens(key) if word != "the"]
    return len(words) == 2 and letters.lower() == words[0][0] + words[1][0]


def _halved(*texts: str) -> bool:
    return any(not _HALVED.isdisjoint(tokens(text)) for text in texts)


def _is_city(key: str) -> bool:
    return tokens(key)[-1:] == ("city",)


def _its_people(typed: str, key: str) -> Finding | None:
    """Return near where one text is a country and the other its people: Austrian for Austria."""
    one, other = ("".join(word for word in tokens(text) if word != "the") for text in (typed, key))
    for place, people in ((other, one), (one, other)):
        if place in REGIONS and people not in REGIONS and len(place) > 3:
            stems = {place[:-cut] if cut else place: cut for cut in (0, 1, 2)}
            if people not in ANSWERS_THEMSELVES and any(
                people in (stem + ending, stem + ending + "s") for stem, cut in stems.items() for ending in _PEOPLES if len(ending) > cut
            ):
                return Finding(Verdict.NEAR, "the people, not the place" if place == other else "the place, not the people", guessed=True)
    return None


def _no_article(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


def current_name(text: str) -> str:
    """Return the name that goes today for an old or short one (Kyiv for Kiev); ``text`` itself for any other."""
    return _ALIASES.get(plain(text), text)


def _aliased(text: str) -> str:
    whole = " ".join(word for word in tokens(text) if word != "the")
    return _ALIASES.get(whole, whole)


def _without_title(words: Sequence[str], key: Sequence[str]) -> list[str]:
    """Drop the titles before a name of two words or three ("Deputy Attorney General Rod Rosenstein")."""
    kept = list(words)
    if not 2 <= len(key) <= 3 or key[0] in TITLES:
        return kept
    while len(kept) > len(key) and kept[0] in TITLES and kept[0] not in ("of", "and"):
        kept.pop(0)
    return kept


def compare_organisation(typed: str, key: str, *, taken: Taken) -> Finding:
    """Return what ``typed`` is worth as an organisation: initials and legal forms are forgiven."""
    found = _organisation(typed, key, taken=taken)
    for one, other in _beside_initials(typed, key):
        found = better(found, _organisation(one, other, taken=taken)._replace(guessed=True))
    return found


def _organisation(typed: str, key: str, *, taken: Taken) -> Finding:
    if _is_acronym(key) and len(tokens(typed)) == 1 and not same(typed, key):
        return WRONG
    found = compare(typed, key, taken=taken)
    if found.verdict is Verdict.RIGHT or len(typed) > 200:
        return found
    if with_country(typed, key) or with_kind(typed, key):
        return Finding(Verdict.RIGHT, MORE_EXACT, guessed=True)
    if stands_for(typed, key) or same(_without_links(typed), _without_links(key)):
        return Finding(Verdict.RIGHT, guessed=True)
    mine, theirs = _without_legal_form(tokens(_expanded(typed))), _without_legal_form(tokens(_expanded(key)))
    found = better(found, compare(" ".join(mine), " ".join(theirs), taken=taken))
    words, wanted = _no_article(tokens(typed)), tokens(key)
    if found.verdict is Verdict.NEAR and " ".join(words) in _ALIASES:  # the UN is not its High Commissioner
        found = WRONG
    if len(words) == 1 and len(words[0]) > 1 and words[0] in _initials(wanted) | _initials(tokens(key.replace("-", ""))):
        return better(found, Finding(Verdict.RIGHT, guessed=True))
    if len(wanted) == 1 and 1 < len(wanted[0]) <= 6 and wanted[0] in _initials(words):
        return better(found, Finding(Verdict.NEAR, f"the answer is {key}", guessed=True))
    return found


def _is_acronym(key: str) -> bool:
    return key.isalpha() and key.isupper() and key.isascii() and 1 < len(key) <= 6


def _without_links(text: str) -> str:
    return " ".join(word for word in tokens(_DOMAIN.sub("", text)) if word not in ("of", "for", "and", "the"))


def _is_title(key: str) -> bool:
    """Whether a text is a name of three capitalised words or more, as those are that go by their initials."""
    words = [word for word in key.split() if word not in SMALL_WORDS]
    return len(words) >= 3 and all(word[0].isupper() for word in words)


def _region(text: str) -> bool:
    return " ".join(word for word in tokens(text) if word != "the") in REGIONS


def _without_generic(typed: str, key: str) -> str:
    words = [word for word in plain(typed).split() if word not in ("the", "in")]
    kinds = _OF_COUNTRIES if _region(key) else _GENERIC
    if len(words) > 2 and words[0] in kinds and words[1] == "of" and tokens(key)[0] not in kinds:
        return " ".join(words[2:])
    return " ".join(words) if words else typed


def _expanded(text: str) -> str:
    words = [word for word in tokens(text) if word != "the"]
    whole = " ".join(words)
    return _ALIASES.get(whole) or " ".join(ABBREVIATIONS.get(word, word) for word in words)


def _without_legal_form(words: Sequence[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return kept


def _initials(words: Sequence[str]) -> set[str]:
    if len(words) < 2 or any(word[0].isdigit() for word in numbered(words)):  # with a number, see ``stands_for``
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in SMALL_WORDS)}
