"""States as people write them: by name in the languages of the flank, or by a code of ISO 3166-1."""

import re
from functools import cache

import pycountry
from babel import Locale

from dashboard.core.imports.values.meaning import EMPTY, Meaning, Understood, one
from dashboard.core.imports.values.months import LANGUAGES
from dashboard.core.incidents.columns import BY_NAME, STATES
from dashboard.language import _, plain, state_name

# What no list of names has, in small letters without marks.
_ALSO = {
    "uk": "GB", "great britain": "GB", "england": "GB", "el": "GR", "usa": "US", "czech republic": "CZ",
    "turkey": "TR", "republic of turkey": "TR", "slovak republic": "SK", "byelorussia": "BY", "belorussia": "BY",
    "holland": "NL", "rf": "RU", "rossiyskaya federatsiya": "RU", "respublika belarus": "BY", "rb": "BY",
    "federacja rosyjska": "RU", "republica moldova": "MD", "respublika moldova": "MD", "transnistria": "MD",
    "macedonia": "MK", "bosnia": "BA", "crimea": "UA", "aland": "FI", "aland islands": "FI", "svalbard": "NO",
    "high sea": "XZ", "high seas": "XZ", "international waters": "XZ", "kosovo": "XK",
}  # fmt: skip
_BETWEEN = re.compile(r"\s*(?:[,;/|+&]|\band\b)\s*")


@cache
def names_of_states() -> dict[str, frozenset[str]]:
    """The states, by alpha-2, that a name or code can mean, by it in small letters without marks."""
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in STATES:
                found.setdefault(_folded(name), set()).add(code)
    for country in pycountry.countries:
        names = (country.name, getattr(country, "official_name", ""), getattr(country, "common_name", ""))
        for name in (*names, country.alpha_2, country.alpha_3, country.numeric, country.numeric.lstrip("0")):
            if name:
                found.setdefault(_folded(name), set()).add(country.alpha_2)
    for name, code in _ALSO.items():
        found[name] = {code}
    found["xk"] = {"XK"}
    found["xz"] = {"XZ"}
    return {name: frozenset(codes) for name, codes in found.items()}


def _folded(name: str) -> str:
    return plain(name).replace("’", "'").strip(" .")


def read_state(text: str, field: str = "country") -> Understood:
    """Read a state.

    Parameters
    ----------
    field
        Our column for it, which is the key of the meaning's cell.

    Returns
    -------
    One meaning; several where the text names several states; none where it names none.
    """
    if not text.strip():
        return EMPTY
    allowed = BY_NAME[field].codes
    codes = [code for code in _states_in(text) if code in allowed]
    if len(codes) == 1:
        return one({field: codes[0]}, state_name(codes[0]))
    if codes:
        return Understood(tuple(Meaning({field: code}, state_name(code)) for code in codes))
    expected = _("expected a state, by its name or its ISO 3166-1 code")
    return Understood((), expected, _("Say which state it is"))


def _states_in(text: str) -> list[str]:
    """The states that a text names, in its order; none where a part of it is no state."""
    names = names_of_states()
    if whole := names.get(_folded(text)):
        return sorted(whole)
    if re.fullmatch(r"\d+\.0", text):  # a number of a spreadsheet
        return sorted(names.get(text[:-2], ()))
    without = _folded(re.sub(r"\s*\([^()]*\)", "", text))
    if whole := names.get(without):
        return sorted(whole)
    parts = [names.get(_folded(part)) for part in _BETWEEN.split(text)]
    if not all(parts):
        return []
    return [*dict.fromkeys(code for part in parts for code in sorted(part or ()))]
