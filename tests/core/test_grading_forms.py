"""The many forms of one number, date, range or name are one; and what grading costs."""

import itertools
import subprocess
import sys
import time
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizzer.core.grading import KnownAnswers, grade, infer_type, members
from quizzer.core.grading.lexicon import ANSWERS_THEMSELVES, MONTHS
from quizzer.core.model import Answer, AnswerType, Part, Verdict

SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
LARGE = "twenty thirty forty fifty sixty seventy eighty ninety"
ONES, TENS = SMALL.split(), ["", "", *LARGE.split()]


def in_words(number: int) -> str:
    """Return an English numeral, as written in Britain: two hundred and forty-two."""
    for name, size in (("billion", 10**9), ("million", 10**6), ("thousand", 1000)):
        if number >= size:
            rest = number % size
            link = " and " if 0 < rest < 100 else " " if rest else ""
            return f"{in_words(number // size)} {name}{link}{in_words(rest) if rest else ''}"
    if number >= 100:
        rest = number % 100
        return f"{ONES[number // 100]} hundred{f' and {in_words(rest)}' if rest else ''}"
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


def number_forms(number: int) -> list[str]:
    words = in_words(number)
    grouped = f"{number:,}"
    return [
        str(number),
        grouped,
        grouped.replace(",", " "),
        grouped.replace(",", "\u202f"),
        grouped.replace(",", "'"),
        words,
        words.replace(" and ", " "),
        words.title(),
        words.replace(" ", "-"),
        f"about {number}",
        f"{number}.0",
        *([f"{number / 10**6} million"] if number % 10**4 == 0 and number >= 10**6 else []),
    ]


def date_forms(day: date) -> list[str]:
    month = MONTHS[day.month - 1].title()
    suffix = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    return [
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        day.isoformat(),
        f"{day.day}.{day.month}.{day.year}",
        f"{month[:3]}. {day.day}, {day.year}",
        f"{day.day}{suffix} {month} {day.year}",
        f"the {day.day}{suffix} of {month}, {day.year}",
        f"{day:%A}, {month} {day.day}, {day.year}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        *([f"{day.month}/{day.day}/{day.year}", f"{day.day}/{day.month}/{day.year}"] if day.day > 12 or day.day == day.month else []),
    ]


def verdict(response: str, key: str, sort: AnswerType) -> Verdict:
    return grade(response, Answer((Part(key, (), sort),))).verdict


@given(st.one_of(st.integers(0, 2000), st.integers(0, 10**12 - 1), st.integers(1, 10**5).map(lambda number: number * 10**4)), st.data())
def test_all_forms_of_a_number_are_one(number: int, data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(number_forms(number))), data.draw(st.sampled_from(number_forms(number)))
    assert verdict(one, other, AnswerType.NUMBER) is Verdict.RIGHT
    assert verdict(other, one, AnswerType.NUMBER) is Verdict.RIGHT


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.data())
def test_no_form_of_one_number_is_a_form_of_another(first: int, second: int, data: st.DataObject) -> None:
    assume(first != second)
    one, other = data.draw(st.sampled_from(number_forms(first))), data.draw(st.sampled_from(number_forms(second)))
    assert verdict(one, other, AnswerType.NUMBER) is Verdict.WRONG


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.data())
def test_all_forms_of_a_date_are_one(day: date, data: st.DataObject) -> None:
    one, other = data.draw(st.sampled_from(date_forms(day))), data.draw(st.sampled_from(date_forms(day)))
    assert verdict(one, other, AnswerType.DATE) is Verdict.RIGHT


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.integers(1, 800), st.data())
def test_no_form_of_one_date_is_a_form_of_another(day: date, days: int, data: st.DataObject) -> None:
    assume(day.toordinal() + days <= date.max.toordinal() - 800)
    other = day + timedelta(days=days)
    assert (
        verdict(data.draw(st.sampled_from(date_forms(day))), data.draw(st.sampled_from(date_forms(other))), AnswerType.DATE)
        is Verdict.WRONG
    )


@given(st.dates(date(1500, 1, 1), date(2099, 12, 31)))
def test_a_year_alone_is_near_and_another_year_wrong(day: date) -> None:
    key = date_forms(day)[0]
    assert verdict(str(day.year), key, AnswerType.DATE) is Verdict.NEAR
    assert verdict(str(day.year + 1), key, AnswerType.DATE) is Verdict.WRONG


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from(["days", "miles", "%", "children", ""]), st.data())
def test_all_forms_of_a_range_are_one(low: int, more: int, unit: str, data: st.DataObject) -> None:
    high = low + more
    forms = [
        f"{low}-{high} {unit}",
        f"{low}–{high} {unit}",
        f"{low} to {high} {unit}",
        f"between {low} and {high} {unit}",
        f"from {low} {unit} to {high} {unit}",
        f"{in_words(low)} to {in_words(high)} {unit}",
    ]
    one, other = data.draw(st.sampled_from(forms)), data.draw(st.sampled_from(forms))
    assert verdict(one, other, AnswerType.RANGE) is Verdict.RIGHT
    assert verdict(one, f"{low} to {high + 1} {unit}", AnswerType.RANGE) is Verdict.WRONG


@given(
    st.integers(1, 2000), st.sampled_from([("week", "days", 7), ("hour", "minutes", 60), ("minute", "seconds", 60), ("year", "months", 12)])
)
def test_a_duration_is_the_same_in_another_unit(count: int, units: tuple[str, str, int]) -> None:
    large, small, size = units
    assert verdict(f"{count * size} {small}", f"{count} {large}s", AnswerType.DURATION) is Verdict.RIGHT
    assert verdict(f"{count * size + 1} {small}", f"{count} {large}s", AnswerType.DURATION) is Verdict.WRONG


def test_no_country_month_or_weekday_passes_for_another() -> None:
    for one, other in itertools.permutations(sorted(ANSWERS_THEMSELVES), 2):
        if one[0] == other[0] and {one, other} != {"turkey", "turkiye"}:
            assert verdict(one, other, AnswerType.TEXT) is Verdict.WRONG, (one, other)


@given(
    st.sampled_from(["Jeff Sessions", "Vincent van Gogh", "Martin Luther King Jr.", "Gabriel García Márquez", "Alexandria Ocasio-Cortez"]),
    st.data(),
)
def test_titles_and_reversal_change_no_name(name: str, data: st.DataObject) -> None:
    title = data.draw(st.sampled_from(["Mr ", "Ms. ", "Dr. ", "President ", "Attorney General ", "Sen. ", ""]))
    assert verdict(title + name, name, AnswerType.PERSON) is Verdict.RIGHT
    assert verdict(name, title + name, AnswerType.PERSON) is Verdict.RIGHT


SORTS = [
    ("May 11, 2018", AnswerType.DATE),
    ("11 May 2018", AnswerType.DATE),
    ("2018-05-11", AnswerType.DATE),
    ("May 2018", AnswerType.DATE),
    ("may 5", AnswerType.DATE),
    ("2018", AnswerType.DATE),
    ("1984", AnswerType.DATE),
    ("late 2018", AnswerType.DATE),
    ("the 1990s", AnswerType.DATE),
    ("19th century", AnswerType.DATE),
    ("44 BC", AnswerType.DATE),
    ("Nineteen Eighty-Four", AnswerType.TEXT),
    ("May", AnswerType.TEXT),
    ("Mark 3–7", AnswerType.TEXT),
    ("Amy 11, 2018", AnswerType.TEXT),
    ("Theresa May", AnswerType.TEXT),
    ("Friday", AnswerType.TEXT),
    ("93", AnswerType.NUMBER),
    ("5,000", AnswerType.NUMBER),
    ("Five", AnswerType.NUMBER),
    ("Twenty-five", AnswerType.NUMBER),
    ("42%", AnswerType.PERCENTAGE),
    ("forty-two per cent", AnswerType.PERCENTAGE),
    ("42% of voters", AnswerType.NUMBER),
    ("about 5,000", AnswerType.NUMBER),
    ("More than 5,000 children", AnswerType.NUMBER),
    ("93 pages", AnswerType.NUMBER),
    ("two agencies", AnswerType.NUMBER),
    ("2.3 million", AnswerType.NUMBER),
    ("-5 °C", AnswerType.NUMBER),
    ("100 km/h", AnswerType.NUMBER),
    ("21st", AnswerType.NUMBER),
    ("1/2", AnswerType.NUMBER),
    ("3000", AnswerType.NUMBER),
    ("$227 million", AnswerType.MONEY),
    ("US$5", AnswerType.MONEY),
    ("$1.10", AnswerType.MONEY),
    ("five dollars", AnswerType.MONEY),
    ("90 minutes", AnswerType.DURATION),
    ("two weeks", AnswerType.DURATION),
    ("an hour and a half", AnswerType.DURATION),
    ("three to seven days", AnswerType.RANGE),
    ("3–7 days", AnswerType.RANGE),
    ("2017–2018", AnswerType.RANGE),
    ("between 5 and 10", AnswerType.RANGE),
    ("October 2017 to February 2018", AnswerType.RANGE),
    ("Sen. Jeff Merkley", AnswerType.PERSON),
    ("Mr. Sessions", AnswerType.PERSON),
    ("President Donald J. Trump", AnswerType.PERSON),
    ("Jeff Sessions", AnswerType.TEXT),
    ("General Motors", AnswerType.TEXT),
    ("El Paso", AnswerType.TEXT),
    ("12:30", AnswerType.TEXT),
    ("3 p.m.", AnswerType.TEXT),
    ("twice as many", AnswerType.TEXT),
    ("World War 2", AnswerType.TEXT),
    ("1.10", AnswerType.TEXT),
    ("007", AnswerType.TEXT),
    ("1.2.3", AnswerType.TEXT),
    ("9/11", AnswerType.TEXT),
    ("24/7", AnswerType.TEXT),
    ("50-50", AnswerType.TEXT),
    ("7-Eleven", AnswerType.TEXT),
    ("3D", AnswerType.TEXT),
    ("5G", AnswerType.TEXT),
    ("401k", AnswerType.TEXT),
    ("Catch-22", AnswerType.TEXT),
    ("Apollo 11", AnswerType.TEXT),
    ("Boeing 747", AnswerType.TEXT),
    ("10 Downing Street", AnswerType.TEXT),
    ("Title 42", AnswerType.TEXT),
    ("Three Mile Island", AnswerType.TEXT),
    ("One Direction", AnswerType.TEXT),
    ("zero tolerance", AnswerType.TEXT),
    ("no one", AnswerType.TEXT),
    ("None", AnswerType.TEXT),
    ("the first amendment", AnswerType.TEXT),
    ("a second chance", AnswerType.TEXT),
    ("a day in the life", AnswerType.TEXT),
    ("the hundred years war", AnswerType.TEXT),
    ("fifty shades of grey", AnswerType.TEXT),
    ("half-life", AnswerType.TEXT),
    ("quarterback", AnswerType.TEXT),
    ("a quarter-back", AnswerType.TEXT),
    ("once", AnswerType.TEXT),
    ("the second", AnswerType.NUMBER),
    ("", AnswerType.TEXT),
    ("9" * 1000, AnswerType.TEXT),
]


@pytest.mark.parametrize(("key", "sort"), SORTS)
def test_a_key_shows_its_sort(key: str, sort: AnswerType) -> None:
    assert infer_type(key) is sort


PIECES = [
    *("a", "9", "9,", "9 ", "1/", "the ", "no ", "or ", "five thousand ", "El Paso, ", "May 11, 2018 ", "\u0301", "a\u200b", "한", "("),
    *(".", "'", " \n", "→"),
]
HUGE = 25_000  # characters
SOAKED = 100_000


def grade_huge(sort: AnswerType, length: int) -> None:
    answers = (
        Answer((Part("3 to 7 days", ("May 11, 2018", "El Paso, Texas"), sort),)),
        Answer((Part("El Paso", (), sort), Part("Paris and London", (), sort), Part("5,000", (), sort))),
        Answer(tuple(Part(f"item {number}", (), sort) for number in range(12)), ordered=True),
    )
    for piece in PIECES:
        for answer in answers:
            started = time.process_time()
            found = grade((piece * length)[:length], answer)
            assert time.process_time() - started < 2, (piece, answer.key)
            assert found.verdict is not Verdict.RIGHT


@pytest.mark.parametrize("sort", AnswerType)
def test_a_huge_response_is_graded_in_no_time(sort: AnswerType) -> None:
    grade_huge(sort, HUGE)


@pytest.mark.soak
@pytest.mark.parametrize("sort", AnswerType)
def test_a_response_of_a_hundred_thousand_characters_is_graded_in_no_time(sort: AnswerType) -> None:
    grade_huge(sort, SOAKED)


def know_huge(length: int) -> None:
    for piece in PIECES:
        key, started = (piece * length)[:length], time.process_time()
        if key.strip():
            assert verdict(key, key, infer_type(key)) is Verdict.RIGHT
            assert verdict(key + "x", key, AnswerType.TEXT) is not Verdict.RIGHT or not key.isalnum()
        assert time.process_time() - started < 4, piece


def test_a_huge_key_is_right_for_itself_in_no_time() -> None:
    know_huge(HUGE)


@pytest.mark.soak
def test_a_key_of_a_hundred_thousand_characters_is_right_for_itself_in_no_time() -> None:
    know_huge(SOAKED)


def look_up(count: int, *, within: float) -> None:
    sorts = [AnswerType.TEXT, AnswerType.PERSON, AnswerType.PLACE, AnswerType.NUMBER]
    answers = [Answer((Part(f"{in_words(number).title()} Smith{number % 700}", (), sorts[number % 4]),)) for number in range(count)]
    started = time.process_time()
    known = KnownAnswers(answers)
    grade("Smth1", answers[1], known=known)
    assert time.process_time() - started < within
    started = time.process_time()
    for answer in answers[:500]:
        grade(answer.key[:-1], answer, known=known)
    assert time.process_time() - started < 5


def test_ten_thousand_known_answers_are_looked_up_in_no_time() -> None:
    look_up(10_000, within=1.5)


@pytest.mark.soak
def test_a_hundred_thousand_known_answers_are_looked_up_in_no_time() -> None:
    look_up(100_000, within=15)


def test_grading_loads_neither_the_typo_library_nor_anything_heavy_until_it_is_needed() -> None:
    code = (
        "import sys, quizzer.core.grading as grading; grading.infer_type('5,000'); "
        "print(*(name for name in ('rapidfuzz', 'spacy', 'textual', 'yaml', 'sqlite3') if name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == ""


def test_a_surname_stays_right_where_another_answer_accepts_the_same_person() -> None:
    minister = Answer((Part("Jane Smith", (), AnswerType.PERSON),))
    camp = Answer((Part("Jane Smith and her advisers", ("Jane Smith", "Smith"), AnswerType.TEXT),))
    town = Answer((Part("Smith", (), AnswerType.PLACE),))
    assert grade("smith", minister, known=KnownAnswers([minister, camp])).verdict is Verdict.RIGHT
    assert grade("smith", minister, known=KnownAnswers([minister, town])).note == "which smith?"


def test_a_typo_in_one_thing_of_a_list_takes_in_no_other() -> None:
    benelux = Answer((Part("Belgium"), Part("Netherlands", ("The Netherlands", "Holland")), Part("Luxembourg")))
    found = members("Belgium, Holand, France", benelux)
    assert [(number, written) for number, written, _ in found.named] == [(0, "Belgium"), (1, "Holand")]
    assert found.extra == ("France",)
    both = Answer((Part("Trinidad and Tobago"), Part("Cuba")))
    assert [written for _, written, _ in members("Trinidad & Tobagoo, Cuba", both).named] == ["Trinidad & Tobagoo", "Cuba"]
