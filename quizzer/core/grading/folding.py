"""What spelling forgives: texts that differ only in case, accents, marks, spaces or typography fold to one form.

Folding never touches what carries meaning: digits, signs, decimal points and symbols stay. It takes time linear in the
length of the text and gives the same form when applied to its own result.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable

CACHE = 4096  # texts whose folding is remembered: keys come back with every answer

# Letters that Unicode does not take apart into a base and a mark.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "ة": "ه",
        "ى": "ي",
        "ک": "ك",
        "ی": "ي",
        "þ": "th",
        "ŧ": "t",
        "ʼ": "'",
        "ʻ": "'",
        "ʹ": "'",
    }
)
_LETTERS |= str.maketrans(dict(zip("ةىکی", "هيكي", strict=True)))  # Arabic and Persian keyboards write these for each other
# How German, Danish, Norwegian and Swedish spell these where the letter is not at hand.
_DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_SUPERSCRIPT = re.compile(r"(?<=\d)([⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_VULGAR = re.compile(r"[¼½¾⅐-⅞↉]")
_QUOTES = str.maketrans("‘’‚‛′´`", "'" * 7)


_MARKS = {"§": " section ", "、": ",", "،": ",", "؛": ";", "٪": "%", "‰": " ‰ ", "«": '"', "»": '"', "“": '"', "”": '"', "„": '"'}


def _vulgar(match: re.Match[str]) -> str:
    return " " + unicodedata.normalize("NFKC", match[0]).replace("\u2044", "/") + " "


def _drops_mark(base: str, mark: str) -> bool:
    """Whether ``mark`` on ``base`` is an accent; in most scripts of Asia a mark is a vowel or makes another letter."""
    if base < "\u0400" or "\u1e00" <= base < "\u2000":  # Latin and Greek
        return True
    if base == "е" and mark == "\u0308":  # Russian ё is mostly written е
        return True
    if base in "аеиоуыэюяі" and mark in "\u0300\u0301":  # the stress, as dictionaries mark it
        return True
    return "\u0591" <= mark <= "\u05c7" or "\u064b" <= mark <= "\u065f" or mark == "\u0670"  # Hebrew and Arabic points


def _unmark(text: str) -> str:
    out: list[str] = []
    base = "\uffff"
    for char in unicodedata.normalize("NFKD", text):
        category = unicodedata.category(char)
        if category == "Mn":
            if not _drops_mark(base, char) and not "\ufe00" <= char <= "\ufe0f":  # not a variation selector
                out.append(char)
            continue
        if category == "Cf" or char == "\u0640":  # soft hyphen, zero-width, direction; the Arabic stretching bar
            continue
        if category == "Nd" and char > "9":
            char = str(unicodedata.decimal(char))
        elif category == "Pd" or char == "\u2212":
            char = "-"
        elif category in ("Cc", "Zs", "Zl", "Zp"):
            char = " " if char.isspace() else ""
        elif char > "\x7f" and category[0] == "P":
            char = _MARKS.get(char, " ")
        elif char > "\x7f" and category[0] == "S":
            char = f" {char} " if category != "Sk" or char > "\uffff" else ""  # skin tones are Sk
        base = char or base
        out.append(char)
    return unicodedata.normalize("NFC", "".join(out)).translate(_LETTERS)


def _spaced(text: str) -> str:
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(char for char in line if unicodedata.category(char) != "Cc")


@functools.lru_cache(CACHE)
def plain(text: str, *, digraphs: bool = False) -> str:
    """Return ``text`` in lower case, without accents or invisible characters, with ASCII digits, dashes and quotes.

    Punctuation stays; white space is single. ``digraphs`` spells ü as ue (and its kin) instead of u.
    """
    if text.isascii():
        return _spaced(text.lower().replace("`", "'"))
    text = _VULGAR.sub(_vulgar, _INVISIBLE.sub("", text)).translate(_QUOTES)
    text = _SUPERSCRIPT.sub(lambda match: "^" + match[1].translate(_SUPERSCRIPTS), text)
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    if digraphs:
        text = text.translate(_DIGRAPHS)
    return _spaced(_unmark(text))


_GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NUMBER_SIGN = re.compile(r"\bnos?\.\s*(?=\d)|(?<!\w)#(?![^\W\d])")
_APOSTROPHE = re.compile(r"(?<!\d)'|'(?!\d)")
_CLOCK = re.compile(r"(?<![\d:.])0?([1-9]|1[0-2])(?:[:.](\d\d))?\s?([ap])\.?\s?m\b\.?")
_ZERO_HOUR = re.compile(r"(?<!\d)0(?=\d:\d\d(?!\d))")
_VERB = re.compile(r"\b(it|that|he|she|who|what|there|here|where|how|we|you|they|i|let)'(s|re|ve|ll|m)\b")
_VERBS = {"s": "is", "re": "are", "ve": "have", "ll": "will", "m": "am"}
_AUXILIARIES = ("do", "does", "did", "is", "are", "was", "were", "could", "would", "should", "has", "have", "had", "must", "need")
_NEGATED = {f"{verb}nt": (verb, "not") for verb in _AUXILIARIES} | {
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "wont": ("will", "not"),
}
_WITHOUT = re.compile(r"\bw/o\b")
_DOTS = re.compile(r"\.\.+")
_POINT = re.compile(r"(?<!\w)\.(?=\d)")
_DOT = re.compile(r"(?<!\d)\.(?=\w)")  # u.s. is us
_FULL_STOP = re.compile(r"\.(?!\d)")
_SIGN = re.compile(r"(?<![\w)])[+-](?=\$?\d)")
_POWER = re.compile(r"(?<=[^\W\d])\^(?=\d)")
_HASHTAG = re.compile(r"(?<!\w)#(?=[^\W\d])")
_LOOSE = re.compile(r"(?<!\w)\++|(?<!\d)\^|\^(?![\d-])")
_SYMBOL = re.compile(r"[$%=<>~|@]")
_SPACE = re.compile(r"""[!"()*,/:;?\[\\\]_{}'`-]""")


def _lone(match: re.Match[str]) -> str:
    return f" {match[0]} "


def _clock(match: re.Match[str]) -> str:
    return f"{int(match[1]) % 12 + (12 if match[3] == 'p' else 0)} {match[2] or '00'} "


def _tokens(text: str) -> list[str]:
    if "m" in text:
        text = _CLOCK.sub(_clock, text)
    if text.isascii() and text.replace(" ", "").isalnum():  # words and whole numbers
        return text.split()
    if "w/o" in text:
        text = _WITHOUT.sub("without", text)
    if "'" in text:
        text = _VERB.sub(lambda match: f"{match[1]} {_VERBS[match[2]]}", text)
    text = _ZERO_HOUR.sub("", _NUMBER_SIGN.sub(" number ", _HASHTAG.sub("", text)))
    text = _GROUPING.sub("", text)
    text = _APOSTROPHE.sub("", text)
    text = _POINT.sub("0.", _DOTS.sub(" ", text))
    text = _FULL_STOP.sub(" ", _DOT.sub("", text))
    text = _SIGN.sub(lambda match: "−" if match[0] == "-" else "", text)
    text = _POWER.sub("", text)
    text = _LOOSE.sub(_lone, text).replace("^-", "^−").replace("&", " and ")
    return _SPACE.sub(" ", _SYMBOL.sub(_lone, text)).split()


@functools.lru_cache(CACHE)
def tokens(text: str, *, digraphs: bool = False) -> tuple[str, ...]:
    """Return the words, numbers and symbols of ``text``, folded; empty only when it holds nothing visible."""
    found = _tokens(plain(text, digraphs=digraphs))
    if not found:  # punctuation only: then the punctuation is what counts
        bare = unicodedata.normalize("NFKC", text).casefold()
        found = ["".join(char for char in bare if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))]
    return tuple(_plainly_negated(token for token in found if token))


def _plainly_negated(words: Iterable[str]) -> list[str]:
    """Write don't, cannot and no one as do not, can not and nobody."""
    out: list[str] = []
    for word in words:
        if word in _NEGATED:
            out += _NEGATED[word]
        elif word == "noone":
            out.append("nobody")
        elif word == "one" and out and out[-1] == "no":
            out[-1] = "nobody"
        else:
            out.append(word)
    return out


_QUOTED = re.compile(r"(?:“([^“”]+)”|\"([^\"]+)\"|«([^«»]+)»|„([^„“”]+)[“”]|‘([^‘’]+)’|'([^']+)')[.,;]?")


def unwrapped(text: str) -> str:
    """Return ``text`` single-spaced, without invisible characters and without the quotation marks that enclose all of it."""
    line = " ".join("".join(char for char in text if char.isascii() or unicodedata.category(char) != "Cf").split())
    quoted = _QUOTED.fullmatch(line)
    return (quoted[quoted.lastindex or 0].strip() or line) if quoted else line


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` can be seen."""
    return not tokens(text)
