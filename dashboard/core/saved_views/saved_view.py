"""A saved view, and the list of them in a YAML file.

The file is a list of entries, or a mapping with that list under ``views``::

    - query: country=PL&from=2025-09-09&to=2025-09-10
      title: "Night of 9 to 10 September 2025: drones over Poland"
      finding: Sixteen crash sites in seven provinces.
      marking: TLP:CLEAR
      notes: What the speaker says.

Only ``query`` is needed, and an empty one asks for everything. What an entry says of title, finding and marking holds
before what its query says. An entry that the app wrote has an ``id`` besides, by which two people can change different
entries at once; one without it, or with that of another, is given one that follows from what it holds.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import shorten
from typing import Any

from dashboard.core.query.filter import dates_in_words
from dashboard.core.query.view import CHARTS, HEADINGS, View, one_line, parse_query_string
from dashboard.core.saved_views.yaml_file import read_yaml, shown, write_yaml
from dashboard.errors import QueryError
from dashboard.language import _, listing, ngettext, number

MOST_VIEWS = 60
LARGEST_FILE = 1_000_000  # bytes
LONGEST_NOTES = 5_000  # characters
KEYS = ("query", *HEADINGS, "notes")
ID = "id"  # in an entry that the app wrote: tells it from the others
VIEWS = "views"
_KEY = re.compile(r"[0-9A-Za-z_-]{1,40}")
Report = Callable[[str, str], None]  # takes a problem and the key it is about


@dataclass(frozen=True)
class SavedView:
    """A view of the list, whose title is its name; what the speaker says to it, lines included, or empty; and its key.

    The key tells it from the others whatever else is changed in it; it is empty where the file gives none.
    """

    view: View
    notes: str = ""
    key: str = ""

    def entry(self) -> dict[str, str]:
        """The entry as it is written, with only what there is; its query is always there."""
        query = replace(self.view, title="", finding="", marking="").query_string()
        texts = {name: getattr(self.view, name) for name in HEADINGS} | {"notes": self.notes, ID: self.key}
        return {"query": query} | {name: text for name, text in texts.items() if text}


def read_views(path: Path) -> list[SavedView]:
    """Read a list of views, at least one.

    Raises
    ------
    QueryError
        The file cannot be read, or it asks for something that does not exist; the text names every such entry.
    """
    return parse_views(read_content(path), _name(path))


def parse_views(content: bytes, name: str, *, may_be_empty: bool = False) -> list[SavedView]:
    """Read a list of views from what its file holds; see :func:`read_views`.

    Parameters
    ----------
    name
        Of the file, for the message.
    """
    if len(content) > LARGEST_FILE:
        raise too_large(len(content), name)
    try:
        text = content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise QueryError(_("{path} is not text in UTF-8; save it in that encoding.").format(path=name)) from error
    listed = read_yaml(text, name)
    return named_views([] if may_be_empty and listed in (None, []) else _listed(listed, name), name)


def named_views(entries: Iterable[Any], name: str) -> list[SavedView]:
    """Read entries as YAML or JSON has them; see :func:`parse_views`."""
    problems: list[str] = []
    views = [_view(position, entry, problems) for position, entry in enumerate(entries, 1)]
    if problems:
        raise QueryError(
            _("{path} cannot be used. {problems}").format(path=name, problems=" ".join(dict.fromkeys(problems)))
        )
    return views


def restored(entry: Mapping[str, str]) -> SavedView:
    """A view from the texts of its entry.

    Raises
    ------
    QueryError
        A text is too long, or asks for something that does not exist.
    """
    (saved,) = named_views([dict(entry)], _("The view"))
    return saved


def keyed(views: Sequence[SavedView]) -> tuple[SavedView, ...]:
    """The views, each with a key of its own: the one it has, else one that follows from what it holds."""
    taken = {saved.key for saved in views}
    given: set[str] = set()
    found = []
    for saved in views:
        key, turn = saved.key, 0
        while not key or key in given:
            content = "\n".join(replace(saved, key=str(turn)).entry().values())
            key, turn = "v" + hashlib.sha256(content.encode()).hexdigest()[:8], turn + 1
            key = "" if key in taken else key
        given.add(key)
        found.append(replace(saved, key=key))
    return tuple(found)


def name_of(view: View) -> str:
    """The name of a view: its title, or its states and days."""
    if view.title:
        return view.title
    days = dates_in_words(view.filter.start, view.filter.end)
    states = view.filter.states_in_words()
    name = _("{states}, {days}").format(states=states, days=days) if days else states
    if view.chart:
        name = _("{chart}: {asked}").format(chart=CHARTS[view.chart], asked=name)
    return shorten(name, HEADINGS["title"], placeholder=" …")


def views_text(views: Sequence[SavedView]) -> str:
    """The list as YAML, which :func:`parse_views` reads."""
    return write_yaml([saved.entry() for saved in views])


def read_content(path: Path) -> bytes:
    """Read a file that is small enough to take little time and memory.

    Raises
    ------
    QueryError
        It cannot be read, or it is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        raise QueryError(
            _("{path} cannot be read: {error}. Name a YAML file with a list of views.").format(
                path=_name(path), error=error.strerror
            )
        ) from error
    if len(content) > LARGEST_FILE:
        raise too_large(size, _name(path))
    return content


def too_large(size: int, name: str) -> QueryError:
    """The error for a file of so many bytes."""
    return QueryError(
        _("{path} has {size} bytes; a list of views has at most {limit}. Leave out what is not a view.").format(
            path=name, size=number(size), limit=number(LARGEST_FILE)
        )
    )


def _listed(content: Any, name: str) -> list[Any]:
    if isinstance(content, dict):
        others = [key for key in content if key != VIEWS]
        if VIEWS not in content or others:
            found = listing([shown(key) for key in (others or content)]) or _("nothing")
            raise QueryError(
                _(
                    "{path} cannot be used. Expected a list of entries, or a mapping with the one key {key!r}; "
                    "it holds {found}. Write each entry as a line that begins with '- query:'."
                ).format(path=name, key=VIEWS, found=found)
            )
        content = content[VIEWS]
    if content is not None and not isinstance(content, list):
        raise QueryError(
            _(
                "{path} cannot be used. Expected a list of entries; it is {found}. "
                "Write each entry as a line that begins with '- query:'."
            ).format(path=name, found=shown(content))
        )
    if not content:
        raise QueryError(
            _("{path} holds no view. Write at least one entry, such as: - query: country=PL").format(path=name)
        )
    if len(content) > MOST_VIEWS:
        raise QueryError(
            _("{path} holds {count} views, more than {limit}. Split it into several files.").format(
                path=name, count=number(len(content)), limit=MOST_VIEWS
            )
        )
    return content


def _view(position: int, entry: Any, problems: list[str]) -> SavedView:
    """One entry; what is wrong with it is added to ``problems``."""

    def report(problem: str, key: str = "") -> None:
        message = _("Entry {position}, {key}: {problem}") if key else _("Entry {position}: {problem}")
        problems.append(message.format(position=position, key=key, problem=problem))

    if not isinstance(entry, dict):
        report(
            _("expected keys with values, such as query: country=PL; it is {found}.").format(found=shown(entry)),
        )
        return SavedView(View())
    for key in entry:
        if key not in (*KEYS, ID):
            report(
                _("the key {key} is not known. Use {keys}.").format(key=shown(key), keys=listing([*KEYS])),
            )
    if "query" not in entry:
        report(_('the key query is missing. Write query: "" for all incidents.'))
    texts: dict[str, str] = {}
    for key in KEYS:
        value = entry.get(key, "")
        if isinstance(value, str):
            texts[key] = value
        else:
            report(_("expected text; it is {found}. Write it in quotes.").format(found=shown(value)), key)
    # A whole address may be pasted: what it asks for follows its question mark.
    view, notices = parse_query_string(texts.get("query", ""))
    for notice in notices:
        report(notice, "query")
    headings: Any = _headings(texts, report)
    key = str(entry.get(ID) or "")
    if key and not _KEY.fullmatch(key):
        report(_("expected up to 40 letters and digits; it is {found}. Leave it out.").format(found=shown(key)), ID)
    return SavedView(replace(view, **headings), _notes(texts.get("notes", ""), report), key)


def _headings(texts: dict[str, str], report: Report) -> dict[str, str]:
    """Title, finding and marking that an entry gives itself."""
    headings = {}
    for name, longest in HEADINGS.items():
        words = one_line(texts.get(name, ""))
        if len(words) > longest:
            report(_too_long(len(words), longest), name)
        elif words:
            headings[name] = words
    return headings


def _notes(text: str, report: Report) -> str:
    notes = "\n".join(one_line(line) for line in text.splitlines()).strip()
    if len(notes) > LONGEST_NOTES:
        report(_too_long(len(notes), LONGEST_NOTES), "notes")
    return notes


def _too_long(length: int, longest: int) -> str:
    return ngettext(
        "it has {length} character, more than {longest}. Shorten it.",
        "it has {length} characters, more than {longest}. Shorten it.",
        length,
    ).format(length=number(length), longest=number(longest))


def _name(path: Path) -> str:
    return one_line(str(path))
