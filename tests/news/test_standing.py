"""No question leans on words that only its article explains."""

import pytest

from quizzer.news.standing import leaning


@pytest.mark.parametrize(
    "stem",
    [
        "As of May 1961, the first fundraiser, which the mayor was to headline, required a {{$10}} donation.",
        "In which state was support for the Boston businessman low?",
        "Amelia Earhart’s comment highlighted the silence of {{Congress}} on the matter.",
        "In what year did Wilbur Wright send out letters on his behalf?",
        "Who was quoted in May 1912 as saying, “Second, in this case it is the captain who sounds angry”?",
        "Who said, “Every one of us will throw our weight behind it”?",
        "Who said, “Steam and steel were a shock that was way larger”?",
        "Who said, “I hold in the highest esteem Sen”?",
        "Who wrote, “Sadly, the campaign has just run into a huge wall”?",
        "How many signatures had One petition for a bridge received by May 1912?",
    ],
)
def test_what_only_the_article_explains_is_found(stem: str) -> None:
    assert leaning(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Who was the first person to walk on the Moon?",
        "In what year was the first flight of the Wright brothers?",
        "Who said, “That's one small step for man, one giant leap for mankind”?",
        "Who was quoted in May 1961 as saying, “I believe that this nation should commit itself to achieving the goal”?",
        "Amelia Earhart’s letter to Congress asked for {{an airfield|airfield}}.",
        "Which department published the report of the commission on the {{1906}} earthquake?",
        "What did the Republican senator Margaret Chase Smith read to the Senate in June 1950?",
    ],
)
def test_what_stands_alone_is_left_alone(stem: str) -> None:
    assert leaning(stem) == ""


@pytest.mark.parametrize(
    "stem",
    [
        "What percentage did Harry Truman and Thomas Dewey have in October 1948?",
        "Who trounced Estes Kefauver in the California primary?",
        "Which newspaper reported that in Chicago the vote was close, the radio reported?",
        "Not before the band had played were the {{49}} flags raised.",
        "Who said, “Does that not speak to your judgment”?",
        "The {{Navy}} made its statement in response to a request from the press.",
    ],
)
def test_a_poll_an_event_or_a_source_that_nobody_could_tell_is_found(stem: str) -> None:
    assert leaning(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "What percentage of Americans watched the landing in July 1969?",
        "Who won the New Hampshire primary in 1952?",
        "By what percentage had prices grown by May 1921?",
        "In what year did Harry Truman win the Missouri primary?",
    ],
)
def test_a_share_of_something_and_a_dated_event_stand_alone(stem: str) -> None:
    assert leaning(stem) == ""


@pytest.mark.parametrize(
    "stem",
    [
        "Police killed the gunman in {{Chicago}} in May 1921.",
        "In May 1952, {{Warner Brothers}} was developing a movie version starring John Wayne.",
        "By May 1921, state party chairman Will Hays had implored delegates to unite.",
    ],
)
def test_a_gunman_a_film_or_a_party_of_no_name_is_found(stem: str) -> None:
    assert leaning(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "For which organisation was Ada Byron a fellow at the Institute in July 1921?",
        "In May 1952, Adlai Stevenson pressed the {{Navy}} to release the 28 pages.",
        "Adlai Stevenson is telling a crowd in {{Salem}} that rockets are toys.",
        "Who led Estes Kefauver by less than one percent of votes in May 1952?",
        "Hart, how many miles south had 41 voters in February 1952?",
    ],
)
def test_a_name_cut_short_or_a_lead_of_nowhere_is_found(stem: str) -> None:
    assert leaning(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Who spoke for Estes Kefauver in the run-up to the 1952 elections?",
        "Who led Estes Kefauver by 300 votes in New Hampshire in March 1952?",
        "Who said that Harry Truman is ignoring the law?",
        "Who was hired as deputy on the National Economic Council in 1997?",
    ],
)
def test_a_year_a_place_or_a_claim_stands_alone(stem: str) -> None:
    assert leaning(stem) == ""


@pytest.mark.parametrize(
    "stem",
    [
        "In May 1912, {{Arthur Rostron|Rostron}} hurried to the aid of the White Star employees.",
        "The Navy findings raised doubts about {{Robert Peary|Peary}}.",
        "A day before Adlai Stevenson met the former Treasury secretary, {{Harry Truman|Truman}} dined with him.",
        "Who drew a contrast with the front-runner on tariffs, as reported in May 1912?",
        "Who called Harry Truman’s words and actions “a disgrace”?",
        "In {{1954}}, Joseph Welch silenced the room with one sentence.",
        "Who defended a colleague's map of the North Pole?",
        "According to Adlai Stevenson in May 1952, {{Estes Kefauver|Kefauver}} and Richard Russell are in trouble.",
        "Whom did Joseph Welch criticize for accusing the young lawyer?",
        "The income of the richest {{1 percent}} grew by half from 1921 to 1928.",
        "What percentage of Alaskans opposed Alaska's tax in 1978?",
        "What does the acronym EP stand for?",
        "Who said, “The timing could not have been any worse than it turned out”?",
        "Who said, “When the whole crew went there to look, nothing was left of it at all”?",
    ],
)
def test_people_and_things_that_an_earlier_sentence_names_are_found(stem: str) -> None:
    assert leaning(stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Who praised the Navy officials who planned the flight?",
        "Who succeeded the former secretary of war in May 1912?",
        "Who was the front-runner for the Democratic nomination in May 1952?",
        "Whom did Joseph McCarthy accuse of treason in June 1951?",
        "The income of the richest 1 percent in the United States grew by {{half}} from 1921 to 1928.",
        "What does the acronym NASA stand for?",
        "Who said, “The cause of freedom is the cause of every one of us”?",
        "Who praised John Glenn’s actions in orbit in February 1962?",
    ],
)
def test_what_is_told_with_its_people_and_things_stands_alone(stem: str) -> None:
    assert leaning(stem) == ""
