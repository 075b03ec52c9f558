"""What must be found in articles about real events, and what must never be asked."""

import re

import pytest

from quizzer.news import Generated, generate, read_text

from .conftest import plain_questions

FOUND = [
    ("moon-landing.txt", r"^On what date did .*Neil Armstrong become the first person to walk on the moon\?", "July 20, 1969"),
    ("moon-landing.txt", r"Saturn V rocket lift the crew of Apollo 11", "July 16, 1969"),
    ("moon-landing.txt", r"month and year did President John F\. Kennedy ask Congress", "May 1961"),
    ("moon-landing.txt", r"^Where did the aircraft carrier Hornet recover", "Pacific Ocean"),
    ("moon-landing.txt", r"^Who was the pilot of the command module Columbia, as told in “Two men .*\?", "Michael Collins"),
    ("moon-landing.txt", r"^Who was the leader of the flight software team", "Margaret Hamilton"),
    ("moon-landing.txt", r"^According to .*how many people watched", "an estimated 650 million"),
    ("mine-rescue.txt", r"^Who was quoted in October 2010 as saying, “I gladly receive your shift", "Sebastián Piñera"),
    ("mine-rescue.txt", r"^On what date did the San José mine collapse\?", "August 5, 2010"),
    ("climate-accord.txt", r"^On what date did the Paris Agreement enter into force\?", "November 4, 2016"),
    ("climate-accord.txt", r"^On what date did negotiators from 196 parties adopt the Paris Agreement", "December 12, 2015"),
    ("climate-accord.txt", r"^In what year did the United Nations establish the Green Climate Fund", "2010"),
    ("climate-accord.txt", r"^Which organisation established the Green Climate Fund", "the United Nations"),
    ("climate-accord.txt", r"^Which post did Laurent Fabius hold in or before November 2016\?", "French Foreign Minister"),
    ("earthquake.txt", r"^On what date did an earthquake shake San Francisco\?", "April 18, 1906"),
    ("earthquake.txt", r"^In what year did Amadeo Giannini found the Bank of Italy", "1904"),
    ("earthquake.txt", r"^Who founded the Bank of Italy in San Francisco in 1904\?", "Amadeo Giannini"),
    ("lunar-crash.txt", r"^On what date did Israel.s Beresheet crash into the Moon\?", "April 11, 2019"),
    ("lunar-crash.txt", r"^In what month and year did Chang.e-3 land in the Sea of Rains\?", "December 2013"),
    ("first-flight.html", r"^On what date did Orville Wright fly a powered airplane", "December 17, 1903"),
    ("first-flight.html", r"^Who flew a powered airplane at Kill Devil Hills", "Orville Wright"),
]


@pytest.mark.parametrize(("article", "stem", "key"), FOUND)
def test_a_fact_the_article_states_is_asked_with_its_key(decks: dict[str, Generated], article: str, stem: str, key: str) -> None:
    found = {question.question: question.answer for question in plain_questions(decks[article]) if re.search(stem, question.question)}
    assert key in found.values(), f"{found} of {[q.question for q in plain_questions(decks[article])]}"


NEVER_ASKED = [
    ("lunar-crash.txt", r"(?i)how long|(?:five|three) years", "how far off another event was"),
    ("moon-landing.txt", r"\bten\b|\$3 billion", "what only might be"),
    ("moon-landing.txt", r"\b12\b", "what is denied"),
    ("mine-rescue.txt", r"familiares|campamento", "a caption in another language"),
    ("climate-accord.txt", r"change everything", "what one of two women said"),
    ("climate-accord.txt", r"as of November 2016", "an office held before the article's date"),
    ("climate-accord.txt", r"billions", "a vague amount under a condition"),
]


@pytest.mark.parametrize(("article", "pattern", "trap"), NEVER_ASKED)
def test_a_trap_is_not_asked_about(decks: dict[str, Generated], article: str, pattern: str, trap: str) -> None:
    for question in plain_questions(decks[article]):
        assert not re.search(pattern, f"{question.question} = {question.answer}"), trap


def one_deck(*texts: str) -> Generated:
    return generate([read_text(text, name=f"article-{number}.txt") for number, text in enumerate(texts)], deck_id="deck")


FOUNDED = "Example Wire\n\nIn 1904, the banker Amadeo Giannini founded the Bank of Italy in San Francisco with the help of his friends.\n"


def test_the_same_fact_in_two_articles_is_one_question_with_two_pieces_of_evidence() -> None:
    other = "A bank for the many\n\nThe historians agree on this. In 1904, Amadeo Giannini founded the Bank of Italy in San Francisco.\n"
    made = one_deck(FOUNDED, other)
    asked = [question for question in plain_questions(made) if question.answer == "1904"]
    assert len(asked) == 1
    assert [evidence.source for evidence in asked[0].evidence] == [source.id for source in made.deck.sources]
    assert any(note.action == "merged" for note in made.notes)


def test_the_finer_date_is_the_key_and_the_coarser_is_accepted() -> None:
    coarse = "A treaty at last\n\nIn December 2015, the delegates of the world adopted the Paris Agreement in the town of Le Bourget.\n"
    fine = "A treaty at last\n\nOn December 12, 2015, the delegates of the world adopted the Paris Agreement in the town of Le Bourget.\n"
    made = one_deck(coarse, fine)
    asked = [question for question in plain_questions(made) if "adopt the Paris Agreement" in question.question]
    assert [(question.answer, "December 2015" in question.accept) for question in asked] == [("December 12, 2015", True)]


def test_articles_that_contradict_each_other_give_no_question_but_a_note() -> None:
    other = FOUNDED.replace("1904", "1908")
    made = one_deck(FOUNDED, other)
    assert not [question for question in plain_questions(made) if question.answer in ("1904", "1908")]
    assert any("conflict" in note.reason and "1904" in note.reason and "1908" in note.reason for note in made.notes)


def test_a_surname_takes_its_first_name_from_another_article_of_the_deck() -> None:
    short = "The second day\n\n“San Francisco will lend money to every honest worker of the waterfront,” Giannini said.\n"
    made = one_deck(short, FOUNDED)
    asked = [question for question in plain_questions(made) if "lend money" in question.question]
    assert [question.answer for question in asked] == ["Amadeo Giannini"]


def test_a_quotation_of_an_unnamed_official_is_never_given_a_name() -> None:
    text = FOUNDED + "\n“The bank will lend money to every honest worker of this city,” a clerk of the city said.\n"
    assert not [question for question in plain_questions(one_deck(text)) if "lend money" in question.question]


def test_two_people_of_one_surname_are_told_apart_or_not_asked_about() -> None:
    text = (
        "The brothers at work\n\nOrville Wright and Wilbur Wright met the reporters of the town at the station.\n\n"
        "“The machine flies as well as any bird over these hills,” Wright said.\n"
    )
    assert not [question for question in plain_questions(one_deck(text)) if "machine flies" in question.question]


def test_a_year_after_which_when_follows_dates_what_happened() -> None:
    text = (
        "A pilot and a policy\n\nMore than 3,000 pupils of Ohio got free meals between 2007, when the Hamilton County school lunch pilot "
        "started in Cincinnati, and 2009, when the state senate of Ohio passed the School Meals Act.\n"
    )
    found = {question.answer: question.question for question in plain_questions(one_deck(text))}
    assert "School Meals Act" in found.get("2009", "")


def test_every_refusal_says_why_and_where(decks: dict[str, Generated]) -> None:
    refused = [note for note in decks["all"].notes if note.action in ("refused", "skipped")]
    assert refused
    assert all(note.reason and note.article and note.start >= 0 and note.text for note in refused)


def test_what_was_said_on_an_occasion_is_asked_with_it() -> None:
    text = "A banker\n\nAmadeo Giannini spoke during an April 20, 1906 meeting: “San Francisco must rise from its ashes now,” he said.\n"
    asked = [question.question for question in plain_questions(one_deck(text)) if question.answer == "Amadeo Giannini"]
    assert "Who said, “San Francisco must rise from its ashes now” during an April 20, 1906 meeting?" in asked


def test_an_event_named_with_its_year_is_asked_for_its_place() -> None:
    text = (
        "What the school learnt\n\nThe teachers of the town praised a 2007 school lunch pilot program in Cincinnati and asked for more.\n"
    )
    found = {question.question: question.answer for question in plain_questions(one_deck(text))}
    assert found.get("Where did the 2007 school lunch pilot program take place?") == "Cincinnati"


def test_the_name_of_a_policy_is_asked_for() -> None:
    text = 'A word in quotes\n\nIn 2007, the city council of Boston announced the so-called "zero waste" policy for all of its schools.\n'
    found = {question.answer: question for question in plain_questions(one_deck(text))}
    assert found["zero waste"].question.startswith("Which policy did the city council of Boston announce")


def test_what_stands_outside_a_relative_clause_is_not_lost_from_a_question() -> None:
    text = (
        "Speeches\n\nAndrew Lawson was asked about the long speeches he made to a group of Boston geologists in 1908. "
        "The reporters of the town were glad.\n"
    )
    assert not [question for question in plain_questions(one_deck(text)) if "make to a group" in question.question]


@pytest.mark.parametrize(
    "claim",
    [
        "would found the Bank of Italy in San Francisco in 1904",
        "did not found the Bank of Italy in San Francisco in 1904",
        "reportedly founded the Bank of Italy in San Francisco in 1904",
        "could have founded the Bank of Italy in San Francisco in 1904",
        "wanted to found the Bank of Italy in San Francisco in 1904, if the city let him",
    ],
)
def test_what_is_not_asserted_is_not_asked(claim: str) -> None:
    text = f"A banker\n\nThe people of the city were of one mind. Amadeo Giannini {claim}.\n"
    assert not [question for question in plain_questions(one_deck(text)) if "did Amadeo Giannini found" in question.question]


def test_a_claim_is_asked_as_whose_it_is() -> None:
    text = (
        "A count\n\nThe State Earthquake Investigation Commission reported that the fire of San Francisco destroyed 28,000 buildings.\n"
        "The people of the city were glad that it was over.\n"
    )
    found = [question for question in plain_questions(one_deck(text)) if question.answer == "28,000"]
    assert [question.question for question in found] == [
        "According to the State Earthquake Investigation Commission, how many buildings did the fire of San Francisco destroy?"
    ]


def test_wrong_places_are_never_the_place_of_the_same_event_said_otherwise() -> None:
    text = (
        "Two names for it\n\nThe teachers praised a 2007 school lunch pilot program in southern Ohio and asked for more of it.\n\n"
        "In August 2007, during the pilot program in Cincinnati, Ohio, the mayor visited the town of Dayton in Ohio.\n"
    )
    asked = [question for question in plain_questions(one_deck(text)) if question.answer == "southern Ohio"]
    assert asked
    for question in asked:
        assert not any("Cincinnati" in option for option in question.distractors)


@pytest.mark.parametrize(
    ("lead", "never"),
    [
        (
            "Andrew Lawson taught in Boston. His brother was shot in Boston on May 3, 1907, in front of the city hall.",
            r"\b[Hh]is brother\b",
        ),
        ("In 1908, the judges of Boston praised Mary Mark-Viverito of Ohio for the long report she wrote.", r"Mary Mark\b(?!-)"),
        ("Carly Lawson met Andrew Lawson in Boston. Lawson published the long report on San Francisco in 1908.", r"Andrew Lawson publish"),
        ("In 1908, he built the city hall of Boston with the help of Andrew Lawson and of Jack London.", r"\bhe\b"),
        (
            "The mayor praised Jack London. On Tuesday the Boston police arrested 20 people near the city hall.",
            r"20 people|How many people",
        ),
    ],
)
def test_what_cannot_stand_alone_is_not_asked(lead: str, never: str) -> None:
    for question in plain_questions(one_deck(f"Note\n\n{lead} The people of the town were glad of it.\n")):
        assert not re.search(never, question.question), question.question


AMOUNTS = [
    (
        "In 1964, the report of the Warren Commission was handed to President Lyndon Johnson. The 888-page report was sold in every town.",
        r"^How many pages did the report of the Warren Commission have\?$",
        "888",
    ),
    (
        "In 1980, the eruption of Mount St. Helens led to the deaths of 57 people in the state of Washington.",
        r"eruption of Mount St\. Helens led to the deaths of how many people",
        "57",
    ),
    (
        "In 2006, the economist Nicholas Stern warned the British government that climate change could cost the world at least 5 percent "
        "of global output.",
        r"Nicholas Stern warned the British government that climate change could cost the world what percentage of global output\?$",
        "at least 5 percent",
    ),
    (
        "Visitors to New York are able to climb 354 steps inside the Statue of Liberty, according to the National Park Service.",
        r"^According to the National Park Service, visitors to New York were able to climb how many steps inside the Statue of Liberty\?$",
        "354",
    ),
    (
        "In 1803, the United States paid France about $15 million for the Louisiana territory.",
        r"^How much did the United States pay France for the Louisiana territory in 1803\?$",
        "about $15 million",
    ),
    (
        "John F. Kennedy died in Dallas at the age of 46 on November 22, 1963.",
        r"^At what age did John F\. Kennedy die in Dallas on November 22, 1963\?$",
        "46",
    ),
]


@pytest.mark.parametrize(("sentence", "stem", "key"), AMOUNTS)
def test_an_amount_is_asked_with_all_that_its_statement_says(sentence: str, stem: str, key: str) -> None:
    made = one_deck(f"Note\n\n{sentence} The teachers of the town spoke of it at length.\n")
    found = {question.question: question.answer for question in plain_questions(made)}
    assert [answer for question, answer in found.items() if re.search(stem, question)] == [key], found


@pytest.mark.parametrize(
    "sentence",
    [
        "In 1980, the two brothers of Mount St. Helens guide Harry Truman bought a 5,125-square-foot house in Seattle.",
        "Harry Truman said he would sell 57 boats in Seattle.",
        "In 1980, Harry Truman sold none of his 57 boats in Seattle.",
    ],
)
def test_numbers_that_count_nothing_by_themselves_are_not_asked(sentence: str) -> None:
    made = one_deck(f"Note\n\n{sentence} The teachers of the town spoke of it at length.\n")
    assert not [question.question for question in plain_questions(made) if "how many" in question.tags or "how-many" in question.tags]


LEAD = "On April 18, 1906, a great fire destroyed the city hall of San Francisco.\n\n"


def test_what_an_unnamed_official_wrote_is_asked_for_the_position() -> None:
    text = (
        f"The fire\n\n{LEAD}“The water mains of San Francisco broke in the first minute of the earthquake,” the deputy fire chief wrote.\n"
    )
    asked = [question for question in plain_questions(one_deck(text)) if "water mains" in question.question]
    assert [(question.question.split("“")[0], question.answer) for question in asked] == [
        ("What was the position of the official who wrote, ", "deputy fire chief")
    ]


def test_what_an_organisation_said_is_asked_for_the_organisation() -> None:
    text = f"The fire\n\n{LEAD}“The water mains of San Francisco broke in the first minute,” the Seismological Society of America said.\n"
    asked = [question for question in plain_questions(one_deck(text)) if "water mains" in question.question]
    assert [question.answer for question in asked] == ["the Seismological Society of America"]
    assert asked[0].question.startswith("Which organisation said, “")


def test_a_long_quotation_is_cut_to_one_clause_of_its_own() -> None:
    text = FOUNDED + (
        "\n“The depositors of San Francisco lost every house in the fire of April, and the Bank of Italy will lend money to every honest "
        "worker of San Francisco who asks us for it at the counter,” Giannini said.\n"
    )
    asked = [question.question for question in plain_questions(one_deck(text)) if question.question.startswith("Who said")]
    assert asked == ["Who said, “The depositors of San Francisco lost every house in the fire of April”?"]


def test_one_event_told_twice_gives_four_questions_at_the_most() -> None:
    text = FOUNDED + "\nIn 1904, Amadeo Giannini opened the Bank of Italy in San Francisco with the help of his friends.\n"
    asked = [question.question for question in plain_questions(one_deck(text)) if "Bank of Italy" in question.question]
    assert 1 <= len(asked) <= 4, asked


def test_a_weekday_is_a_date_only_where_the_article_gives_its_own() -> None:
    news = "The fire of San Francisco destroyed the Palace Hotel on Wednesday. The mayor of the city wept at the sight of it.\n"
    dated = plain_questions(one_deck(f"Date: 1906-04-20\n\nThe fire\n\n{news}"))
    (asked,) = [question for question in dated if "Palace Hotel" in question.question]
    assert asked.answer == "April 18, 1906"
    assert len(asked.evidence) == 2
    assert not [question for question in plain_questions(one_deck(f"The fire\n\n{news}")) if question.type == "date"]


def test_a_name_taken_from_elsewhere_is_shown_as_evidence() -> None:
    text = (
        'A word\n\nIn 2007, the city council of Boston announced the so-called "zero waste" policy for its schools.\n\n'
        "On May 4, 2008, the mayor of Boston signed the policy in front of the State House.\n"
    )
    asked = [question for question in plain_questions(one_deck(text)) if question.answer == "May 4, 2008"]
    assert asked
    assert "zero waste" in asked[0].question
    assert any("zero waste" in evidence.quote for evidence in asked[0].evidence)


def asked_of(sentences: str) -> dict[str, str]:
    """The questions of a short article with these sentences, with their keys."""
    made = one_deck(f"Note\n\n{sentences} The teachers of the town spoke of it at length.\n")
    return {question.question: question.answer for question in plain_questions(made)}


DISTANCE = [
    "The Mariner mission came four years after the Soviet probe Luna 9 crashed into Mars in 1969.",
    "Four years before Neil Armstrong walked on the Moon in July 1969, Alexei Leonov left the Voskhod capsule in March 1965.",
    "The landing came five years after Chang'e-3 landed in the Sea of Rains in December 2013.",
    "Four years later, Neil Armstrong signed the Apollo contract with Purdue University in 1962.",
]


@pytest.mark.parametrize("sentence", DISTANCE)
def test_how_far_off_another_event_was_is_no_length_of_time(sentence: str) -> None:
    for question in asked_of(sentence):
        assert not re.search(r"[Hh]ow long|how many years|(?:four|five) years", question), question


@pytest.mark.parametrize("verb", ["crashed", "died", "landed", "signed the lease"])
def test_nobody_is_asked_how_long_a_moment_lasted(verb: str) -> None:
    found = asked_of(f"In 1980, Harry Truman {verb} in Seattle for three years with the guides of Mount St. Helens.")
    assert not [question for question in found if "how long" in question.lower()]


def test_what_lasted_before_something_else_is_still_asked() -> None:
    found = asked_of("Neil Armstrong lived in Ohio for ten years before Buzz Aldrin moved to Florida in 1998.")
    assert found.get("For how long did Neil Armstrong live in Ohio?") == "ten years"


def test_bodies_of_the_sky_and_numbered_craft_are_no_people_known_by_surname() -> None:
    found = asked_of(
        "Russia's Luna 25 crashed into the Moon on August 19, 2023. Schoolboy Keith Moon drummed in Wembley. "
        "The probe Mariner 4 passed Mars on July 14, 1965."
    )
    assert found.get("On what date did Russia's Luna 25 crash into the Moon?") == "August 19, 2023", found


def test_a_first_name_that_is_also_a_word_for_an_organisation_names_a_person() -> None:
    found = asked_of(
        "Bill Nelson, the administrator of NASA, spoke in Boston. “The rockets of Florida will carry every student of Boston,” Nelson said."
    )
    assert [answer for question, answer in found.items() if "rockets of Florida" in question] == ["Bill Nelson"], found


@pytest.mark.parametrize(
    ("sentences", "stem"),
    [
        ("Neil Armstrong was born in Ohio. Armstrong died in August 2012.", "In what month and year did Neil Armstrong die?"),
        (
            "The probe Chandrayaan-2 crashed during its descent in September 2019.",
            "In what month and year did the probe Chandrayaan-2 crash during its descent?",
        ),
        (
            "Chandrayaan-2 crashed during its descent in September 2019.",
            "In what month and year did Chandrayaan-2 crash during its descent?",
        ),
    ],
)
def test_a_full_name_and_what_befell_it_tell_enough_to_be_dated(sentences: str, stem: str) -> None:
    assert stem in asked_of(sentences)


def test_a_surname_alone_tells_too_little_to_be_dated() -> None:
    assert not asked_of("The pilot was at home. Armstrong died in August 2012.")


def test_days_of_mourning_that_were_declared_are_counted() -> None:
    found = asked_of(
        "In April 1968, President Lyndon Johnson declared three days of national mourning for Martin Luther King in Washington."
    )
    assert "three days" in found.values(), found
