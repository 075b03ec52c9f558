"""Shapes of facts: what each gives, what it refuses. The articles are short and about real events."""

import re

import pytest

from quizzer.core.kinds import Plain
from quizzer.news import Generated, generate, read_text

from .conftest import plain_questions


def made_of(sentences: str, *, date: str = "") -> Generated:
    header = f"Date: {date}\n\n" if date else ""
    text = f"{header}Note\n\n{sentences} The teachers of the town spoke of it at length.\n"
    return generate([read_text(text, name="note.txt")], deck_id="deck")


def asked_of(sentences: str, *, date: str = "") -> dict[str, str]:
    """The questions of a short article with these sentences, with their keys."""
    return {question.question: question.answer for question in plain_questions(made_of(sentences, date=date))}


CURIOSITY = "NASA landed the Curiosity rover in Gale Crater {}."
RESOLVED = [
    ("2012-08-06", "on Monday", "On what date did NASA land the Curiosity rover in Gale Crater?", "August 6, 2012"),
    ("2012-08-08", "Monday", "On what date did NASA land the Curiosity rover in Gale Crater?", "August 6, 2012"),
    ("2012-08-07", "yesterday", "On what date did NASA land the Curiosity rover in Gale Crater?", "August 6, 2012"),
    ("2012-08-09", "three days ago", "On what date did NASA land the Curiosity rover in Gale Crater?", "August 6, 2012"),
    ("2012-09-20", "last month", "In what month and year did NASA land the Curiosity rover in Gale Crater?", "August 2012"),
    ("2012-11-02", "in August", "In what month and year did NASA land the Curiosity rover in Gale Crater?", "August 2012"),
    ("2013-02-02", "in August", "In what month and year did NASA land the Curiosity rover in Gale Crater?", "August 2012"),
    ("2012-12-01", "on August 6", "On what date did NASA land the Curiosity rover in Gale Crater?", "August 6, 2012"),
    ("2013-05-05", "last year", "In what year did NASA land the Curiosity rover in Gale Crater?", "2012"),
]


@pytest.mark.parametrize(("date", "time", "stem", "key"), RESOLVED)
def test_a_time_that_leans_on_the_articles_day_is_resolved_by_it(date: str, time: str, stem: str, key: str) -> None:
    assert asked_of(CURIOSITY.format(time), date=date).get(stem) == key


@pytest.mark.parametrize(("date", "time", "stem", "key"), RESOLVED)
def test_without_the_articles_day_no_time_is_resolved(date: str, time: str, stem: str, key: str) -> None:
    found = asked_of(CURIOSITY.format(time))
    assert stem not in found
    assert not any("2012" in question or "2012" in answer for question, answer in found.items())


UNRESOLVED = [
    ("2012-08-03", "NASA will land the Curiosity rover in Gale Crater on Monday.", "what is to come"),
    ("2012-08-03", "NASA wants to land the Curiosity rover in Gale Crater on Monday.", "what is wanted"),
    ("2012-08-06", "“NASA landed the Curiosity rover in Gale Crater on Monday,” said Adam Steltzner of Pasadena.", "a quotation"),
    ("2012-09-07", "NASA landed the Curiosity rover in Gale Crater last week.", "a week of two months"),
    ("2014-08-06", "NASA chose Gale Crater in 2011. In July, NASA landed the Curiosity rover in Gale Crater.", "a story of another year"),
    ("2012-08-06", "NASA lands a rover in Gale Crater every Monday.", "a habit"),
]


@pytest.mark.parametrize(("date", "sentence", "trap"), UNRESOLVED)
def test_a_time_that_may_be_another_is_not_resolved(date: str, sentence: str, trap: str) -> None:
    for question, answer in asked_of(sentence, date=date).items():
        # the month of the article, true whenever it was said or done
        asked = re.sub(r"^Who was quoted in \w+ \d{4}|, as reported in \w+ \d{4}\?$", "", question)
        assert not re.search(r"August|July|2012|2014", f"{asked} {answer}"), trap


def test_the_date_line_is_evidence_for_a_resolved_time() -> None:
    made = made_of(CURIOSITY.format("on Monday"), date="2012-08-06")
    question = next(question for question in plain_questions(made) if question.answer == "August 6, 2012")
    assert [evidence.quote for evidence in question.evidence][-1] == "2012-08-06"


TOLD = [
    ("", "In 1803, the Louisiana territory was sold to the United States by France.",
     "Which country sold the Louisiana territory to the United States in 1803?", "France"),
    ("", "In 1903, the Royal Swedish Academy awarded Marie Curie the Nobel Prize in Physics.",
     "What did the Royal Swedish Academy award Marie Curie in 1903?", "the Nobel Prize in Physics"),
    ("", "In 1998, Sergey Brin founded Google in Menlo Park with Larry Page.",
     "With whom did Sergey Brin found Google in Menlo Park in 1998?", "Larry Page"),
    ("", "In 1983, President Ronald Reagan called the Soviet Union an “evil empire” in Florida. Ronald Reagan was born in Illinois.",
     "What did Ronald Reagan call the Soviet Union?", "“evil empire”"),
    ("", "In 2011, the Coca-Cola Company paid a $200 million fine in Atlanta.",
     "How large a fine did the Coca-Cola Company pay in Atlanta in 2011?", "$200 million"),
    ("2016-04-21", "ESPN fired Curt Schilling of Boston on Wednesday.",
     "Which organisation fired Curt Schilling of Boston in April 2016?", "ESPN"),
    ("2016-06-10", "IBM has sold its plant in Armonk to Lenovo of China.",
     "Which organisation had sold its plant in Armonk to Lenovo of China by June 2016?", "IBM"),
    ("2012-08-06", "“The rover of California is safe on Mars, and its cameras work,” said Adam Steltzner, the chief engineer of the "
     "Curiosity project at the Jet Propulsion Laboratory.",
     "Who was the chief engineer of the Curiosity project at the Jet Propulsion Laboratory in August 2012?", "Adam Steltzner"),
    ("2015-03-04", "“The bill of Wyoming is dead,” said Sen. Bernie Sanders (I-Vt.) in Washington.",
     "Which state did Bernie Sanders represent in the U.S. Senate in March 2015?", "Vermont"),
    ("2015-03-04", "“The bill of Wyoming is dead,” said Rep. Nancy Pelosi, D-Calif., in Washington.",
     "Which state did Nancy Pelosi represent in the U.S. House of Representatives in March 2015?", "California"),
    ("2015-03-04", "“The bill of Wyoming is dead,” said Robert Rubin, the former Treasury secretary.",
     "Which post had Robert Rubin held before March 2015?", "Treasury secretary"),
    ("", "In 1962, Rachel Carson warned that DDT would silence the songbirds of America.",
     "Who warned that DDT would silence the songbirds of America?", "Rachel Carson"),
    ("2015-03-10", "Elon Musk is building a factory for batteries with Panasonic in Nevada.",
     "Who was building a factory for batteries with Panasonic in Nevada in March 2015?", "Elon Musk"),
    ("", "Jimmy Carter has pledged to pardon the draft resisters of Vietnam and rebuild the Democratic Party in Georgia.",
     "Who has pledged to pardon the draft resisters of Vietnam and rebuild the Democratic Party in Georgia?", "Jimmy Carter"),
    ("", "Valentina Tereshkova was the first woman to fly in space. Valentina Tereshkova was born near Yaroslavl.",
     "Who was the first woman to fly in space?", "Valentina Tereshkova"),
    ("2019-05-05", "Airbus, the largest maker of airliners in Europe, opened a factory in Mobile.",
     "Which organisation was the largest maker of airliners in Europe in May 2019?", "Airbus"),
    ("", "Speaking at a rally in Indianapolis, Robert Kennedy announced the death of Martin Luther King.",
     "Who announced the death of Martin Luther King at a rally in Indianapolis?", "Robert Kennedy"),
    ("", "In 1836, George Norton took his 6-year-old son from London to Scotland.",
     "George Norton took his son of what age from London to Scotland in 1836?", "6"),
    ("", "The chairmen of the House Judiciary Committee called the Watergate cover-up a “cancer on the presidency.”",
     "What did the chairmen of the House Judiciary Committee call the Watergate cover-up?", "“cancer on the presidency”"),
    ("", "Franklin Roosevelt dubbed himself the quarterback of the New Deal in Washington.",
     "Who dubbed himself the quarterback of the New Deal in Washington?", "Franklin Roosevelt"),
    ("", "Angela Merkel praised Barack Obama for showing “the courage of his convictions.” The talks in Berlin were long.",
     "Who praised Barack Obama for showing “the courage of his convictions”?", "Angela Merkel"),
    ("2015-06-05", "Jeffrey Ubben has a 4.4 percent stake in Valeant of Quebec.",
     "How large a stake in Valeant of Quebec did Jeffrey Ubben have in June 2015?", "4.4 percent"),
    ("", "In 1991, John Major proposed enforcing a partial flight ban over Iraq to shield the families of Kirkuk.",
     "In 1991, John Major proposed enforcing a partial flight ban over which country to shield the families of Kirkuk?", "Iraq"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "sentence", "stem", "key"), TOLD)
def test_a_fact_of_this_shape_is_asked(date: str, sentence: str, stem: str, key: str) -> None:
    found = asked_of(sentence, date=date)
    assert found.get(stem) == key, found


NOT_ASKED = [
    ("2016-06-05", "Gonzalo Curiel was born in East Chicago.", r"^Who was born", "where many were born"),
    ("2016-06-05", "Gene Sperling has offered advice to Hillary Clinton.", r"^Who had offered", "what many may have done"),
    ("2016-04-30", "Bobby Knight campaigned with Donald Trump on Friday in Indiana.", r"With whom", "what many took part in"),
    ("", "Elon Musk is building a factory for batteries with Panasonic in Nevada.", r"building", "what goes on, without the article's day"),
    ("2015-03-10", "Elon Musk is opening a factory for batteries with Panasonic in Nevada on Monday.", r"opening", "what is to come"),
    ("2015-03-10", "Elon Musk is trying a factory for batteries with Panasonic in Nevada.", r"trying", "what is only tried"),
    ("", "Muhammad Ali was the greatest fighter of America in the 1960s. Muhammad Ali was born in Louisville.", r"greatest", "an opinion"),
    ("", "Jimmy Carter pledged to pardon the draft resisters of Vietnam and rebuild the Democratic Party.",
     r"Vietnam\?", "half of what was pledged"),
    ("2015-03-04", "Robert Rubin, the former Treasury secretary, spoke in Ohio.", r"Treasury secretary in March 2015", "a former post"),
    ("", "“The bill of Wyoming is dead,” said Sen. Bernie Sanders (I-Vt.).", r"Which state", "a seat without the article's day"),
    ("2016-01-20", "In 2001, Dick Hackborn, the chairman of Hewlett-Packard, praised the Compaq plan of Houston.",
     r"in January 2016", "a post of another year"),
    ("2016-04-09", "In 1976, Bay Buchanan, the treasurer for the campaign of Ronald Reagan, told the Ford camp of Kansas to wait.",
     r"in April 2016", "a post of another year, though its holder spoke"),
    ("2018-02-01", "David Rockefeller, the chairman of Chase Manhattan, who died in 2017, had a house in Maine.",
     r"in February 2018", "a post of somebody dead"),
    ("2016-05-05", "IBM is expected to sell its plant in Armonk to Lenovo of China.", r"sold|expected", "what is expected"),
    ("2015-10-10", "Volkswagen no longer sells the Beetle in Mexico.", r"(?i)longer", "what is no more"),
    ("", "In 2001, Compaq cheered. Carly Fiorina flew to Houston with the Compaq board of Texas.", r"Which organisation flew", "a person"),
    ("2016-04-30", "Mike Pence met with Ted Cruz on Friday and this week with John Kasich.", r"April 2016 .*April 2016", "two times"),
    ("2016-06-10", "The Guardian reported that a bank may move to Paris, and Tim Cook said it was so.", r"\bit\b", "a word that points"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "sentence", "pattern", "trap"), NOT_ASKED)
def test_what_is_not_plainly_so_is_not_asked(date: str, sentence: str, pattern: str, trap: str) -> None:
    for question, answer in asked_of(sentence, date=date).items():
        assert not re.search(pattern, f"{question} {answer}"), trap


def test_what_holds_of_the_articles_day_expires() -> None:
    made = made_of("“The bill of Wyoming is dead,” said Sen. Bernie Sanders (I-Vt.) in Washington.", date="2015-03-04")
    question = next(question for question in plain_questions(made) if question.answer == "Vermont")
    assert question.as_of == "2015-03-04"


def test_he_is_the_person_he_plainly_means() -> None:
    found = asked_of("Robert Peary sailed from New York. In 1909, he claimed the North Pole for the United States in a cable.")
    assert any("Robert Peary" in f"{question} {answer}" for question, answer in found.items()), found


def test_what_one_person_is_is_asked_twice_at_the_most() -> None:
    found = asked_of(
        "Texas Sen. Ted Cruz (R-Tex.) spoke in Houston. Ted Cruz, the chairman of the Commerce Subcommittee of the Senate, left. "
        "Ted Cruz, a graduate of Princeton University, smiled.",
        date="2016-02-01",
    )
    assert len([question for question in found if "Ted Cruz" in f"{question} {found[question]}"]) <= 2


def demand_sound(question: Plain) -> None:
    words = question.question.split()
    assert 4 <= len(words) <= 40, question.question
    assert question.question.endswith("?")
    bare = re.sub(r"\W+", " ", question.question.lower())
    key = re.sub(r"\W+", " ", question.answer.lower()).strip()
    assert f" {key} " not in f" {bare} " or "who-said" in question.tags, question.question


def test_no_question_holds_its_key_and_each_ends_as_one(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in plain_questions(made):
            demand_sound(question)


def test_evidence_holds_every_figure_of_an_amount(decks: dict[str, Generated]) -> None:
    for made in decks.values():
        for question in plain_questions(made):
            if "how-many" in question.tags:
                quoted = " ".join(evidence.quote for evidence in question.evidence).lower()
                assert all(figure in quoted for figure in re.findall(r"\d[\d,.]*\d|\d", question.answer)), question.question


WORKS = [
    ("Steven Brill, author of “America’s Bitter Pill,” spoke in Boston.", "Who wrote the book “America’s Bitter Pill”?", "Steven Brill"),
    ("The reporters read Carl Sagan’s novel “The First Contact” in Boston.", "Who wrote the novel “The First Contact”?", "Carl Sagan"),
    (
        "Rachel Carson told all in her book “The Silent Spring.”",
        "Who wrote the book “The Silent Spring”?",
        "Rachel Carson",
    ),
    ("The talks of the European Space Agency (ESA) failed in Paris.", "What does the acronym ESA stand for?", "European Space Agency"),
]


@pytest.mark.parametrize(("sentence", "stem", "key"), WORKS)
def test_authors_and_acronyms_are_asked(sentence: str, stem: str, key: str) -> None:
    found = asked_of(sentence)
    assert found.get(stem) == key, found


def test_one_of_several_authors_is_not_asked_for() -> None:
    assert not any("wrote" in question for question in asked_of("Bob Woodward, a co-author of “The Final Days,” spoke in Boston."))


def test_a_span_of_money_is_one_amount() -> None:
    found = asked_of("In 2015, Elon Musk earned between $3,000 and $6,000 in interest from Tesla of California.")
    asked = [question for question, answer in found.items() if answer == "between $3,000 and $6,000"]
    assert asked, found
    assert not any("$" in question and "how much" in question.lower() for question in found)
