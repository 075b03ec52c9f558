"""What a text says of itself: title, publisher, date and address, in a header, a dateline, a heading or a file's name.

Pure functions of text. Dates are given as ISO text, YYYY-MM-DD, and only where they are real days of the calendar.
"""

import datetime as dt
import itertools
import re

from quizzer.news.words import MONTH_OF

LONGEST_HEADLINE = 20  # words
LONGEST_STOPPED = 16  # words of a heading with a full stop behind it
LOOKED_AT = 12  # lines behind the header in which a dateline or a line with the date may stand

# A line with a blank line behind it, or with a second heading between the two where it ends on a semicolon.
_FIRST_LINE = re.compile(r"\s*(?P<line>\S[^\r\n]*?;?)[ \t]*(?:(?<=;)[ \t]*(?:\r\n|\r|\n)[^\r\n]+)?(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*\S")
_STOPPED = re.compile(r"(?<![.A-Z])\.[\"'”’)]?$")
_SENTENCE = re.compile(  # what a story's first sentence has and a heading has not
    r"\b(?:said|told|yesterday|today|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b|[a-z][.!?] [A-Z]"
    r"|^(?:He|She|It|They|I|We|The|A|An)\b.*\b(?:the|a|an|is|are|was|were|has|have|had|will)\b"
    r"|\b(?:was|were|had|has|have)\b.*\b(?:the|a|an)\b|\b(?:the|a|an)\b.*\b(?:was|were|had|has|have)\b"
)
_BYLINE = re.compile(r"(?:by|photo|source|https?:|www\.|©|\() ?\S|[\W\d_]+$", re.IGNORECASE)
_ISO_HEADER = re.compile(r"\s*(?:date|published|updated)\s*:?\s*(\d{4}-\d{2}-\d{2})(?:T[\d:.+Z-]*)?(?=\s|$)", re.IGNORECASE)
_FIELD = re.compile(r"\s*(title|headline|date|published|publisher|source|url|link|author|by)\s*:\s*(\S.*)", re.IGNORECASE)
_MONTH_DAY = r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}\.?),? \d{4}"
_DATE_LINE = re.compile(rf"(?:[A-Z][a-z]+day,? )?{_MONTH_DAY}")
_DATED_LINE = re.compile(
    r"(?:by [^|·•\d]{3,60}[|·•] ?)?(?:(?:first )?(?:published|posted|last updated|updated)(?: on| at)?:? )?(?:[A-Z][a-z]+day,? )?"
    rf"({_MONTH_DAY}|\d{{4}}-\d{{2}}-\d{{2}})(?:[, |·–—-]*(?:at )?\d{{1,2}}[:.]\d{{2}}.{{0,20}})?\s*$",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(r"(?:[A-Za-z]+day,? )?([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(?:[A-Za-z]+day,? )?(\d{1,2})\.? ([A-Za-z]{3,9})\.?,? (\d{4})(?!\d)")
_IN_NAME = re.compile(r"(?<![^\W_])(\d{4})-(\d{2})-(\d{2})(?![^\W_])|(?<![^\W_])(\d{4})(\d{2})(\d{2})(?![^\W_])")
_WIRES = "AP|AFP|ANI|CNN|IANS|PTI|UPI|Reuters"  # those that end a dateline with their name, without a dash
_DATELINE = re.compile(
    r"(?:(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){0,3}(?:, (?:[A-Z][a-z]+\.?|[A-Z]\.[A-Z]\.)(?: [A-Z][a-z]+)?)?)"
    r"(?:,? (?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})(?:,? (?P<year>\d{4}))?)?"
    r"(?: ?\((?P<publisher>[A-Z][\w .&'’-]{1,40})\))?(?: ?(?:—|–|--) ?| ?- | _ )"
    rf"|(?:[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}(?:, [A-Z][a-z]+\.?)? )?\((?P<wire>{_WIRES})\) ?(?:—|–|--|-|_)? ?(?=[A-Z“\"‘'\[]))"
)
# Behind a caption or byline only an unmistakable one counts: capitals, then the agency in brackets or a spaced long dash.
_LATER_DATELINE = re.compile(
    r"(?:(?<=[.!?)\]”\"] )|(?<=[a-zà-þ] ))(?=[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{2,}(?: [A-ZÀ-Þ]{2,})*"
    r"(?:, [A-Z][a-z]+\.?)?(?:,? [A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?(?: \([A-Z][\w .&'’-]{1,30}\) ?(?:—|–|--|-|_)| (?:—|–|--)) )"
)


def dateline(line: str) -> re.Match[str] | None:
    """Return the dateline that opens ``line`` ("SANTIAGO, Chile, Oct. 13 (Agency) -- "), or None."""
    return _DATELINE.match(line)


def glued_dateline(line: str) -> int:
    """Return where a dateline begins that stands behind a caption or byline in the same line, or 0."""
    for match in _LATER_DATELINE.finditer(line[:600]):
        if dateline(line[match.start() :]):
            return match.start()
    return 0


def header_end(text: str) -> int:
    """Return where the article proper begins: behind a header of fields ("Title: …") or a leading "date 2021-01-14"."""
    end = 0
    while match := _FIELD.match(text, end):
        if "\n\n" in text[end : match.start(1)].replace("\r", "") and end:
            break
        line_end = text.find("\n", match.start(2))
        end = len(text) if line_end < 0 else line_end + 1
    if not end and (match := _ISO_HEADER.match(text)):
        end = match.end()
    return end


def headline(text: str) -> str:
    """Return the heading that opens ``text``: a short line, parted by a blank line from what follows.

    A heading has no full stop, or, in some archives, one behind it that is left out here; then it must not read like the first
    sentence of a story. What stands behind a semicolon is a second heading and left out too.
    """
    match = _FIRST_LINE.match(text)
    line = " ".join(match["line"].split()).rstrip(";").rstrip() if match else ""
    told = len(line.split()) <= LONGEST_STOPPED and not _SENTENCE.search(line)
    if _STOPPED.search(line) and not dateline(line) and (told or _is_capitalised(line)):
        line = line[:-1] if line.endswith(".") else f"{line[:-2]}{line[-1]}"
    ends = re.sub(r"[\"'”’)\]]+$", "", line)[-1:]
    if not line or ends in ".,;:…-–—" or len(line.split()) > LONGEST_HEADLINE or _BYLINE.match(line) or _DATED_LINE.match(line):
        return ""
    place = dateline(line)
    return "" if place and place.end() == len(line) else line


def _is_capitalised(line: str) -> bool:
    """Whether the words of a line are written as those of a title: "Guns Are a Crisis, Mayor Tells Convention"."""
    words = [word for word in re.findall(r"[^\W\d_][\w’']*", line) if len(word) > 3]
    return len(words) > 2 and not re.search(r"[a-z][.!?] [A-Z]", line) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def is_date_line(line: str) -> bool:
    """Whether a line says when the article was published, and nothing else."""
    return bool(_DATED_LINE.match(line))


def fields(header: str) -> dict[str, str]:
    """Return the fields of a header, the text before ``header_end``, by their names in lower case."""
    known: dict[str, str] = {}
    for line in header.splitlines():
        if match := _FIELD.match(line):
            known.setdefault(match[1].lower(), match[2].strip())
        elif match := _ISO_HEADER.match(line):
            known.setdefault("date", match[1])
    return known


def dated(body: str) -> tuple[str, str]:
    """Return the publisher and the date that a dateline, or a line with nothing but the date, gives; empty where none does."""
    publisher = date = line_date = ""
    lines = [line.strip() for line in body[:20_000].splitlines()[: LOOKED_AT + 1]]
    for line, following in itertools.zip_longest(lines[:LOOKED_AT], lines[1:], fillvalue=""):
        if not line_date and (match := _DATED_LINE.match(line)):
            line_date = iso(match[1])
        if line.rfind("(") > line.rfind(")"):
            line = f"{line} {following}"  # the agency's name goes over two lines
        at = 0 if dateline(line) else glued_dateline(line)
        if match := dateline(line[at:]):
            publisher = match["publisher"] or match["wire"] or ""
            if match["year"] and match["month"].lower() in MONTH_OF:
                date = iso(f"{match['month']} {match['day']}, {match['year']}")
            break
    return publisher, date or line_date


def iso(date: str) -> str:
    """Return a date as YYYY-MM-DD: of ISO, "Jan. 14, 2021" or "14 January 2021" and what follows it; of others nothing."""
    date = " ".join(date.split())
    if match := re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", date):
        return _real(match[1], match[2], match[3])
    if (match := _MONTH_FIRST.match(date)) and (month := MONTH_OF.get(match[1].lower())):
        return _real(match[3], month, match[2])
    if (match := _DAY_FIRST.match(date)) and (month := MONTH_OF.get(match[2].lower())):
        return _real(match[3], month, match[1])
    return ""


def date_in_name(name: str) -> str:
    """Return the day in an article file's own name, as blogs and archives write it, or an empty string.

    "2016-05-03-title.txt" and "wire_2015-11-17_title.txt" have one, and so has "20160503-title.txt" where the eight digits
    stand alone and are a day since 1800. Two different days in one name are none.
    """
    stem = re.sub(r"\.\w{1,8}$", "", name.replace("\\", "/").rsplit("/", 1)[-1])
    days = {_real(*(part for part in match.groups() if part)) for match in _IN_NAME.finditer(stem)} - {""}
    day = days.pop() if len(days) == 1 else ""
    return day if "1800" <= day[:4] < "2200" else ""


def _real(year: str | int, month: str | int, day: str | int) -> str:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
