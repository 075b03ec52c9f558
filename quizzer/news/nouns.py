"""What a question calls a thing by its name: "university", "state", "court".

By the words of the name itself, and lists of states and countries; a name that tells nothing has no noun of its own.
"""

import re

from quizzer.news.words import COUNTRIES, STATES, word_set, words

_NOUNS = {
    noun: word_set(forms)
    for noun, forms in {
        "university": "university", "college": "college", "school": "school", "court": "court", "party": "party", "bank": "bank",
        "department": "department", "ministry": "ministry", "agency": "agency bureau", "commission": "commission",
        "committee": "committee", "council": "council", "administration": "administration", "campaign": "campaign",
        "newspaper": "times herald tribune post", "magazine": "magazine", "airline": "airlines airways",
        "company": "inc corp co company capital partners holdings motors", "institute": "institute", "foundation": "foundation",
        "law": "act", "association": "association", "society": "society", "church": "church", "museum": "museum",
        "hospital": "hospital", "library": "library", "league": "league", "island": "island", "river": "river", "lake": "lake",
        "county": "county", "news organisation": "news", "legislature": "legislature", "fund": "fund",
        "event": "exposition conference summit festival convention awards debate championship games olympics fair expo tournament",
    }.items()
}  # fmt: skip
_BY_WORD = {word: noun for noun, forms in _NOUNS.items() for word in forms}
_COUNTRY = frozenset(COUNTRIES) | frozenset(
    words(
        "United States,U.S.,US,America,Britain,United Kingdom,U.K.,UK,England,Scotland,Soviet Union,North Korea,New Zealand,"
        "Afghanistan,Iceland,Hungary,Lebanon,Czech Republic,Taiwan,Kuwait,Qatar,Romania,Bulgaria,Serbia,Croatia,Cyprus",
        by=",",
    )
)


def noun_for(name: str) -> str:
    """Return what a question calls an organisation, law or place of that name, or "" when the name does not tell."""
    plain = re.sub(r"^(?:the|The) ", "", name)
    if plain in _COUNTRY:
        return "country"
    if plain in STATES and plain not in ("New York", "Washington"):  # which are cities too
        return "state"
    for word in reversed(re.findall(r"[A-Za-z]+", plain.split(" of ")[0])):
        if noun := _BY_WORD.get(word.lower()):
            return noun
    return ""
