"""What people say around an answer: "I think it was …", "… maybe". It adds nothing to the answer and takes nothing from it."""

import re
import unicodedata

LONGEST = 300  # characters; in a longer text nothing is told apart

_BEFORE = re.compile(
    r"""^[\s"“'(]*(?:
      (?:i(?:'|’)?m\s+(?:(?:pretty|fairly|quite|not\s+entirely)\s+)?sure|i\s+am\s+sure|i\s+(?:think|believe|guess|suppose|say|know|recall|remember)
        |i(?:'|’)d\s+(?:say|guess)|my\s+(?:guess|answer)\s+is|if\s+i\s+remember\s+(?:rightly|right|correctly)|iirc)(?:\s+that(?=\s))?
      |(?:just|only|both|simply|because)(?=\s)|maybe|perhaps|probably|possibly|presumably|apparently|likely|(?:um+|uh+|er+m?|hm+|well|ok|okay|oh)(?=[\s,.…])
      |(?:it|that|this|he|she)\s+(?:is|was|would\s+be|must\s+be|must\s+have\s+been|has\s+to\s+be|could\s+be|might\s+be)
      |(?:it|that|this|he|she)(?:'|’)s|(?:they|those|these)\s+(?:are|were)
      |(?:the\s+)?(?:correct\s+|right\s+)?answer(?:\s+is|\s+was|\s*:)|a(?:ns)?\s*:
    )[\s,:;.…]+(?=\S)""",
    re.IGNORECASE | re.VERBOSE,
)
_AFTER = re.compile(
    r"""[\s,;.…(\-–—]+(?:i\s+(?:think|believe|guess|suppose)|maybe|perhaps|probably|possibly|or\s+something(?:\s+like\s+that)?|idk|not\s+sure)
      [\s.?!)"”]*$""",
    re.IGNORECASE | re.VERBOSE,
)


_NOTHING = re.compile(
    r"\W*(?:(?:i\s+)?(?:don(?:'|’)?t|do\s+not)\s+(?:know|remember)|idk|dunno|no\s+(?:idea|clue)|(?:i\s+)?forgot|pass|skip|not\s+sure|\?+)\W*",
    re.IGNORECASE,
)


def gives_up(response: str) -> bool:
    """Whether ``response`` says no more than that the answer is not known."""
    return len(response) <= LONGEST and _NOTHING.fullmatch(response) is not None


def _without_pictures(text: str) -> str:
    """Return ``text`` without the emoji around it; as it is where there is nothing else."""
    start, end = 0, len(text)
    while start < end and _is_picture(text[start]):
        start += 1
    while end > start and _is_picture(text[end - 1]):
        end -= 1
    return text[start:end] or text


def _is_picture(char: str) -> bool:
    return char.isspace() or char in "\u200d\ufe0f" or (char > "\u203b" and unicodedata.category(char) in ("So", "Sk"))


def bare(response: str, key: str = "") -> str:
    """Return ``response`` without what hedges or introduces it, or emoji that ``key`` has not; as it is where nothing is left."""
    if len(response) > LONGEST:
        return response
    text = response if response.isascii() or any(map(_is_picture, key.replace(" ", ""))) else _without_pictures(response)
    for _ in range(4):
        shorter = _AFTER.sub("", _BEFORE.sub("", text, count=1), count=1)
        if shorter == text or not shorter.strip(" .,?!\"'"):
            break
        text = shorter
    return text
