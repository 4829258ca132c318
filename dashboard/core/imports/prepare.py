"""Prepare an import: the mapping of a file that was read, and the report on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.accept import said_by
from dashboard.core.imports.applied import Applied, Surroundings
from dashboard.core.imports.apply import apply_mapping
from dashboard.core.imports.columns import Match, find_columns, mapping_of
from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.kept import find_again
from dashboard.core.imports.mapping import Mapping as ListMapping
from dashboard.core.imports.mapping import Recognised
from dashboard.core.imports.numbered import sources_in
from dashboard.core.imports.report import Report, report_on
from dashboard.core.imports.tracks import parted, report_on_tracks
from dashboard.core.incidents.problems import Problem
from dashboard.core.record.record import INCIDENT, TRACK, Record
from dashboard.language import _, listing, ngettext

UNNAMED = "list"  # the name of a mapping that nobody has named
Progress = Callable[[float], None]


def find_mapping(raw: RawFile, record: Record) -> tuple[tuple[Match, ...], Recognised | None]:
    """Find the field of each column of a file, and the kept or ready mapping whose list it is, if there is one.

    Raises
    ------
    StorageError
        The record cannot be used.
    """
    recognised = find_again(record, raw.table.header)
    return find_columns(raw.table.header, raw.table.rows, recognised), recognised


def made_of(matches: tuple[Match, ...], recognised: Recognised | None) -> ListMapping:
    """The mapping that matches make, with the rest of a ready one."""
    if recognised is None:
        return mapping_of(matches, UNNAMED)
    return mapping_of(matches, recognised.mapping.name, recognised.mapping)


def report_of(
    raw: RawFile,
    mapping: ListMapping,
    answers: Mapping[str, str],
    dataset: Dataset,
    record: Record,
    *,
    source: str,
    file: Path,
    beside: RawFile | None = None,
    flights: RawFile | None = None,
    is_full: bool = False,
    progress: Progress = lambda part: None,
) -> Report:
    """Find out what a file would make of the record; see :func:`dashboard.core.imports.report.report_on`.

    Parameters
    ----------
    source
        The name by which the list is known when it comes again.
    file
        Its name, for the messages.
    beside
        A second file, read as the first one is: the sources whose numbers the list gives.
    flights
        A file of flight tracks that belongs to the list, as in a folder in our own form.
    progress
        Called with the part that is done, from 0 to 1; what it raises ends the work.

    Raises
    ------
    UnreadableFileError
        The second file lists no sources.
    """
    recorded = record.state(INCIDENT)
    table, tracks = parted(raw.table)
    tracks = parted(flights.table)[1] if flights else tracks
    applied = (
        Applied()
        if not table.rows
        else apply_mapping(
            table.header,
            table.rows,
            table.lines,
            mapping,
            answers,
            Surroundings(dataset.borders, dataset.gazetteer),
            shapes=table.shapes or None,
            file=file,
            source=source,
            known=recorded,
            numbered=sources_in(beside) if beside else None,
            today=datetime.now(UTC).date(),
            progress=lambda part: progress(part * 0.8),
        )
    )
    expected, remedy = _("the row could not be read"), _("See the notes on the file")
    unread = tuple(Problem(file, line, "", "", expected, remedy) for line in raw.left_out)
    notes = (*raw.notes, *_left_out(mapping, raw.table.header), *applied.notes)
    applied = replace(applied, refused=(*applied.refused, *unread), notes=notes)
    said = said_by(record, source)
    report = report_on(applied, recorded, said, borders=dataset.borders, file=file, answers=answers, is_full=is_full)
    if not tracks.lines:
        return report
    incidents = recorded | {one.key: one.becomes or {} for one in report.new}
    return report.with_tracks(report_on_tracks(tracks, record.state(TRACK), incidents, answers, mapping.defaults, file))


def _left_out(mapping: ListMapping, header: Sequence[str]) -> list[str]:
    """Name the columns that fill nothing."""
    places = {place for found in mapping.places_of(header).values() for place in found}
    names = [name for place, name in enumerate(header) if name and place not in places]
    words = ngettext("Column left out: {columns}.", "Columns left out: {columns}.", len(names))
    return [words.format(columns=listing(names))] if names else []
