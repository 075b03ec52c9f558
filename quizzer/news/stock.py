"""Neutral wrong options by sort and grain, for articles that name too few of their own: cities by state or country, posts by family.

Words of general knowledge only; what an article tells never comes from here.
"""

import re

from quizzer.news.words import COUNTRIES, STATES, words

CITIES = {
    state: words(cities, by=",")
    for state, cities in zip(
        STATES,
        words(
            "Birmingham,Mobile,Huntsville;Anchorage,Fairbanks,Juneau;Phoenix,Tucson,Mesa;Little Rock,Fort Smith,Fayetteville;"
            "Fresno,Sacramento,San Diego,Oakland;Denver,Boulder,Pueblo;Hartford,New Haven,Stamford;Wilmington,Dover,Newark;"
            "Tampa,Jacksonville,Orlando,Miami;Savannah,Augusta,Macon,Atlanta;Honolulu,Hilo,Kailua;Boise,Nampa,Pocatello;"
            "Chicago,Peoria,Rockford,Springfield;Indianapolis,Fort Wayne,Evansville;Des Moines,Cedar Rapids,Davenport,Sioux City;"
            "Wichita,Topeka,Overland Park;Louisville,Lexington,Bowling Green;New Orleans,Baton Rouge,Shreveport;Portland,Bangor,Augusta;"
            "Baltimore,Annapolis,Frederick;Boston,Worcester,Springfield,Cambridge;Detroit,Grand Rapids,Lansing,Flint;"
            "Minneapolis,Duluth,Rochester;Jackson,Biloxi,Hattiesburg;St. Louis,Kansas City,Springfield;Billings,Missoula,Helena;"
            "Omaha,Lincoln,Grand Island;Las Vegas,Reno,Henderson;Manchester,Nashua,Concord;Newark,Trenton,Camden,Jersey City;"
            "Albuquerque,Santa Fe,Las Cruces;Buffalo,Rochester,Albany,Syracuse;"
            "Charlotte,Raleigh,Greensboro,Durham;Fargo,Bismarck,Minot;"
            "Cleveland,Columbus,Cincinnati,Toledo;Tulsa,Norman,Oklahoma City;Portland,Salem,Eugene;Philadelphia,Pittsburgh,Scranton,Erie;"
            "Providence,Newport,Warwick;Charleston,Columbia,Greenville;Sioux Falls,Rapid City,Pierre;Nashville,Memphis,Knoxville;"
            "Houston,San Antonio,Dallas,Laredo,Brownsville;Salt Lake City,Provo,Ogden;Burlington,Montpelier,Rutland;"
            "Richmond,Norfolk,Virginia Beach,Roanoke;Seattle,Spokane,Tacoma;Charleston,Huntington,Morgantown;Milwaukee,Madison,Green Bay;"
            "Cheyenne,Casper,Laramie",
            by=";",
        ),
        strict=True,
    )
}
CAPITALS = words(
    "Paris,London,Berlin,Madrid,Rome,Vienna,Brussels,Geneva,Amsterdam,Stockholm,Oslo,Copenhagen,Warsaw,Prague,Athens,Lisbon,Dublin,"
    "Moscow,Kyiv,Ankara,Istanbul,Cairo,Beirut,Baghdad,Tehran,Riyadh,Doha,Tokyo,Beijing,Shanghai,Seoul,Bangkok,Manila,Jakarta,Delhi,"
    "Mumbai,Sydney,Melbourne,Toronto,Montreal,Mexico City,Havana,Bogotá,Lima,Santiago,Buenos Aires,Nairobi,Lagos,Johannesburg",
    by=",",
)
_BIG = words(
    "Chicago,Houston,Phoenix,Philadelphia,San Diego,Dallas,Detroit,Seattle,Denver,Boston,Baltimore,Milwaukee,Cleveland,Atlanta,Miami,"
    "Minneapolis,St. Louis,Pittsburgh,Cincinnati,New Orleans,Portland,Las Vegas,San Francisco,Los Angeles,Tampa,Orlando,Charlotte",
    by=",",
)
_WORLD = words("New York,London,Paris,Rome,Tokyo,Toronto", by=",")
_LARGE = words(
    "Arizona,California,Colorado,Florida,Georgia,Kansas,Kentucky,Michigan,Missouri,Montana,Nevada,Ohio,Oregon,Pennsylvania,"
    "Tennessee,Texas,Virginia,Washington,Wisconsin",
    by=",",
)
_SIDES = words("northern southern eastern western central north south east west")
_POSTS = [
    words(family, by=",")
    for family in (
        "attorney general,secretary of state,defense secretary,treasury secretary,labor secretary",
        "deputy attorney general,deputy secretary of state,deputy defense secretary,deputy treasury secretary",
        "secretary of state,secretary of defense,treasury secretary,secretary of commerce,secretary of labor,secretary of the interior",
        "defense secretary,education secretary,energy secretary,labor secretary,commerce secretary,treasury secretary",
        "prime minister,foreign minister,finance minister,defense minister,interior minister,justice minister",
        "chief of staff,press secretary,national security adviser,budget director",
        "vice president,secretary of state,House speaker,Senate majority leader,attorney general",
        "CIA director,FBI director,NSA director,director of national intelligence",
        "House speaker,House minority leader,Senate majority leader,Senate minority leader,House majority whip",
        "chief justice,solicitor general,attorney general",
        "Republican National Committee chairman,Democratic National Committee chairman,Federal Reserve chairman",
        "chief executive,chief financial officer,chief operating officer,general counsel",
        "police chief,fire chief,city manager,city attorney",
        "majority leader,minority leader,majority whip,minority whip",
    )
]


def places_like(name: str) -> list[str]:
    """Return places of the grain of ``name``: a state, a country, a part of a state, a city in the same state, a well-known city."""
    if name in STATES:
        return [state for state in STATES if state != name]
    if name in COUNTRIES:
        return [country for country in COUNTRIES if country != name]
    first, _, rest = name.partition(" ")
    if first.lower() in _SIDES and rest in STATES:
        return [f"{first} {state}" for state in _LARGE if state != rest]
    city, _, state = name.partition(", ")
    if state in CITIES:
        return [f"{other}, {state}" for other in CITIES[state] if other != city]
    if name in CAPITALS:
        return [other for other in CAPITALS if other != name]
    if name in _BIG or any(name in cities for cities in CITIES.values()):
        return [other for other in _BIG if other != name]
    return []


def is_city(name: str) -> bool:
    """Whether ``name`` is a city of the stock."""
    return name in CAPITALS or name in _BIG or any(name in cities for cities in CITIES.values())


def posts_like(post: str) -> list[str]:
    """Return posts of the family of ``post``, written as it is ("French Foreign Minister": "French Finance Minister").

    A post of a state or a city is that post of another one: nobody governs two.
    """
    if elsewhere := _elsewhere(post):
        return elsewhere
    for family in _POSTS:
        for own in sorted(family[:1] if family[0].endswith("attorney general") else family, key=len, reverse=True):
            if post.lower() == own.lower() or post.lower().endswith(f" {own.lower()}"):
                lead = post[: len(post) - len(own)]
                capital = post.split()[-1][:1].isupper() and not own.split()[-1][:1].isupper()
                return [lead + (_titled(other) if capital else other) for other in family if other != own]
    return []


def _elsewhere(post: str) -> list[str]:
    """Return the post in other states, or in other cities: "Maryland governor", "mayor of Boston"."""
    if not re.search(r"\b(?:governor|senator|mayor|attorney general|lieutenant governor|secretary of state|congressman)\b", post.lower()):
        return []
    state = next((name for name in sorted(STATES, key=len, reverse=True) if re.search(rf"\b{name}\b", post)), "")
    if state and "mayor" not in post.lower():
        return [post.replace(state, other) for other in _LARGE if other not in (state, *state.split()) and other != state]
    city = next((city for cities in (*CITIES.values(), _BIG, _WORLD) for city in cities if re.search(rf"\b{city}(?: City)?\b", post)), "")
    if city and "mayor" in post.lower():
        own = city if f"{city} City" not in post else f"{city} City"
        return [post.replace(own, other) for other in _BIG if other != city]
    return []


def _titled(post: str) -> str:
    return " ".join(word if word in ("of", "the") else word[:1].upper() + word[1:] for word in post.split())
