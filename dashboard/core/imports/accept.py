"""Accepting of a report: it becomes one change of the record, and what its source said is remembered with it."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from dashboard.core.imports.kept import keep
from dashboard.core.imports.mapping import Mapping
from dashboard.core.imports.outcomes import Outcome, Said
from dashboard.core.imports.report import Report
from dashboard.core.imports.tracks import TrackOutcome
from dashboard.core.query.view import one_line
from dashboard.core.record.files import Things
from dashboard.core.record.merge import Content, merge
from dashboard.core.record.record import IMPORTED, INCIDENT, SOURCE_ROW, TRACK, Record
from dashboard.core.record.take_in import Question
from dashboard.errors import QueryError
from dashboard.language import _

LONGEST_SOURCE = 80  # characters of a source's name, which is a part of the keys of what it says


def source_name(text: str) -> str:
    """A name of a source as it is kept: on one line, without white space around it.

    Raises
    ------
    QueryError
        It is empty or too long.
    """
    name = one_line(text)
    if not name:
        raise QueryError(_("Give the source a name, so that it is known when it comes again."))
    if len(name) > LONGEST_SOURCE:
        raise QueryError(_("The name of the source has more than {limit} characters.").format(limit=LONGEST_SOURCE))
    return name


def said_by(record: Record, source: str) -> dict[str, Said]:
    """Look up the last words of a source, by its own IDs; those of an import that was undone were never said."""
    return {
        key.rpartition(" ")[2]: Said(content["incident"], content["cells"])
        for key, content in record.state(SOURCE_ROW).items()
        if content["source"] == source
    }


def accepted(report: Report, left_out: Collection[str] = ()) -> list[Outcome]:
    """The outcomes of a report that are taken in: all but those of some incidents, which come again the next time."""
    outcomes = (*report.new, *report.changed, *report.unchanged, *report.open)
    return [one for one in outcomes if one.key not in left_out]


def accept(
    record: Record,
    outcomes: Iterable[Outcome],
    source: str,
    *,
    tracks: Iterable[TrackOutcome] = (),
    beside: Things | None = None,
    who: str = "",
    note: str = "",
    mapping: Mapping | None = None,
) -> int | None:
    """Take outcomes into the record as one change, and give its number, or None where nothing has changed.

    What somebody has edited since the report was made stays as it is now, and is listed with the change.

    Parameters
    ----------
    source
        The name of the source, by which it is known when it comes again.
    beside
        Events and statements of a folder, as they become; see :mod:`dashboard.core.imports.folder`.
    mapping
        To be kept with the change, where something changes; see :func:`dashboard.core.imports.kept.with_answers`.
    """
    source = source_name(source)
    with record.edit(IMPORTED, who=one_line(who), source=source, note=one_line(note)) as draft:
        incidents = dict(draft.state(INCIDENT))
        questions, is_changed = [], False
        for one in outcomes:
            if one.becomes is not None and (one.is_new or one.changes):
                content, conflicts = _onto(one, incidents.get(one.key))
                questions += [Question(INCIDENT, one.key, field) for field in conflicts]
                if content is not None:
                    incidents[one.key] = content
                    draft.put(INCIDENT, one.key, content)
                    is_changed = True
            draft.put(SOURCE_ROW, f"{source} {one.row.cells['id']}", _remembered(one.said, source))
        for track in tracks:
            draft.put(TRACK, track.key, track.becomes)
            is_changed = True
        for noun, things in (beside or {}).items():
            for key, content in things.items():
                draft.put(noun, key, content)
        if mapping and is_changed:
            keep(draft, mapping)
        if questions:
            draft.facts["questions"] = [asdict(question) for question in questions]
    return draft.number


def _remembered(said: Said, source: str) -> Content:
    """The last words of a source as the record keeps them; its ID is that of the row."""
    return {"incident": said.incident, "cells": {**said.cells}, "source": source}


def _onto(outcome: Outcome, now: Content | None) -> tuple[Content | None, list[str]]:
    """Put an outcome onto an incident as it is now; gives it, and the fields that were changed since the report."""
    if outcome.is_new:
        return merge(None, outcome.becomes, now)
    was = {change.field: change.was for change in outcome.changes}
    becomes = {change.field: change.becomes for change in outcome.changes}
    return merge(_with(now, was), _with(now, becomes), now)


def _with(now: Content | None, fields: Content) -> Content:
    return {name: text for name, text in {**(now or {}), **fields}.items() if text}
