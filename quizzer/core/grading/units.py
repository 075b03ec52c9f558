"""Units: what each word or sign measures, and how much of it, so that 2 weeks are 14 days and pages are not minutes."""

from fractions import Fraction

from quizzer.core.grading.lexicon import word_set

Unit = tuple[str, Fraction]  # what is measured, and how much of its base unit this is

# dimension, size in its base unit: names (one word of letters has its plural in s as well)
_TABLE = """
time 1: second, sec, s
time 60: minute, min
time 3600: hour, hr, h
time 86400: day, d
time 604800: week, wk
time 1209600: fortnight
time 1/1000: millisecond, ms
calendar 1: month, mo
calendar 12: year, yr, y
calendar 120: decade
calendar 1200: century, centuries
calendar 12000: millennium, millennia
length 1: metre, meter, m
length 1000: kilometre, kilometer, km
length 1/100: centimetre, centimeter, cm
length 1/1000: millimetre, millimeter, mm
length 1609.344: mile, mi
length 0.3048: foot, feet, ft
length 0.0254: inch, inches
length 0.9144: yard, yd
length 1852: nautical mile, nautical miles
area 1: square metre, square meter, square metres, square meters, sq m
area 1000000: square kilometre, square kilometer, square kilometres, square kilometers, sq km
area 2589988.110336: square mile, square miles, sq mi, sq mile, sq miles
area 0.09290304: square foot, square feet, sq ft
area 4046.8564224: acre
area 10000: hectare, ha
volume 1: litre, liter, l
volume 1/1000: millilitre, milliliter, ml
volume 3.785411784: gallon, gal
volume 1000: cubic metre, cubic meter, cubic metres, cubic meters
mass 1: kilogram, kilo, kg
mass 1/1000: gram, gramme, g
mass 1/1000000: milligram, mg
mass 1000: tonne, t, metric ton, metric tons
mass 907.18474: ton
mass 0.45359237: pound, lb
mass 0.028349523125: ounce, oz
speed 1.609344: mile per hour, miles per hour, mile an hour, miles an hour, mph
speed 1: kilometre per hour, kilometres per hour, kilometer per hour, kilometers per hour, kilometres an hour, km / h, kph, kmh
speed 1: kilometers an hour
celsius 1: celsius, centigrade
celsius 1: degree celsius, degrees celsius, degree centigrade, degrees centigrade, degrees c, degree c, ° c, c, degree, °
fahrenheit 1: degree fahrenheit, degrees fahrenheit, fahrenheit, degrees f, degree f, ° f, f, degree, °
angle 1: degree, °
kelvin 1: kelvin
data 1: byte
data 1000: kilobyte, kb
data 1000000: megabyte, mb
data 1000000000: gigabyte, gb
data 1000000000000: terabyte, tb
power 1: watt, w
power 1000: kilowatt, kw
power 1000000: megawatt, mw
power 1000000000: gigawatt, gw
energy 1: watt hour, watt hours, wh
energy 1000: kilowatt hour, kilowatt hours, kwh
energy 1000000: megawatt hour, megawatt hours, mwh
energy 1000000000: gigawatt hour, gigawatt hours, gwh
energy 1/3600: joule, j
frequency 1: hertz, hz
frequency 1000: kilohertz, khz
frequency 1000000: megahertz, mhz
frequency 1000000000: gigahertz, ghz
voltage 1: volt, v
loudness 1: decibel, db
speed 1.852: knot, kt
percent 1: percent, %, per cent, pct, per hundred
point 1: percentage point, percentage points, point, ppt
concentration 1000: part per million, parts per million, ppm
concentration 1: part per billion, parts per billion, ppb
dollar 1: dollar, $, buck
dollar 1/100: cent, ¢, c
dollar:us 1: us dollar, us dollars, american dollar, american dollars, us $, usd
dollar:ca 1: canadian dollar, canadian dollars, c $, ca $, cad
dollar:au 1: australian dollar, australian dollars, a $, au $, aud
euro 1: euro, €, eur
euro 1/100: cent, eurocent
sterling 1: pound, £, gbp, quid, pounds sterling
sterling 1/100: pence, p, penny, pennies
yen 1: yen, ¥, jpy
yuan 1: yuan, ¥, cny, renminbi, rmb
rupee 1: rupee, ₹, inr, rs
rouble 1: rouble, ruble, ₽, rub
won 1: won, ₩, krw
franc 1: franc, chf, swiss francs
peso 1: peso, mxn
krona 1: krona, kronor, krone, kroner, sek, nok, dkk
real 1: real, reais, brl
shekel 1: shekel, ₪
lira 1: lira, ₺
bitcoin 1: bitcoin, ₿, btc
"""


def _read_table() -> dict[str, tuple[Unit, ...]]:
    units: dict[str, tuple[Unit, ...]] = {}
    for line in _TABLE.strip().splitlines():
        head, names = line.split(": ")
        dimension, factor = head.split()
        unit = (dimension, Fraction(factor))
        for name in names.split(", "):
            for spelling in {name, f"{name}s"} if name.isalpha() and len(name) > 1 else {name}:
                units[spelling] = (*units.get(spelling, ()), unit)
    return units


UNITS = _read_table()
LONGEST_NAME = 3  # in words
CURRENCIES = word_set(
    "dollar dollar:us dollar:ca dollar:au euro sterling yen yuan rupee rouble won franc peso krona real shekel lira bitcoin"
)
TIMES = frozenset({"time", "calendar"})


def agree(one: str, other: str) -> bool:
    """Whether two dimensions measure the same; a dollar that names no country is any country's."""
    return one == other or ("dollar" in (one, other) and one.startswith("dollar") and other.startswith("dollar"))


def degrees(value: Fraction, dimension: str) -> Fraction | None:
    """Return a temperature in degrees Celsius; None where ``dimension`` is none of temperature."""
    match dimension:
        case "celsius":
            return value
        case "fahrenheit":
            return (value - 32) * 5 / 9
        case "kelvin":
            return value - Fraction("273.15")
    return None
