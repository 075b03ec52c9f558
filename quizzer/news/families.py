"""Institutions of one kind, for articles that name too few of their own: a court beside courts, a newspaper beside newspapers.

General knowledge only, and only of what exists; "the" stands where English puts it. What an article tells never comes from here.
"""

import re

from quizzer.news.words import words

_FAMILIES = [
    words(family, by=",")
    for family in (
        "the Democratic Party,the Republican Party,the Libertarian Party,the Green Party",
        "the Labour Party,the Conservative Party,the Liberal Democrats,the Scottish National Party,the UK Independence Party",
        "the New York Times,the Washington Post,the Wall Street Journal,the Los Angeles Times,the Chicago Tribune,the Boston Globe,"
        "the Philadelphia Inquirer,the Miami Herald,the Dallas Morning News,the Denver Post,USA Today",
        "the Guardian,the Daily Telegraph,the Independent,the Financial Times,the Daily Mail,the Daily Mirror",
        "Time,Newsweek,Fortune,Forbes,Life,Harper's,Vanity Fair,Rolling Stone,The Atlantic,The New Yorker,The Economist",
        "CNN,Fox News,MSNBC,ABC News,CBS News,NBC News,NPR,PBS,C-SPAN,Univision",
        "the Associated Press,Reuters,Bloomberg News,Agence France-Presse",
        "the State Department,the Justice Department,the Treasury Department,the Defense Department,the Labor Department,"
        "the Commerce Department,the Energy Department,the Education Department,the Interior Department,"
        "the Agriculture Department,the Transportation Department",
        "the Department of State,the Department of Justice,the Department of Defense,the Department of Labor,"
        "the Department of Commerce,the Department of Energy,the Department of Education,the Department of the Interior,"
        "the Department of Agriculture,the Department of Transportation,the Department of Homeland Security",
        "the FBI,the CIA,the National Security Agency,the Secret Service,the Drug Enforcement Administration,the Coast Guard",
        "the Internal Revenue Service,the Social Security Administration,the Census Bureau,the Congressional Budget Office,"
        "the Government Accountability Office,the Office of Management and Budget",
        "the Environmental Protection Agency,the Food and Drug Administration,the Federal Aviation Administration,"
        "the Nuclear Regulatory Commission,the National Weather Service,the Fish and Wildlife Service,the Forest Service",
        "the Securities and Exchange Commission,the Federal Trade Commission,the Federal Reserve,the Federal Election Commission,"
        "the Federal Communications Commission,the Federal Deposit Insurance Corporation",
        "NASA,the European Space Agency,the Indian Space Research Organisation,the Japan Aerospace Exploration Agency,Roscosmos",
        "the United Nations,the European Union,NATO,the World Bank,the International Monetary Fund,the World Trade Organization,"
        "the World Health Organization,the African Union,the Arab League,OPEC",
        "Harvard University,Yale University,Princeton University,Stanford University,Columbia University,Cornell University,"
        "Georgetown University,Duke University,Northwestern University,Vanderbilt University,Rice University,Emory University",
        "the University of Michigan,the University of Virginia,the University of Chicago,the University of Texas,"
        "the University of Pennsylvania,the University of Wisconsin,the University of Minnesota,the University of Iowa",
        "Harvard Law School,Yale Law School,Columbia Law School,Stanford Law School,Georgetown Law School",
        "the Brookings Institution,the Heritage Foundation,the Cato Institute,the American Enterprise Institute,"
        "the Hoover Institution,the RAND Corporation,the Council on Foreign Relations,the Hudson Institute,"
        "the Carnegie Endowment for International Peace,the Center for American Progress",
        "Goldman Sachs,JPMorgan Chase,Morgan Stanley,Citigroup,Bank of America,Wells Fargo,Deutsche Bank,Credit Suisse,Barclays",
        "the Blackstone Group,the Carlyle Group,Bain Capital,Apollo Global Management,Bridgewater Associates,Citadel",
        "Apple,Microsoft,IBM,Hewlett-Packard,Dell,Intel,Oracle,Cisco,Xerox,Compaq",
        "Google,Facebook,Twitter,Yahoo,Amazon,Netflix,eBay,LinkedIn,Snapchat",
        "Ford,General Motors,Chrysler,Toyota,Honda,Nissan,Volkswagen,BMW,Tesla",
        "PepsiCo,Coca-Cola,Kraft,Nestlé,General Mills,Kellogg,Mondelez,Mars,Hershey,Unilever",
        "Walmart,Target,Costco,Sears,Macy's,Kmart,Home Depot,Best Buy",
        "ExxonMobil,Chevron,BP,Shell,ConocoPhillips,TotalEnergies",
        "Pfizer,Merck,Johnson & Johnson,Bristol-Myers Squibb,Eli Lilly,AstraZeneca,Novartis,GlaxoSmithKline,Valeant",
        "Boeing,Airbus,Lockheed Martin,Northrop Grumman,Raytheon,General Dynamics",
        "Delta,American Airlines,United Airlines,Southwest Airlines,JetBlue",
        "AT&T,Verizon,Comcast,Sprint,T-Mobile,Time Warner",
        "the United Auto Workers,the Teamsters,the United Steelworkers,the Service Employees International Union,"
        "the American Federation of Teachers,the National Education Association",
        "the American Civil Liberties Union,the NAACP,the Southern Poverty Law Center,the Anti-Defamation League,Human Rights Watch,"
        "Amnesty International,the Urban League",
        "the Sierra Club,Greenpeace,the Nature Conservancy,the National Audubon Society,the World Wildlife Fund",
    )
]  # fmt: skip
_CIRCUITS = words("First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh")
_LANDMARKS = [
    words(family, by=",")
    for family in (
        "the White House,the Capitol,the Pentagon,the Supreme Court,the State Department,Camp David",
        "the Empire State Building,the Chrysler Building,Rockefeller Center,the Woolworth Building,Grand Central Terminal",
        "the Atlantic Ocean,the Pacific Ocean,the Indian Ocean,the Arctic Ocean",
        "the Mediterranean Sea,the Black Sea,the Red Sea,the Baltic Sea,the North Sea,the Caribbean Sea",
        "Africa,Asia,Europe,South America,North America,Australia,Antarctica",
    )
]
_BY_NOUN = {
    "party": "the Democratic Party", "newspaper": "the New York Times", "magazine": "Newsweek", "network": "CNN",
    "news organisation": "CNN", "bank": "Goldman Sachs", "law school": "Yale Law School", "think tank": "the Cato Institute",
}  # fmt: skip

_BY_NAME = (
    (r"\blaw school$", "Yale Law School"),
    (r"^university of ", "the University of Michigan"),
    (r" university$", "Yale University"),
    (r"^department of ", "the Department of State"),
    (r" department$", "the State Department"),
    (r" (?:times|post|herald|tribune|globe)$", "the New York Times"),
)


def institutions_like(name: str, noun: str = "") -> list[str]:
    """Return institutions of the kind of ``name``, with or without "the" as it is; ``noun`` is what a question calls it.

    Empty where its kind is not known: nothing is offered that only looks alike.
    """
    family = _family(name, _FAMILIES) or _courts(name) or _named_so(name) or _family(_BY_NOUN.get(noun, ""), _FAMILIES)
    return _shaped(name, family)


def landmarks_like(name: str) -> list[str]:
    """Return buildings, seas or continents of the kind of ``name``; empty where its kind is not known."""
    return _shaped(name, _family(name, _LANDMARKS))


def of_one_family(one: str, other: str) -> bool:
    """Whether the stock knows two institutions to be of one kind."""
    family = _family(one, _FAMILIES)
    return bool(family) and family is _family(other, _FAMILIES)


def _bare(name: str) -> str:
    return re.sub(r"^(?:the|The) ", "", name).lower()


def _places(families: list[list[str]]) -> dict[str, int]:
    """Return for each name the first family it is in."""
    return {_bare(name): place for place, family in reversed(list(enumerate(families))) for name in family}


_FAMILY_OF, _LANDMARK_OF = _places(_FAMILIES), _places(_LANDMARKS)


def _family(name: str, families: list[list[str]]) -> list[str]:
    if not name:
        return []
    known = _FAMILY_OF if families is _FAMILIES else _LANDMARK_OF
    plain = _bare(name)
    short = re.sub(r" (?:magazine|newspaper|news)$", "", plain)
    return families[min(places)] if (places := [known[one] for one in (plain, short) if one in known]) else []


def _shaped(name: str, family: list[str]) -> list[str]:
    others = [one for one in family if _bare(one) != _bare(name) and _bare(one) not in _bare(name) and _bare(name) not in _bare(one)]
    if name.startswith("the "):
        return [one for one in others if one.startswith("the ")] or [one for one in others if _is_brief(one)]
    return [re.sub(r"^the ", "", one) for one in others]


def _is_brief(name: str) -> bool:
    return name.isupper()


def _courts(name: str) -> list[str]:
    """Return the other circuits of "the U.S. Court of Appeals for the Ninth Circuit", the courts of other states."""
    found = next((circuit for circuit in _CIRCUITS if re.search(rf"\b{circuit} Circuit\b", name)), "")
    return [name.replace(found, circuit) for circuit in _CIRCUITS if circuit != found] if found else []


def _named_so(name: str) -> list[str]:
    """Return the family that a word of a name tells: "X University", "the University of X", "X Law School", "the X Department"."""
    plain = _bare(name)
    return next((_family(one, _FAMILIES) for pattern, one in _BY_NAME if re.search(pattern, plain)), [])
