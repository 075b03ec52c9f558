"""Which forms of a name are one person's, and which are a name with a word too many."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from quizzer.news.census import first_names, surnames
from quizzer.news.naming import CROWNED, PARTICLES, SUFFIXES


def join_forms(groups: dict[tuple[str, str], Counter[tuple[str, ...]]]) -> dict[tuple[str, str], str]:
    """Join to a full name what is only its end ("Wasserman Schultz", "Van Dyke") or beginning ("Prince Alwaleed"); return such ends."""
    by_last: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in groups:
        by_last[key[1]].append(key)
    doubles: dict[tuple[str, str], str] = {}
    for key in sorted(groups):
        forms = groups[key]
        part = next(iter(forms))
        low = tuple(word.lower() for word in part)
        if key[0] in CROWNED:
            held = [
                one for one in groups if one[0] == key[1] and any(len(form) > 2 and form[1].lower() in PARTICLES for form in groups[one])
            ]
        elif (key[0] in first_names() and key[0] not in PARTICLES) or len(forms) > 1:
            continue
        else:
            held = [
                one for one in by_last[key[1]] if one in groups and any(len(form) > len(low) and _ends(form, low) for form in groups[one])
            ]
        if len(held) == 1 and held[0] != key:
            for form, count in forms.items():
                groups[held[0]][form] += count
            del groups[key]
            if key[0] not in CROWNED:
                doubles[held[0]] = " ".join(part)
    return doubles


def part_pairs(groups: dict[tuple[str, str], Counter[tuple[str, ...]]]) -> None:
    """Take out what was read once as a name and is two people's surnames: "Carter Fanning", the firm of Davis and Manafort."""
    lasts = Counter(last for _, last in groups)
    for key in [key for key, forms in groups.items() if forms.total() < 2 and key[0] in lasts and lasts[key[1]] > 1]:
        del groups[key]


def _ends(form: tuple[str, ...], low: tuple[str, ...]) -> bool:
    return tuple(word.lower() for word in form[-len(low) :]) == low


def holds_more(name: tuple[str, ...], votes: Mapping[tuple[str, ...], Counter[str]]) -> bool:
    """Whether a name is a shorter one with a word too many: with a place's ("Victoria Sandy Hook"), or no surname behind it."""
    if len(name) < 3 or name[-1] in SUFFIXES:
        return False
    for part in (name[1:], name[:-1]):
        counts = votes.get(part, Counter())
        if counts.total() > 1 and counts.total() > 2 * counts["PERSON"]:
            return True
    shorter = votes.get(name[:-1], Counter())
    return name[-1].lower() not in surnames() and shorter["PERSON"] > votes[name]["PERSON"] and name[0].lower() in first_names()
