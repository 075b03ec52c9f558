"""Forms of English verbs and nouns: the only module that imports ``lemminflect``.

Works offline from its dictionary; a word it does not know comes back as the rules of English make it.
"""

import functools


@functools.lru_cache(maxsize=4096)
def past(lemma: str, *, plural: bool = False) -> str:
    """Return the simple past of a verb: "led" of "lead"; of "be" "were" when ``plural``, else "was"."""
    if lemma == "be":
        return "were" if plural else "was"
    return _form(lemma, "VBD")


@functools.lru_cache(maxsize=4096)
def base(word: str, *, known: str = "") -> str:
    """Return the infinitive of a verb form: "lead" of "led"; ``known`` decides where two verbs share the form ("found")."""
    from lemminflect import getLemma

    found = getLemma(word.lower(), upos="VERB")
    if known in found or not found:
        return known or word.lower()
    return str(found[0])


def _form(lemma: str, tag: str) -> str:
    from lemminflect import getInflection

    found = getInflection(lemma, tag=tag)
    return str(found[0]) if found else lemma
