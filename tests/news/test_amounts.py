"""Amounts: each is asked with the poll, the place and the time that it hangs on, or not at all."""

import re

import pytest

from .test_facts import asked_of

ASKED = [
    ("2014-09-10", "The survey was published by Scotland's papers. A YouGov poll startled London. "
     "Just 47 percent of Scottish voters supported independence.",
     "What percentage of Scottish voters supported independence in a YouGov poll reported in September 2014?", "47 percent"),
    ("2014-09-18", "Alex Salmond held three rallies across Aberdeenshire on Wednesday.",
     "How many rallies did Alex Salmond hold across Aberdeenshire on September 17, 2014?", "three"),
    ("2019-11-24", "Michael Bloomberg has reserved about $37 million in airtime across America this week.",
     "How much did Michael Bloomberg reserve in airtime across America in one week of November 2019?", "about $37 million"),
    ("2012-03-14", "In Hawaii, 17 Republican delegates were up for grabs.",
     "How many Republican delegates were up for grabs in Hawaii in 2012?", "17"),
    ("", "In 1939, Nicholas Winton found British families for 669 children who had fled from Prague.",
     "For how many children who had fled from Prague did Nicholas Winton find British families in 1939?", "669"),
    ("", "Standard Chartered paid a $340 million settlement for hiding the transactions of Iran from New York.",
     "How large a settlement for hiding the transactions of Iran from New York did Standard Chartered pay?", "$340 million"),
    ("", "In 1933, Harold Ickes ran a $3.3 billion emergency building program for Franklin Roosevelt.",
     "How large an emergency building program for Franklin Roosevelt did Harold Ickes run in 1933?", "$3.3 billion"),
    ("2013-04-20", "Three people were killed and hundreds were wounded in the bombing of the Boston Marathon on April 15, 2013.",
     "How many people were killed in the bombing of the Boston Marathon on April 15, 2013?", "three"),
    ("2016-06-30", "Unemployment in Spain fell to 20 percent in 2015 from 24 percent in 2014.",
     "Unemployment in Spain fell to what percentage in 2015?", "20 percent"),
    ("2016-06-30", "Tesla sold 50,580 cars in 2015, up from 31,655 in 2014.", "How many cars did Tesla sell in 2015?", "50,580"),
    ("2009-06-30", "On Monday, Bernard Madoff was sentenced to 150 years in prison by a federal judge in New York.",
     "Bernard Madoff was sentenced to how many years in prison by a federal judge in New York on June 29, 2009?", "150 years"),
    ("2016-11-10", "On Tuesday, Roy Cooper beat Pat McCrory 49 percent to 48.8 percent in North Carolina.",
     "What percentage of the vote did Roy Cooper win in North Carolina in November 2016?", "49 percent"),
    ("2014-05-21", "Mitch McConnell took 60 percent of the vote to investor Matt Bevin's 35 percent in the Republican primary in Kentucky.",
     "What percentage of the vote did Matt Bevin win in the Republican primary in Kentucky in 2014?", "35 percent"),
    ("2014-05-21", "Mitch McConnell took 60 percent of the vote to investor Matt Bevin's 35 percent in the Republican primary in Kentucky.",
     "What percentage of the vote did Mitch McConnell win in the Republican primary in Kentucky in 2014?", "60 percent"),
    ("2015-11-13", "A New York Times survey appeared. Hillary Clinton has support from 57 percent of Democratic primary voters.",
     "Hillary Clinton had support from what percentage of Democratic primary voters in a New York Times survey reported in November 2015?",
     "57 percent"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "text", "stem", "key"), ASKED)
def test_an_amount_is_asked_with_what_it_hangs_on(date: str, text: str, stem: str, key: str) -> None:
    found = asked_of(text, date=date)
    assert found.get(stem) == key, found


NOT_ASKED = [
    ("2014-09-10", "Just 47 percent of Scottish voters supported independence.", r"percent", "a share of people in no poll"),
    ("2014-09-10", "A YouGov poll startled London. That is a rise from August, when 39 percent of Scottish voters supported independence.",
     r"39 percent", "the share of an earlier poll"),
    ("2015-04-12", "Jeff Bezos of Seattle has four children and a rocket company in Texas.", r"children", "children"),
    ("2015-04-12", "In 2014, Forbes put Malala Yousafzai on its list of the 30 brightest young people.", r"how many", "a name"),
    ("2015-04-12", "Here are three reasons the Labour Party of Ed Miliband should hope in Scotland.", r"How many", "its own list"),
    ("2012-06-10", "Justin Bieber of Canada has nearly 9 million followers.", r"followers", "followers nowhere"),
    ("", "Warren Buffett of Omaha saw his Coca-Cola stake balloon to at least $10 billion.", r"balloon", "a change without its time"),
    ("2014-04-05", "In Boston, crowds watched more than 400 bands parade through the Back Bay.", r"How many bands", "cut off"),
    ("2012-03-14", "Rick Santorum trailed Mitt Romney by about 1,500 votes in early returns.", r"how many votes", "no place"),
    ("2012-03-14", "Rick Santorum flew with his 14-year-old son in a Cessna to a rally in Missouri.", r"of what age", "a son"),
    ("2013-06-27", "In 2008, John McCain lost Nevada. Ed Markey won 55 percent of the vote in Massachusetts.", r"percent", "any year"),
    ("2013-06-27", "Ed Markey won 55 percent of the vote on Tuesday.", r"percent", "anywhere"),
    ("2013-06-27", "Ed Markey crossed New York. Ed Markey took 55 percent of the vote to Gabriel Gomez's 45 percent on Tuesday.",
     r"percent", "a vote where the article only has been"),
]  # fmt: skip


@pytest.mark.parametrize(("date", "text", "pattern", "trap"), NOT_ASKED)
def test_an_amount_that_hangs_on_what_is_not_told_is_not_asked(date: str, text: str, pattern: str, trap: str) -> None:
    for question, answer in asked_of(text, date=date).items():
        assert not re.search(pattern, f"{question} {answer}", re.IGNORECASE), f"{trap}: {question}"
