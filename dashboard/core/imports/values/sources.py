"""Sources as people write them: addresses, or only names."""

import re
from urllib.parse import urlunsplit

from dashboard.core.imports.values.meaning import EMPTY, Understood, one
from dashboard.core.incidents.schema import is_link, name_of_source, named_source, parts_of

_BETWEEN_NAMES = re.compile(r"\s*[;|\n]\s*")
_IN_QUOTES = re.compile(r'"(https?://[^"\\]+)"')
_WITHOUT_SCHEME = re.compile(r"(?:www\.[\w.-]+\.[a-z]{2,}(?:/\S*)?|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*)", re.IGNORECASE)
_AT_ENDS = " ,;:|\u2013-"


def read_sources(text: str) -> Understood:
    """Read the sources of a cell: each address, and what stands between them as names.

    Returns
    -------
    One meaning with ``sources`` as our files have them; names are parted by semicolons, bars or line breaks, and a
    comma may be part of one.
    """
    text = text.strip()
    if not text:
        return EMPTY
    if is_link(text):
        return one({"sources": text})
    found: list[str] = []
    for part in _parts(text):
        if part not in found:
            found.append(part)
    return one({"sources": " ".join(found)}) if found else EMPTY


def _parts(text: str) -> list[str]:
    """Addresses and bracketed names as they stand; other text as names in brackets."""
    if text.startswith(("[{", "{")):  # JSON, as of a list within a record
        return [address for address in _IN_QUOTES.findall(text) if is_link(address)]
    parts: list[str] = []
    words: list[str] = []
    for line in _BETWEEN_NAMES.split(text):
        for part in parts_of(line):
            address = urlunsplit(("https", part, "", "", "")) if _WITHOUT_SCHEME.fullmatch(part) else part
            if is_link(address) or name_of_source(part):
                parts += _named(words)
                parts.append(address)
                words = []
            else:
                words.append(part)
        parts += _named(words)
        words = []
    return parts


def _named(words: list[str]) -> list[str]:
    name = " ".join(words).strip(_AT_ENDS)
    return [named_source(name)] if re.search(r"\w", name) else []
