"""Escaping of texts that are not ours, which Streamlit would read as Markdown; and of paths in messages."""

import os
import re
from pathlib import Path

from dashboard.core.query.view import one_line
from dashboard.settings import settings

# What Streamlit turns into links, icons, emoji and arrows though its signs are written out.
_LIVELY = re.compile(r"(?<=:)(?=[/a-z0-9_+-])|(?<=www)(?=\.)|(?<=@)(?=\w)|(?<=[-<>=~])(?=[-<>=])", re.IGNORECASE)
_JOINER = "\u2060"  # has no width and parts no line


def escaped(text: str) -> str:
    """Write a text so that it is shown as it is, on one line, with nothing in it that can be clicked."""
    calm = _LIVELY.sub(_JOINER, one_line(text))
    return "".join(f"\\{character}" if character in r"\`*_{}[]()#+-.!|~<>$:&" else character for character in calm)


def shortened(text: str, most: int) -> str:
    """Write a text on one line of so many characters at most."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1] + "…"


def for_visitors(message: object) -> str:
    """Name files and the database in a message by their names, not by where they lie on the server."""
    database = settings().record
    locations = [value for _name, value in settings() if isinstance(value, Path)]
    folders = {str(folder) for location in locations for folder in (location, location.parent)} - {os.sep}
    found = "|".join(re.escape(folder + os.sep) for folder in sorted(folders, key=len, reverse=True))
    return re.sub(rf"(?<![\w/])(?:{found})", "", str(message).replace(database, database.rsplit("/", 1)[-1]))
