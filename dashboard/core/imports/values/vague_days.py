"""Days that are said loosely: about a day, the beginning, middle or end of a month, and seasons."""

import calendar
import re
from datetime import date, timedelta
from functools import cache

from dashboard.core.imports.values.months import folded_word, says_nothing

Days = tuple[date, date, bool]  # the first, the last, and whether only the month is known

# In English and the languages of the flank, as ``plain`` writes them.
_ABOUT = (
    "about around approximately approx circa ca c roughly ok okolo mniej wiecej apie aptuveni ap umbes noin n circa "
    "aproximativ priblizno blizko primerno blizko orientovne priblizne cca korulbelul kb etwa ungefahr omkring rundt"
)
_THIRDS = {
    1: "early beginning start poczatek poczatku pradzia pradzioje sakums sakuma algus alguses alku alussa pochatok "
    "pochatku nachalo nachale inceput inceputul anfang zacatek zacatku zaciatok zaciatku begynnelsen eleje",
    2: "mid middle polowa polowie vidurys viduryje vidus vidu keskpaik keskel puolivali seredina seredini "
    "seredine mijloc mijlocul mitte polovina polovine midten kozepe sredata",
    3: "late end koniec koncu pabaiga pabaigoje beigas beigu lopp lopus loppu lopussa kinets kintsi konets kontse "
    "sfarsit sfarsitul ende konec slutten vege kray kraya",
}
_SEASONS = {  # by the first month
    3: "spring wiosna pavasaris pavasari kevad kevadel kevat kevaalla vesna navesni vesni vesnoy primavara "
    "fruhling fruhjahr jaro jar var varen tavasz prolet",
    6: "summer lato vasara suvi suvel kesa kesalla lito vlitku leto letom vara sommer sommeren nyar lyato",
    9: "autumn fall jesien jesienia ruduo rudeni rudens sugis sugisel syksy syksylla osin voseni osen osenyu toamna "
    "herbst podzim jesen host hosten osz esen",
    12: "winter zima zimoy vzimku ziema talv talvel talvi talvella iarna tel vinter vinteren",
}
_BEFORE = re.compile(r"(?:~|≈|±)\s*|([^\W\d_]+)\.?\s+")
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def without_about(text: str) -> str:
    """The rest of a text that begins with "about", in any of our languages; empty where it does not."""
    found = _BEFORE.match(text)
    if not found or (found[1] and folded_word(found[1]) not in _ABOUT.split()):
        return ""
    return text[found.end() :]


def third_of_month(text: str) -> tuple[int, str]:
    """Tell which third of a month a text names, from 1, and the rest of it, which is the month; 0 where none."""
    named = [word for word in _WORDS.findall(text) if folded_word(word) in _thirds()]
    if len(named) != 1:
        return 0, ""
    return _thirds()[folded_word(named[0])], text.replace(named[0], " ", 1).strip(" -")


def days_of_third(third: int, month: date) -> Days:
    """The days of a third of a month: up to the 10th, from the 11th to the 20th, from the 21st on."""
    last = calendar.monthrange(month.year, month.month)[1]
    first, end = {1: (1, 10), 2: (11, 20), 3: (21, last)}[third]
    return month.replace(day=first), month.replace(day=end), False


def days_of_season(text: str) -> list[Days]:
    """The days of "summer 2025", from June to August; a winter is that which ends in the year, or begins in it."""
    words = _WORDS.findall(text)
    named = [word for word in words if folded_word(word) in _seasons()]
    years = [word for word in words if word.isdigit()]
    rest = {*words} - {*named, *years, "in", "In"}
    if len(named) != 1 or len(years) != 1 or len(years[0]) != 4 or not all(map(says_nothing, rest)):
        return []
    begin, year = _seasons()[folded_word(named[0])], int(years[0])
    return [_three_months(year - 1, begin), _three_months(year, begin)] if begin == 12 else [_three_months(year, begin)]


def _three_months(year: int, begin: int) -> Days:
    after = date(year + (begin + 2) // 12, (begin + 2) % 12 + 1, 1)
    return date(year, begin, 1), after - timedelta(days=1), False


@cache
def _thirds() -> dict[str, int]:
    return {word: third for third, words in _THIRDS.items() for word in words.split()}


@cache
def _seasons() -> dict[str, int]:
    return {word: begin for begin, words in _SEASONS.items() for word in words.split()}
