"""The work of the command ``import``: a list is read and reported on, and what is accepted is one change."""

import argparse
import json
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.errors import QueryError, UnreadableFileError
from dashboard.language import _, listing, ngettext, number

if TYPE_CHECKING:
    from dashboard.core.data.dataset import Dataset
    from dashboard.core.imports.applied import Applied
    from dashboard.core.imports.files.raw import RawFile
    from dashboard.core.imports.mapping import Mapping as ListMapping
    from dashboard.core.imports.report import Report
    from dashboard.core.record.record import Record

# Libraries are imported where they are needed, so that the command starts quickly.
YES = ("y", "yes")


def import_list(options: argparse.Namespace) -> int:
    """Report on a list, and take in what is accepted of it.

    Returns
    -------
    0 where all of it can be taken in, 1 with refused rows or open questions.
    """
    from dashboard.commands import Progress, recorded_data
    from dashboard.core.imports.accept import accept, accepted, source_name
    from dashboard.render.text.import_report import report_in_words

    progress = Progress()
    source = source_name(options.source or options.file.name)
    answers = _answers(options.answers)
    recorded = recorded_data()
    report = _report(options, source, answers, recorded.now(), recorded.record, progress)
    if report.missing:
        raise UnreadableFileError(_("{file}: {missing}").format(file=options.file, missing=report.missing))
    rows = accepted(report, options.leave_out)
    if not options.json:
        print("\n".join(report_in_words(report)))
    change = None
    if not options.dry_run and rows and (options.yes or _is_wanted(report)):
        change = accept(recorded.record, rows, source, note=options.note)
    if options.json:
        print(json.dumps(as_json(report, change), ensure_ascii=False, indent=1))
    else:
        _say_what_was_done(recorded.record, change, options)
    return 0 if report.is_clean else 1


def as_json(report: "Report", change: int | None) -> dict[str, Any]:
    """A report as the command prints it: figures of rows, the open questions, and the number of the change."""
    questions = [
        {
            "id": question.id,
            "text": question.text,
            "column": question.column,
            "cell": question.cell,
            "lines": question.lines,
            "answers": {answer.key: answer.label for answer in question.answers},
            "typed": question.typed,
        }
        for question in report.questions
    ]
    return report.figures | {"questions": questions, "change": change}


def _report(
    options: argparse.Namespace,
    source: str,
    answers: Mapping[str, str],
    dataset: "Dataset",
    record: "Record",
    progress: Any,
) -> "Report":
    from dashboard.core.imports.accept import said_by
    from dashboard.core.imports.files.reading import read_file
    from dashboard.core.imports.report import report_on
    from dashboard.core.record.record import INCIDENT

    raw = read_file(options.file, layer=options.layer)
    progress(
        _("{file} is {kind}, with {rows} rows").format(
            file=options.file, kind=raw.kind, rows=number(len(raw.table.rows))
        )
    )
    recorded = record.state(INCIDENT)
    applied = _applied(raw, _mapping(options.mapping, raw), options.file, answers, dataset, recorded)
    progress(_("Its cells are read"))
    return report_on(
        applied,
        recorded,
        said_by(record, source),
        borders=dataset.borders,
        file=options.file,
        answers=answers,
        is_full=options.full,
    )


def _applied(
    raw: "RawFile",
    mapping: "ListMapping",
    file: Path,
    answers: Mapping[str, str],
    dataset: "Dataset",
    recorded: Mapping[str, Mapping[str, str]],
) -> "Applied":
    from dashboard.core.imports.applied import Surroundings
    from dashboard.core.imports.apply import apply_mapping
    from dashboard.core.incidents.problems import Problem

    applied = apply_mapping(
        raw.table.header,
        raw.table.rows,
        raw.table.lines,
        mapping,
        answers,
        Surroundings(dataset.borders, dataset.gazetteer),
        shapes=raw.table.shapes or None,
        source=str(file),
        known=recorded,
        today=datetime.now(UTC).date(),
    )
    places = {place for field in mapping.places_of(raw.table.header).values() for place in field}
    left_out = [name for place, name in enumerate(raw.table.header) if name and place not in places]
    words = ngettext("Column left out: {columns}.", "Columns left out: {columns}.", len(left_out))
    told = [words.format(columns=listing(left_out))] if left_out else []
    unread = tuple(
        Problem(file, line, "", "", _("the row could not be read"), _("See the notes on the file"))
        for line in raw.left_out
    )
    return replace(applied, refused=(*applied.refused, *unread), notes=(*raw.notes, *told, *applied.notes))


def _mapping(asked: str, raw: "RawFile") -> "ListMapping":
    """The mapping in a file or with a name; or else the one whose list it is, with whatever columns find themselves."""
    from dashboard.core.imports.columns import find_columns, mapping_of
    from dashboard.core.imports.mapping import read_mapping, ready_mappings, recognise

    ready = {mapping.name: mapping for mapping in ready_mappings()}
    if asked in ready:
        return ready[asked]
    if asked:
        return read_mapping(_text(Path(asked)), asked)
    recognised = recognise(raw.table.header, ready.values())
    return mapping_of(
        find_columns(raw.table.header, raw.table.rows, recognised),
        recognised.mapping.name if recognised else "list",
        recognised.mapping if recognised else None,
    )


def _answers(file: Path | None) -> dict[str, str]:
    """The answers in a YAML file, by the IDs of their questions."""
    from dashboard.core.saved_views.yaml_file import read_yaml

    if file is None:
        return {}
    content = read_yaml(_text(file), str(file))
    if content is None:
        return {}
    if not isinstance(content, dict) or not all(isinstance(answer, str) for answer in content.values()):
        message = _("{file} holds no answers. Write the ID of a question, a colon and its answer on each line.")
        raise QueryError(message.format(file=file))
    return content


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(_("{file} cannot be read: {error}.").format(file=file, error=error)) from error


def _is_wanted(report: "Report") -> bool:
    """Ask at a terminal whether to take it in; elsewhere nobody can answer."""
    if not sys.stdin.isatty():
        return False
    count = number(len(report.new) + len(report.changed))
    return input(_("Accept {count} rows? [y/N] ").format(count=count)).strip().casefold() in YES


def _say_what_was_done(record: "Record", change: int | None, options: argparse.Namespace) -> None:
    from dashboard.render.text.history import change_in_words

    if change:
        print(change_in_words(record.change(change)))
        print(_("To undo it: python -m dashboard undo {change}").format(change=change))
    else:
        print(_("Nothing was written.") if options.dry_run else _("Nothing was written; --yes accepts it."))
