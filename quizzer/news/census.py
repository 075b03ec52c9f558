"""What a word may be by itself: a first name and whose, a surname, a word of English, a form of a verb.

First names and surnames are those of the census, from the package ``names``; the words those of ``lemminflect``'s dictionary.
"""

import functools
from collections import defaultdict
from pathlib import Path


@functools.cache
def first_names() -> dict[str, str]:
    """Return the common first names, lower case, each with its gender ("f", "m", or "" when it is both)."""
    import names

    share: dict[str, dict[str, float]] = defaultdict(dict)
    for gender, file in (("m", "first:male"), ("f", "first:female")):
        for line in Path(names.FILES[file]).read_text(encoding="ascii").splitlines():
            name, percent, *_ = line.split()
            share[name.lower()][gender] = float(percent)
    return {name: _gender(shares.get("f", 0.0), shares.get("m", 0.0)) for name, shares in share.items()}


def _gender(female: float, male: float) -> str:
    if female > 8 * male:
        return "f"
    return "m" if male > 8 * female else ""


@functools.cache
def surnames() -> frozenset[str]:
    """Return the surnames of the census, lower case."""
    import names

    return frozenset(line.split()[0].lower() for line in Path(names.FILES["last"]).read_text(encoding="ascii").splitlines())


@functools.lru_cache(maxsize=10_000)
def is_plain_word(word: str) -> bool:
    """Whether a word stands in a dictionary of English, be it a name too."""
    import lemminflect

    return bool(lemminflect.getAllLemmas(word.lower()))


def is_verb(word: str) -> bool:
    """Whether a word is a verb's form and no surname: the "seems" of a headline."""
    import lemminflect

    return word.endswith("s") and word not in surnames() and any(lemma != word for lemma in lemminflect.getAllLemmas(word).get("VERB", ()))
