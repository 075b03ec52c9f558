"""Word classes and forms of tokens, as spaCy's attribute ruler gives them, remembered for tokens of the same kind.

The ruler tries each of its patterns on each token: an eighth of the time of a parse. But what it says of a token hangs on its tag,
its relation, whether it is space and, of some words, on the word alone: said once, it is said for all.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc

_SEEN: list[int | str] = ["LOWER", "TAG", "DEP", "IS_SPACE"]  # what a pattern may look at
_TOLD: list[int | str] = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]  # what the ruler sets


class Remembered:
    """A pipeline component that gives every document what ``ruler`` would give it.

    Raises:
        ValueError: a pattern of the ruler looks at more than a token's word, tag, relation and space.
    """

    def __init__(self, ruler: "Callable[[Doc], Doc]", patterns: Iterable[Mapping[str, Any]], strings: "StringStore") -> None:
        self._ruler = ruler
        self._strings = strings
        self._memory: dict[tuple[int, ...], list[int]] = {}
        self._relations: set[int] = set()  # of tokens that open a pattern of several
        single: list[str] = []  # what words of patterns of one token are like
        joined: list[str] = []  # what the first words of longer ones are: "gon na"
        for pattern in patterns:
            if not set(pattern["attrs"]) <= set(_TOLD):
                raise ValueError(pattern["attrs"])
            for first, *others in pattern["patterns"]:
                if not set(first) <= set(_SEEN):
                    raise ValueError(first)
                if others and "LOWER" not in first:
                    self._relations.add(strings.add(_relation(first)))
                else:
                    (joined if others else single).extend(_words(first))
        self._single, self._joined = re.compile("|".join(single) or "$."), re.compile("|".join(joined) or "$.")
        self._own: dict[int, tuple[int, bool]] = {}  # by word: its part of a key, whether it opens a longer pattern

    def __call__(self, doc: "Doc") -> "Doc":
        """Return the document with the word class, form and, of some, the lemma of its tokens."""
        if not len(doc):
            return doc
        seen = doc.to_array(_SEEN).tolist()
        own = [self._own.get(word) or self._meet(word) for word, *_ in seen]
        keys = [(word, *kind) for (word, _), (_, *kind) in zip(own, seen, strict=True)]
        told = [self._memory.get(key) for key in keys]
        joined = any(opens for _, opens in own) or any(relation in self._relations for _, _, relation, _ in seen)
        if joined or None in told:
            doc = self._ruler(doc)
            if not joined:
                self._memory.update(zip(keys, doc.to_array(_TOLD).tolist(), strict=True))
            return doc
        import numpy as np

        return doc.from_array(_TOLD, np.array(told, dtype="uint64"))  # type: ignore[arg-type]

    def _meet(self, word: int) -> tuple[int, bool]:
        text = self._strings[word]
        self._own[word] = found = (word if self._single.search(text) else 0, bool(self._joined.search(text)))
        return found


def _relation(token: Mapping[str, Any]) -> str:
    """Return the relation that a pattern of one token asks for."""
    asked = token.get("DEP")
    if not isinstance(asked, str):
        raise ValueError(token)
    return asked


def _words(token: Mapping[str, Any]) -> list[str]:
    """Return regular expressions of the words a pattern of one token asks for."""
    asked = token.get("LOWER", [])
    if isinstance(asked, str):
        return [f"^{re.escape(asked)}$"]
    if isinstance(asked, Mapping):
        if not set(asked) <= {"IN", "REGEX"}:
            raise ValueError(token)
        return [f"^{re.escape(word)}$" for word in asked.get("IN", [])] + ([asked["REGEX"]] if "REGEX" in asked else [])
    return []
