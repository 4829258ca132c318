"""Names of months and days of the week in the languages of the flank, from the Unicode CLDR through Babel."""

from functools import cache

from babel import Locale

from dashboard.language import plain

LANGUAGES = ("en", "en_GB", "et", "lv", "lt", "pl", "ro", "uk", "ru", "fi", "nb", "sk", "hu", "bg", "cs", "de")
# They stand beside a date in words and say nothing: "16th of", "2025 m. liepos 28 d.", "2025. gada", "16 мая 2025 г.".
_SAYING_NOTHING = (
    "st nd rd th of the on m d gada gads g r a de den dnia v on um kl goda roku rok ev eve p metai metu aasta aastal"
)


def folded_word(name: str) -> str:
    """A word in small letters from a to z, by which it is found."""
    return "".join(letter for letter in plain(name) if letter.isalpha())


@cache
def months() -> dict[str, frozenset[int]]:
    """The months, from 1, that a name can mean, by the name in small letters without marks."""
    found: dict[str, set[int]] = {}
    for language in LANGUAGES:
        for form in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for month, name in form[width].items():
                    found.setdefault(folded_word(name), set()).add(month)
    found.pop("", None)
    return {name: frozenset(numbers) for name, numbers in found.items() if len(name) > 1}


@cache
def words_beside_dates() -> frozenset[str]:
    """Words that may stand in a date and say nothing of it, names of the days of the week among them."""
    days = {
        folded_word(name)
        for language in LANGUAGES
        for form in Locale.parse(language).days.values()
        for width in ("wide", "abbreviated")
        for name in form[width].values()
    }
    return frozenset(days) | {*_SAYING_NOTHING.split()} - {*months()}


def month_of(word: str) -> frozenset[int]:
    """The months that a word can mean, none for any other word."""
    return months().get(folded_word(word), frozenset())


def says_nothing(word: str) -> bool:
    """Tell whether a word says nothing of a date."""
    return folded_word(word) in words_beside_dates()
