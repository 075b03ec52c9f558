"""What no addition, edit or length of a response can do to its grade, or to what grading costs."""

import json
import sys
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from quizzer.core.grading import Trial, grade, try_out
from quizzer.core.model import Answer, AnswerType, Part, Verdict

DATA = Path(__file__).parent.parent / "data"
ROWS = [
    row
    for name in ("grading.jsonl", "grading_held_out.jsonl", "grading_unseen.jsonl")
    for row in map(json.loads, (DATA / name).read_text("utf-8").splitlines())
    if isinstance(row["key"], str) and row.get("type") != "list"
]
RANK = {Verdict.WRONG: 0, Verdict.NEAR: 1, Verdict.RIGHT: 2}
SORTS = st.sampled_from(AnswerType)
UNTIMED = settings(deadline=None)
LETTERS = "abcdefghijklmnoprstuvwyz"


def one(key: str, *accept: str, sort: AnswerType = AnswerType.TEXT) -> Answer:
    return Answer((Part(key, accept, sort),))


def rank(key: str, response: str, sort: str | None, *accept: str) -> int:
    return RANK[try_out(response, Trial(key=key, type=sort, accept=accept)).verdict]


@UNTIMED
@given(st.sampled_from(ROWS), st.sampled_from(ROWS), SORTS)
def test_an_accepted_wording_is_worth_what_a_key_is(row: dict[str, str], other: dict[str, str], sort: AnswerType) -> None:
    key, accepted, response = row["key"], other["key"], row["response"]
    mine, turned = grade(response, one(key, accepted, sort=sort)), grade(response, one(accepted, key, sort=sort))
    assert mine.verdict is turned.verdict
    assert RANK[mine.verdict] >= RANK[grade(response, one(key, sort=sort)).verdict]


@UNTIMED
@given(st.sampled_from(ROWS), st.sampled_from(ROWS), st.sampled_from(["{} or {}", "{}, or {}", "either {} or {}", "{}/{}", "{} and/or {}"]))
def test_naming_a_wrong_answer_besides_makes_no_response_better(row: dict[str, str], other: dict[str, str], link: str) -> None:
    key, sort, response, besides = row["key"], row.get("type"), row["response"], other["response"]
    assume(len(response) < 60 and len(besides) < 60 and rank(key, besides, sort) == 0)
    assume(rank(key, response, sort) > 0)
    assert rank(key, link.format(response, besides), sort) <= rank(key, response, sort)


@UNTIMED
@given(st.sampled_from(ROWS), st.lists(st.sampled_from(ROWS), min_size=3, max_size=5))
def test_who_lists_all_there_are_to_choose_from_is_wrong(row: dict[str, str], more: list[dict[str, str]]) -> None:
    key, sort = row["key"], row.get("type")
    others = tuple(dict.fromkeys(other["key"] for other in more))
    assume(len(others) > 1 and "," not in "".join((key, *others)) and all(rank(key, other, sort) == 0 for other in others))
    assume(not any(word in f" {text.lower()} " for text in (key, *others) for word in (" or ", " and ", "&", "/", ";")))
    found = try_out(", ".join((*others, key)), Trial(key=key, type=sort, others=others))
    assert found.verdict is Verdict.WRONG


@UNTIMED
@given(st.text(alphabet=LETTERS, min_size=3, max_size=16), st.data())
def test_each_letter_more_that_is_wrong_makes_a_word_no_better(key: str, data: st.DataObject) -> None:
    places = data.draw(st.permutations(range(len(key))))
    ranks, typed = [2], list(key)
    for place in places:
        typed[place] = "x"
        ranks.append(RANK[grade("".join(typed), one(key)).verdict])
    assert ranks == sorted(ranks, reverse=True)


MEASURED = [
    row for row in ROWS if row["verdict"] == "right" and row.get("type") in ("number", "money", "duration") and ":" not in row["response"]
]


def test_two_ways_to_write_one_amount_are_as_good_as_each_other() -> None:
    told = [(row["key"], row["response"], row["type"]) for row in MEASURED]
    same = [one for one in told if try_out(one[1], Trial(key=one[0], type=one[2])).reason == "the same answer"]
    assert len(same) > 150
    assert [one for one in same if rank(one[1], one[0], one[2]) == 0] == []


LOOKALIKES = """
World Health Organization | World Organization
World Trade Organization | World Health Organization
New York Times | New Times
North Carolina | South Carolina
North Carolina | N. Dakota
Kansas City | Kansas
Mexico City | Mexico
Guinea-Bissau | Guinea
Supreme Court | Appeals Court
the president | the former president
Michael Jordan | Michael Jackson
Robert Kennedy | John Kennedy
Elizabeth II | Elizabeth I
Apollo 11 | Apollo 12
Article 5 | Article 15
Article V | Article IV
World War I | World War II
Second Amendment | First Amendment
2nd Amendment | Amendment 3
Q3 2019 | Q3 2018
Q1 2019 | May 2019
FY 2018 | FY 2019
FY 2018 | May 2017
the 1960s | 1859
$25 a day | $25 a week
twice a week | once a week
weekly | monthly
once a month | once a year
3 days | 3 days and 4 hours
12 per 100,000 | 12 per 10,000
1 in 4 | 4 of 5
100 miles | 100 km
60 miles | 60 nautical miles
50 kg | 50 pounds
37 C | 37 F
$12.50 | $12.05
12 years old | 21 years old
aged 12 | 12 months
ICE and CBP | ICE and FBI
salt and pepper | salt and vinegar
Procter & Gamble | Johnson & Johnson
El Paso | El Centro
Rod Rosenstein | Rod Stewart
John Smith | John Smyth Jones
separation of powers | power of separation
mother of the president | president of the mother
man bites dog | dog bites man
Bank of England | England
Bank of America | America
Germany | German shepherd
Iran | Iraq
Iraq | Iraqi Kurdistan
Niger | Nigeria
Nigeria | Nigerian
yes | no
no | yes
true | not true
Kim Jong Un | Kim Yo Jong
Xi Jinping | Xi Zhongxun
COVID-19 | COVID-20
zero tolerance | no tolerance
5,000 | 5,000,000
3.7 billion | 3.7 million
half | a quarter
two-thirds | two fifths
15:30 | 3:30 am
noon | midnight
May 2018 | May 2019
2014 to 2017 | 2014 to 2018
Monday to Friday | Monday to Thursday
Los Angeles | LA Lakers
Hong Kong | UK
South Africa | SA Mutual
United States | United Airlines
US Army | US Navy
General Motors | General Electric
Attorney General Jeff Sessions | President Jeff Sessions Smith
St. Louis | St. Paul
Lake Michigan | Michigan
Washington | Washington Irving
Section 230 | Section 320
F-35 | F-15
Boeing 737 | Boeing 747
Henry VIII | Henry VII
the third | the thirteenth
the Democratic Party | the Republican Party
the Labour Party | the Labor Day
not guilty | guilty
unconstitutional | constitutional
one | no one
federal court | state court
tax cuts | tax increases
Emmanuel Macron | Brigitte Macron
El Salvador | San Salvador
Dominica | Dominican Republic
Republic of Congo | Democratic Republic of Congo
South Sudan | Sudan
10 Downing Street | 11 Downing Street
1.5 million | 1.5 billion
6 feet 2 inches | 6 feet
2 hours 30 minutes | 30 minutes
1939 to 1945 | 1945 to 1939
"""


@pytest.mark.parametrize("pair", LOOKALIKES.strip().splitlines())
def test_what_is_like_an_answer_is_not_right_for_it(pair: str) -> None:
    key, response = pair.split(" | ")
    assert try_out(response, Trial(key=key)).verdict is not Verdict.RIGHT


class _Counter:
    """Counts the calls that grading makes, in Python and in C: a measure of its work that no busy machine alters."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, frame: FrameType, event: str, arg: object) -> None:
        self.calls += event in ("call", "c_call")


def work(response: str, answer: Answer) -> int:
    counter = _Counter()
    sys.setprofile(counter)
    try:
        grade(response, answer)
    finally:
        sys.setprofile(None)
    return counter.calls


PIECES = st.one_of(
    st.text(min_size=1, max_size=8).filter(lambda text: text.isprintable()),
    st.sampled_from(
        [
            "9,",
            "9 ",
            "1/",
            "a ",
            "the ",
            "no ",
            "or ",
            "and ",
            ", ",
            "; ",
            "/",
            "five thousand ",
            "hundred ",
            "El Paso, ",
            "May 11, 2018 ",
            "Q3 ",
            "per day ",
            "aged 5 ",
            "§",
            "w/o ",
            "ww ",
            "x y ",
            "(",
            "'",
            "́",
            "한",
        ]
    ),
)
KEYS = (
    ("World War II", ()),
    ("3 days and 4 hours", ("May 11, 2018", "El Paso, Texas")),
    ("ICE and CBP", ()),
    ("Rod Rosenstein", ()),
    ("$25 a day", ()),
    ("between 2014 and 2017", ()),
)
LONG = 10_000
MOST_CALLS = 60 * LONG  # a call for each character in each of several passes, and what a short text costs


@settings(deadline=None, max_examples=40)
@given(PIECES, st.sampled_from(KEYS), SORTS)
@example("9,", KEYS[2], AnswerType.TEXT)
@example("a ", KEYS[0], AnswerType.ORGANISATION)
def test_ten_thousand_characters_cost_no_more_than_their_number(piece: str, key: tuple[str, tuple[str, ...]], sort: AnswerType) -> None:
    response = (piece * LONG)[:LONG]
    assert work(response, one(key[0], *key[1], sort=sort)) < MOST_CALLS
    parts = Answer(tuple(Part(f"item {number}", (), sort) for number in range(8)))
    assert work(response, parts) < 10 * MOST_CALLS  # each piece is held against each thing


@pytest.mark.soak
@settings(deadline=None, max_examples=4_000)
@given(st.lists(PIECES, min_size=1, max_size=4).map("".join), st.sampled_from(KEYS), SORTS)
def test_no_long_text_costs_more_at_length(piece: str, key: tuple[str, tuple[str, ...]], sort: AnswerType) -> None:
    assert work((piece * LONG)[:LONG], one(key[0], *key[1], sort=sort)) < MOST_CALLS
