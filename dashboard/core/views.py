"""A list of views from a YAML file, for the slides of a briefing and for many sheets at once.

The file is a list of entries, or a mapping with that list under ``views``::

    - query: country=PL&from=2025-09-09&to=2025-09-10
      title: "Night of 9 to 10 September 2025: drones over Poland"
      finding: Sixteen crash sites in seven provinces.
      marking: TLP:CLEAR
      notes: What the speaker says.

Only ``query`` is needed, and an empty one asks for everything. What an entry says of title, finding and marking holds
before what its query says.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from dashboard.core.problems import LONGEST_VALUE
from dashboard.core.view import HEADINGS, View, one_line, parse_query_string
from dashboard.errors import QueryError
from dashboard.language import _, listing, ngettext, number

MOST_VIEWS = 60
LARGEST_FILE = 1_000_000  # bytes
LONGEST_NOTES = 5_000  # characters
DEEPEST = 4  # mapping, list, entry, and one to spare for a message that says what is wrong
KEYS = ("query", *HEADINGS, "notes")
VIEWS = "views"
Report = Callable[[str, str], None]  # takes a problem and the key it is about


@dataclass(frozen=True)
class NamedView:
    """A view of the list, and what the speaker says to it, lines included, or empty."""

    view: View
    notes: str = ""


def read_views(path: Path) -> list[NamedView]:
    """Read a list of views.

    Raises
    ------
    QueryError
        The file cannot be read, or it asks for something that does not exist; the text names every such entry.
    """
    problems: list[str] = []
    entries = _entries(_content(path), path)
    views = [_view(position, entry, problems) for position, entry in enumerate(entries, 1)]
    if problems:
        raise QueryError(
            _("{path} cannot be used. {problems}").format(path=_name(path), problems=" ".join(dict.fromkeys(problems)))
        )
    return views


def _content(path: Path) -> str:
    """The text of the file, once it is known that reading it takes little time and memory."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise QueryError(
                _("{path} has {size} bytes; a list of views has at most {limit}. Leave out what is not a view.").format(
                    path=_name(path), size=number(size), limit=number(LARGEST_FILE)
                )
            )
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError(
            _("{path} is not text in UTF-8; save it in that encoding.").format(path=_name(path))
        ) from error
    except OSError as error:
        raise QueryError(
            _("{path} cannot be read: {error}. Name a YAML file with a list of views.").format(
                path=_name(path), error=error.strerror
            )
        ) from error
    return text


def _entries(text: str, path: Path) -> list[Any]:
    """The entries of the file as YAML has them, at least one and not too many."""
    try:
        problems = list(_dangers(text))
        content = None if problems else yaml.safe_load(text)
    except yaml.YAMLError as error:
        problems = [_("It is not YAML: {error}.").format(error=_said(error))]
    except ValueError as error:  # such as the day 2025-02-30
        problems = [_("A value cannot be read: {error}. Write text in quotes.").format(error=_short(str(error)))]
    if not problems:
        return _listed(content, path)
    raise QueryError(_("{path} cannot be used. {problems}").format(path=_name(path), problems=" ".join(problems)))


def _dangers(text: str) -> Iterator[str]:
    """What must not be in the file, found before anything is made of it: aliases multiply, and depth is work."""
    frames: list[_Frame] = []
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent):
            yield _("Line {line}: aliases (*{name}) are not read. Write the value out.").format(
                line=line, name=_short(str(event.anchor))
            )
            return
        if isinstance(event, yaml.NodeEvent) and frames and (twice := frames[-1].key_twice(event)):
            yield _("Line {line}: the key {key} is there twice. Keep one of them.").format(line=line, key=_shown(twice))
        if isinstance(event, yaml.CollectionStartEvent):
            frames.append(_Frame(mapping=isinstance(event, yaml.MappingStartEvent)))
        elif isinstance(event, yaml.CollectionEndEvent):
            frames.pop()
        if len(frames) > DEEPEST:
            yield _("Line {line}: lists in lists are not views. Write one list of entries.").format(line=line)
            return


class _Frame:
    """A list or a mapping while its events pass, with the keys seen so far."""

    def __init__(self, *, mapping: bool) -> None:
        self.mapping, self.at_key, self.keys = mapping, False, set[str]()

    def key_twice(self, event: yaml.NodeEvent) -> str:
        """Take the next node in; gives it where it is a key that was there already, else nothing."""
        self.at_key = self.mapping and not self.at_key
        if not self.at_key or not isinstance(event, yaml.ScalarEvent):
            return ""
        key = str(event.value)
        twice = key if key in self.keys else ""
        self.keys.add(key)
        return twice


def _said(error: yaml.YAMLError) -> str:
    """What the reader of YAML said, on one line, with the place."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        return _("line {line}, column {column}: {problem}").format(
            line=error.problem_mark.line + 1,
            column=error.problem_mark.column + 1,
            problem=_short(str(error.problem)),
        )
    return _short(str(error))


def _listed(content: Any, path: Path) -> list[Any]:
    if isinstance(content, dict):
        others = [key for key in content if key != VIEWS]
        if VIEWS not in content or others:
            found = listing([_shown(key) for key in (others or content)]) or _("nothing")
            raise QueryError(
                _(
                    "{path} cannot be used. Expected a list of entries, or a mapping with the one key {key!r}; "
                    "it holds {found}. Write each entry as a line that begins with '- query:'."
                ).format(path=_name(path), key=VIEWS, found=found)
            )
        content = content[VIEWS]
    if content is not None and not isinstance(content, list):
        raise QueryError(
            _(
                "{path} cannot be used. Expected a list of entries; it is {found}. "
                "Write each entry as a line that begins with '- query:'."
            ).format(path=_name(path), found=_shown(content))
        )
    if not content:
        raise QueryError(
            _("{path} holds no view. Write at least one entry, such as: - query: country=PL").format(path=_name(path))
        )
    if len(content) > MOST_VIEWS:
        raise QueryError(
            _("{path} holds {count} views, more than {limit}. Split it into several files.").format(
                path=_name(path), count=number(len(content)), limit=MOST_VIEWS
            )
        )
    return content


def _view(position: int, entry: Any, problems: list[str]) -> NamedView:
    """One entry; what is wrong with it is added to ``problems``."""

    def report(problem: str, key: str = "") -> None:
        told = _("Entry {position}, {key}: {problem}") if key else _("Entry {position}: {problem}")
        problems.append(told.format(position=position, key=key, problem=problem))

    if not isinstance(entry, dict):
        report(
            _("expected keys with values, such as query: country=PL; it is {found}.").format(found=_shown(entry)),
        )
        return NamedView(View())
    for key in entry:
        if key not in KEYS:
            report(
                _("the key {key} is not known. Use {keys}.").format(key=_shown(key), keys=listing([*KEYS])),
            )
    if "query" not in entry:
        report(_('the key query is missing. Write query: "" for all incidents.'))
    texts: dict[str, str] = {}
    for key in KEYS:
        value = entry.get(key, "")
        if isinstance(value, str):
            texts[key] = value
        else:
            report(_("expected text; it is {found}. Write it in quotes.").format(found=_shown(value)), key)
    # A whole address may be pasted: what it asks for follows its question mark.
    view, notices = parse_query_string(re.sub(r"^\s*https?:[^\s?]*\?", "", texts.get("query", "")))
    for notice in notices:
        report(notice, "query")
    headings: Any = _headings(texts, report)
    return NamedView(replace(view, **headings), _notes(texts.get("notes", ""), report))


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


def _shown(value: Any) -> str:
    """A value of the file as a message repeats it, or what it is where that says more."""
    if value is None:
        return _("empty")
    if isinstance(value, dict):
        return _("a mapping")
    if isinstance(value, list):
        return _("a list")
    return repr(_short(str(value)))


def _short(text: str) -> str:
    return one_line(text)[:LONGEST_VALUE]


def _name(path: Path) -> str:
    return one_line(str(path))
