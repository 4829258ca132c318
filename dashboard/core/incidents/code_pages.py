"""The code page of a text that is not Unicode, told by the letters of the languages of the flank."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

# The letters beside a to z, in both cases, and the code page in which older programs write them.
_LETTERS = {
    ("PL",): ("cp1250", "ąćęłńóśźż"),
    ("CZ", "SK"): ("cp1250", "áäčďéěíĺľňóôŕřšťúůýž"),
    ("HU",): ("cp1250", "áéíóöőúüű"),
    ("RO", "MD"): ("cp1250", "ăâîşţ"),
    ("SI", "HR", "BA", "RS", "ME"): ("cp1250", "čćđšž"),
    ("UA",): ("cp1251", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
    ("RU", "BY", "BG"): ("cp1251", "абвгдеёжзийклмнопрстуўфхцчшщъыьэюяі"),
    ("LT",): ("cp1257", "ąčęėįšųūž"),
    ("LV",): ("cp1257", "āčēģīķļņšūž"),
    ("EE",): ("cp1257", "äõöüšž"),
    ("FI", "SE"): ("cp1252", "äöå"),
    ("NO", "DK"): ("cp1252", "æøåéòô"),
    ("DE", "AT"): ("cp1252", "äöüß"),
    ("TR",): ("cp1254", "çğıöşüâî"),
    ("FR",): ("cp1252", "àâçèéêëîïôûœ"),
}
_SIGNS = frozenset("–—‘’“”„«»…°§№€•©\xa0²³")  # that a text in any of them may have
CYRILLIC = "cp1251"
_MIXED = re.compile(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])")  # no word is in two alphabets
MOST_BYTES = 2_000_000  # that are looked at
LONGEST_SAMPLE = 40  # characters


def code_pages(content: bytes, states: Collection[str] = ()) -> list[str]:
    """The code pages in which a text that is not UTF-8 can be read, the likeliest first.

    Parameters
    ----------
    states
        ISO 3166-1 alpha-2 codes of the states that the text is likely to be about; their languages weigh more. Where
        there are none, those count whose codes stand in the text.
    """
    states = states or {code.decode() for code in re.findall(rb"\b[A-Z]{2}\b", content[:MOST_BYTES])}
    looked_at = content[:MOST_BYTES]
    high = Counter(bytes([byte]) for byte in looked_at if byte >= 0x80)
    mixed = len(_MIXED.findall(looked_at)) / max(1, high.total())
    scores: dict[str, tuple[float, int]] = {}
    for place, (codes, (page, letters)) in enumerate(_LETTERS.items()):
        score = _score(high, page, frozenset(letters + letters.upper()))
        if score is not None:
            weighed = score + (0.05 if {*codes} & {*states} else 0) - (mixed if page == CYRILLIC else 0)
            scores[page] = max(scores.get(page, (-1.0, 0)), (weighed, -place))
    return sorted(scores, key=lambda page: scores[page], reverse=True) or ["cp1252"]


def _score(high: Counter[bytes], page: str, letters: frozenset[str]) -> float | None:
    """The part of the characters beyond ASCII that a language has; None where the code page has no such character."""
    good, total = 0.0, 0
    for byte, count in high.items():
        try:
            character = byte.decode(page)
        except UnicodeDecodeError:
            return None
        total += count
        good += count if character in letters else count / 2 if character in _SIGNS else 0
    return good / total if total else 0.0


def page_name(page: str) -> str:
    """A code page as people know it: ``Windows-1250``."""
    return page.replace("cp", "Windows-")


def sample(content: bytes, page: str) -> str:
    """A word of the text with a letter beyond ASCII, as it reads in a code page."""
    return next(_words(content[:MOST_BYTES].decode(page, "replace")), "")


def _words(text: str) -> Iterator[str]:
    for found in re.finditer(r"\w*[^\W\x00-\x7f]\w*|[^\s\x00-\x7f]+", text):
        yield found[0][:LONGEST_SAMPLE]
