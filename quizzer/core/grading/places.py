"""Places and organisations: what stands after the comma, what a short name is short for."""

from collections.abc import Sequence

from quizzer.core.grading.folding import plain, tokens
from quizzer.core.grading.lexicon import REGIONS, word_set
from quizzer.core.grading.wording import WRONG, Finding, Taken, better, compare, same
from quizzer.core.model import AnswerType, Verdict

_ALIASES = {
    "us": "united states",
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
    "washington d c": "washington dc",
}
_ABBREVIATIONS = {
    "st": "saint",
    "mt": "mount",
    "ft": "fort",
    "dept": "department",
    "univ": "university",
    "intl": "international",
    "natl": "national",
    "assn": "association",
    "us": "united states",
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
_LEGAL_FORMS = word_set("inc incorporated corp corporation co company ltd limited llc llp plc gmbh ag sa nv bv")
_SMALL_WORDS = word_set("of the and for in on to a an")


def _head(text: str) -> tuple[str, str]:
    """Split "El Paso, Texas" into the place and the region it is in, "" when it names none."""
    head, _, tail = plain(text).partition(",")
    region = " ".join(word for word in tokens(tail) if word != "the") if tail.strip() else ""
    return head, _CODES.get(region, region)


def compare_place(typed: str, key: str, *, taken: Taken, sort: AnswerType) -> Finding:
    """Return what ``typed`` is worth as a place (or a text that may be one): a region may be left out or added."""
    found = compare(typed, key, taken=taken)
    if found.verdict is Verdict.RIGHT or len(typed) > 200:
        return found
    mine, theirs = _head(_without_generic(typed, key)), _head(key)
    regional = (mine[1] in REGIONS or not mine[1]) and (theirs[1] in REGIONS or not theirs[1])
    if regional and (mine[1] or theirs[1] or plain(typed) != mine[0]):
        if mine[1] and theirs[1] and mine[1] != theirs[1]:
            return WRONG if same(mine[0], theirs[0]) else found
        if not (mine[1] and not theirs[1] and _region(theirs[0])):
            found = better(found, compare(mine[0], theirs[0], taken=taken)._replace(guessed=True))
    if sort is not AnswerType.TEXT:
        found = better(found, compare(_expanded(typed), _expanded(key), taken=taken))
    elif _is_title(key) and len(words := tokens(typed)) == 1 and words[0] in _initials(tokens(key)):
        return better(found, Finding(Verdict.RIGHT, guessed=True))
    elif found.note == "more than the key" and not _region(key):
        words, wanted = tokens(typed), tokens(key)
        if words[: len(wanted)] == wanted and " ".join(words[len(wanted) :]) in REGIONS:
            return Finding(Verdict.RIGHT, guessed=True)
    return found


def compare_organisation(typed: str, key: str, *, taken: Taken) -> Finding:
    """Return what ``typed`` is worth as an organisation: initials and legal forms are forgiven."""
    found = compare(typed, key, taken=taken)
    if found.verdict is Verdict.RIGHT or len(typed) > 200:
        return found
    mine, theirs = _without_legal_form(tokens(_expanded(typed))), _without_legal_form(tokens(_expanded(key)))
    found = better(found, compare(" ".join(mine), " ".join(theirs), taken=taken))
    words, wanted = tokens(typed), tokens(key)
    if len(words) == 1 and len(words[0]) > 1 and words[0] in _initials(wanted):
        return better(found, Finding(Verdict.RIGHT, guessed=True))
    if len(wanted) == 1 and 1 < len(wanted[0]) <= 6 and wanted[0] in _initials(words):
        return better(found, Finding(Verdict.NEAR, f"the key is {key}", guessed=True))
    return found


def _is_title(key: str) -> bool:
    """Whether a text is a name of three capitalised words or more, as those are that go by their initials."""
    words = [word for word in key.split() if word not in _SMALL_WORDS]
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
    return _ALIASES.get(whole) or " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def _without_legal_form(words: Sequence[str]) -> list[str]:
    kept = list(words)
    while len(kept) > 1 and kept[-1] in _LEGAL_FORMS:
        kept.pop()
    return kept


def _initials(words: Sequence[str]) -> set[str]:
    if len(words) < 2:
        return set()
    return {"".join(word[0] for word in words), "".join(word[0] for word in words if word not in _SMALL_WORDS)}
