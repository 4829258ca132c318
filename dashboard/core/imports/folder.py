"""A folder in our own form: its events and what its keeper states come in with its incidents, as the same change."""

import csv
import io
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard.core.data.about import read_about
from dashboard.core.data.dataset import Dataset
from dashboard.core.incidents.events import read_events
from dashboard.core.incidents.problems import Problem
from dashboard.core.record.files import ABOUT_FILE, EVENTS_FILE, PUBLISHERS_FILE, TOTALS_FILE, Things, read_beside
from dashboard.core.record.merge import Content
from dashboard.core.record.record import ABOUT, EVENT, Record
from dashboard.language import _, number

_KEY = {PUBLISHERS_FILE: 1, TOTALS_FILE: 4}  # so many columns say what a row is about


@dataclass(frozen=True)
class FolderReport:
    """Events and statements of a folder, as the record would have them.

    becomes
        What is new or changed, by noun and key.
    new, changed, unchanged
        IDs of events.
    statements
        Names of the files of statements that change.
    refused, notes
        A problem for each fault of an event; and what was left out, in sentences.
    """

    becomes: Things = field(default_factory=dict)
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    refused: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def report_on_folder(folder: Path, dataset: Dataset, record: Record, max_file_mb: int) -> FolderReport:
    """Find out what a folder would make of the record's events and statements.

    An event that the folder does not name stays, and so does a field that it leaves empty. A file of statements that
    lacks what is recorded is left out whole, and that is said: nothing may be lost by a partial one.

    Raises
    ------
    DataError
        A file cannot be read at all.
    StorageError
        The record cannot be used.
    """
    found, recorded = read_beside(folder, max_file_mb), record.state(EVENT)
    usable, problems = read_events(folder / EVENTS_FILE, dataset.publishers, max_file_mb)
    read_about(folder / ABOUT_FILE, dataset.incidents)  # which raises where it cannot be read
    events: dict[str, Content] = {}
    kinds: dict[str, list[str]] = {"new": [], "changed": [], "unchanged": []}
    for key in usable:
        made = recorded.get(key, {}) | found[EVENT][key]
        kind = "new" if key not in recorded else "unchanged" if made == recorded[key] else "changed"
        kinds[kind].append(key)
        if kind != "unchanged":
            events[key] = made
    statements, notes = _statements(found[ABOUT], record.state(ABOUT))
    return FolderReport(
        becomes={noun: things for noun, things in ((EVENT, events), (ABOUT, statements)) if things},
        **{kind: tuple(keys) for kind, keys in kinds.items()},
        statements=tuple(statements),
        refused=tuple(problem for problem in problems if problem.severe),
        notes=tuple(notes),
    )


def _statements(found: Mapping[str, Content], recorded: Mapping[str, Content]) -> tuple[dict[str, Content], list[str]]:
    """The files of statements that change and lose nothing, and a sentence on each of the others."""
    changed: dict[str, Content] = {}
    notes: list[str] = []
    for name, content in found.items():
        if content == recorded.get(name):
            continue
        before = _named(name, str(recorded.get(name, {}).get("text", "")))
        if lost := sorted(before - _named(name, str(content["text"]))):
            message = _("{file} was left out: it lacks {count} of what is recorded, such as {example}. Add it.")
            notes.append(message.format(file=name, count=number(len(lost)), example=lost[0]))
        else:
            changed[name] = content
    return changed, notes


def _named(name: str, text: str) -> set[str]:
    """The things of which a file of statements speaks: keys of about.toml, else the first columns of a row."""
    if name == ABOUT_FILE:
        content = tomllib.loads(text)
        return {*content} | {f"{key}.{state}" for key, one in content.items() if isinstance(one, dict) for state in one}
    return {" ".join(row[: _KEY[name]]) for row in csv.reader(io.StringIO(text)) if row}
