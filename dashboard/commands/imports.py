"""The command ``import``: a list is read and reported on, and what is accepted is one change."""

import argparse
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.commands.user import user
from dashboard.errors import QueryError, UnreadableFileError
from dashboard.language import _, ngettext, number

if TYPE_CHECKING:
    from dashboard.core.imports.files.raw import RawFile
    from dashboard.core.imports.folder import FolderReport
    from dashboard.core.imports.mapping import Mapping
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
    gc.disable()  # 100,000 rows are millions of objects, none in a circle: looking for those takes a third of the time
    try:
        return _report_and_take_in(options)
    finally:
        gc.enable()


def _report_and_take_in(options: argparse.Namespace) -> int:
    """Do the work of the command; gives its exit code."""
    from dashboard.commands.data import recorded_data
    from dashboard.commands.progress import Progress
    from dashboard.core.imports.accept import accept, accepted, source_name
    from dashboard.core.imports.files.reading import read_file
    from dashboard.core.imports.folder import FolderReport, report_on_folder
    from dashboard.core.imports.kept import with_answers
    from dashboard.core.imports.prepare import report_of
    from dashboard.core.record.files import TRACKS_FILE
    from dashboard.render.text.import_report import folder_in_words, report_in_words
    from dashboard.settings import settings

    progress = Progress()
    raw, file, name = _read(options)
    beside = read_file(options.beside) if options.beside else None
    source = source_name(options.source or name)
    recorded = recorded_data()
    dataset, record = recorded.now(), recorded.record
    count = len(raw.table.rows)
    told = ngettext("{file} is {kind}, with {count} row", "{file} is {kind}, with {count} rows", count)
    progress(told.format(file=file, kind=raw.kind, count=number(count)))
    mapping = _with_defaults(_mapping(options.mapping, raw, record), options.default)
    answers = _answers(options.answers)
    folder, flights = Path(options.file), None
    whole = FolderReport()
    if folder.is_dir():
        whole = report_on_folder(folder, dataset, record, settings().max_file_mb)
        flights = read_file(folder / TRACKS_FILE) if (folder / TRACKS_FILE).exists() else None
    about = {"source": source, "file": file, "beside": beside, "flights": flights, "is_full": options.full}
    report = report_of(raw, mapping, answers, dataset, record, **about)
    if report.missing:
        example = "--default location_accuracy_km=5 --default category=crash"
        message = _("{file}: {missing} Such values are given as in {example}.")
        raise UnreadableFileError(message.format(file=file, missing=report.missing, example=example))
    rows = accepted(report, options.leave_out)
    if not options.json:
        print("\n".join([*report_in_words(report), *folder_in_words(whole)]))
    change = None
    if not options.dry_run and (rows or report.tracks or whole.becomes) and (options.yes or _is_wanted(report, whole)):
        kept = with_answers(mapping, answers).model_copy(update={"name": source})
        note, tracks = options.note, report.tracks
        change = accept(record.by(user()), rows, source, tracks=tracks, beside=whole.becomes, note=note, mapping=kept)
    if options.json:
        print(json.dumps(as_json(report, whole, change), ensure_ascii=False, indent=1))
    else:
        _say_what_was_done(record, change, options)
    return 0 if report.is_clean and not whole.refused else 1


def _read(options: argparse.Namespace) -> tuple["RawFile", Path, str]:
    """Read the list, of a file or of a database; gives what it is called in messages, and its name, as well."""
    from dashboard.core.imports.files.database import database_name
    from dashboard.core.imports.files.reading import read_database, read_file
    from dashboard.core.incidents.single_file import INCIDENTS_FILE

    if "://" in options.file:
        if options.query and options.layer:
            raise QueryError(_("Give either --query or --table."))
        raw = read_database(options.file, options.query, table=options.layer)
        name = database_name(options.file, raw.layer)
        return raw, Path(name), name
    if options.query:
        raise QueryError(_("--query is for a database; expected postgresql://USER@HOST/DATABASE in place of a file."))
    file = Path(options.file)
    if file.is_dir():
        return read_file(file / INCIDENTS_FILE), file / INCIDENTS_FILE, file.resolve().name
    raw = read_file(file, layer=options.layer)
    # A row is one of a sheet: the messages name it where there are several.
    return raw, Path(f"{file} ({raw.layer})") if len(raw.layers) > 1 else file, file.stem


def as_json(report: "Report", whole: "FolderReport", change: int | None) -> dict[str, Any]:
    """A report as the command prints it: figures of rows and events, the open questions, the change."""
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
    events = {name: len(getattr(whole, name)) for name in ("new", "changed", "unchanged")}
    events["refused"] = len({problem.line for problem in whole.refused})
    beside = {"events": events, "statements": list(whole.statements)}
    return report.figures | beside | {"questions": questions, "change": change}


def _mapping(asked: str, raw: "RawFile", record: "Record") -> "Mapping":
    """The mapping in a file or with a name; or else the one whose list it is, with whatever columns find themselves."""
    from dashboard.core.imports.mapping import read_mapping, ready_mappings
    from dashboard.core.imports.prepare import find_mapping, made_of

    ready = {mapping.name: mapping for mapping in ready_mappings()}
    if asked in ready:
        return ready[asked]
    return read_mapping(_text(Path(asked)), asked) if asked else made_of(*find_mapping(raw, record))


def _with_defaults(mapping: "Mapping", asked: list[str]) -> "Mapping":
    """A mapping with values for all rows, each written ``FIELD=VALUE``."""
    from dashboard.core.imports.fields import FIELDS

    defaults = dict(mapping.defaults)
    for text in asked:
        field, equals, value = text.partition("=")
        if not equals or field not in FIELDS:
            message = _("{text!r} is no default; expected a field, = and its value, such as {example}.")
            raise QueryError(message.format(text=text, example="location_accuracy_km=5"))
        defaults[field] = value.strip()
    return mapping.model_copy(update={"defaults": defaults})


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


def _is_wanted(report: "Report", whole: "FolderReport") -> bool:
    """Ask at a terminal whether to take it in; elsewhere nobody can answer."""
    if not sys.stdin.isatty():
        return False
    events = len(whole.new) + len(whole.changed)
    count = number(report.figures["new"] + report.figures["changed"] + events)
    return input(_("Accept {count} rows? [y/N] ").format(count=count)).strip().casefold() in YES


def _say_what_was_done(record: "Record", change: int | None, options: argparse.Namespace) -> None:
    from dashboard.render.text.history import change_in_words

    if change:
        print(change_in_words(record.change(change)))
        print(_("To undo it: python -m dashboard undo {change}").format(change=change))
    else:
        print(_("Nothing was written.") if options.dry_run else _("Nothing was written; --yes accepts it."))
