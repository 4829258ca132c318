"""The commands that make files of views: sheets, slides, pages, data and text; each is noted in the log of exports."""

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.data import recorded_data
from dashboard.commands.progress import Progress
from dashboard.commands.user import user
from dashboard.errors import QueryError, StorageError
from dashboard.language import _, number
from dashboard.settings import settings

if TYPE_CHECKING:
    from dashboard.core.data.dataset import Dataset
    from dashboard.core.query.view import View
    from dashboard.core.saved_views.saved_view import SavedView
    from dashboard.render.text.handout import Handout

# Libraries are imported where they are needed, so that each command starts quickly.
Make = Callable[[], bytes | Iterable[bytes]]


def sheet(options: argparse.Namespace) -> int:
    """Draw views as pictures or pages."""
    from dashboard.render.sheet import make_pictures, make_sheets, missing_signs
    from dashboard.render.sheet.layout import Format

    format_ = Format(_kind(options.output), options.size, options.portrait, options.look)
    progress = Progress()
    handouts, _notes = _handouts(options)
    for words in dict.fromkeys(map(missing_signs, handouts)):
        if words:
            print(words, file=sys.stderr)
    if format_.kind == "pdf":
        return _write({options.output: partial(make_sheets, handouts, format_, progress)}, progress, handouts)
    files = _numbered(options.output, handouts)
    if not options.list:
        return _write({file: partial(make_sheets, [one], format_) for file, one in files.items()}, progress, files)
    for file, one in files.items():
        pictures = list(
            make_pictures(one, format_, progress)
        )  # all of them, before any takes the place of an older one
        for page, content in enumerate(pictures, start=1):
            _put(file if page == 1 else file.with_stem(f"{file.stem}-page-{page}"), content, [one])
    return 0


def deck(options: argparse.Namespace) -> int:
    """Make slides of views."""
    from dashboard.render.deck import make_deck
    from dashboard.render.symbols.palettes import LIGHT, THEMES

    _kind(options.output, "pptx")
    palette = THEMES.get(options.look or LIGHT.name)
    if not palette:
        words = _("Slides cannot have the theme {look!r}; choose one of {looks}.")
        raise QueryError(words.format(look=options.look, looks=", ".join(THEMES)))
    progress = Progress()
    handouts, notes = _handouts(options)
    template = options.template or settings().template
    make = partial(make_deck, handouts, notes, template, progress, palette)
    return _write({options.output: make}, progress, handouts)


def export(options: argparse.Namespace) -> int:
    """Write views as data or as a page; beside a CSV file a text with what it cannot say; or all data as a folder."""
    if not options.output.suffix:
        return _export_folder(options)
    from dashboard.render.export import EXPORTS, export_parts, make_notes
    from dashboard.render.web.webpage import make_webpage

    kind = _kind(options.output, *EXPORTS, "html")
    progress = Progress()
    handouts, _notes = _handouts(options)
    files = _numbered(options.output, handouts)
    make = make_webpage if kind == "html" else partial(export_parts, kind=kind)
    work: dict[Path, Make] = {file: partial(make, one) for file, one in files.items()}
    if kind == "csv":
        notes = {file.with_name(f"{file.stem}-about.txt"): one for file, one in files.items()}
        work |= {file: partial(make_notes, one) for file, one in notes.items()}
        files |= notes
    return _write(work, progress, files)


def _export_folder(options: argparse.Namespace) -> int:
    """Write the files of all the data as a data folder; a release with its record, so that it can be shipped."""
    from dashboard.core.data.release_folders import write_folder

    if options.query or options.again or options.views or options.since:
        message = _("{folder} is a folder, which takes all the data: give no view, or a file with an ending.")
        raise QueryError(message.format(folder=options.output))
    recorded = recorded_data()
    files = recorded.files(options.as_of or "")
    asked = next((release for release in recorded.now().releases if release.name == options.as_of), None)
    if asked and asked.fingerprint != files.fingerprint:
        message = _("The data of release {name} lay in files of another form: its record is left out.")
        print(message.format(name=asked.name), file=sys.stderr)
        asked = None
    write_folder(options.output, files.contents, asked)
    _note(options.output, files.fingerprint, [])
    return 0


def brief(options: argparse.Namespace) -> int:
    """Write views in words."""
    from dashboard.render.text.brief import BRIEFS, make_brief

    kind = _kind(options.output, *BRIEFS)
    handouts, _notes = _handouts(options)
    return _write({options.output: partial(make_brief, handouts, kind)}, Progress(), handouts)


def _kind(output: Path, *kinds: str) -> str:
    """The kind of file that is asked for, by its ending."""
    kind = output.suffix.removeprefix(".").lower()
    if kinds and kind not in kinds:
        raise QueryError(
            _("{file} cannot be made here; its ending must be one of {kinds}.").format(
                file=output, kinds=", ".join(f".{kind}" for kind in kinds)
            )
        )
    return kind


def _handouts(options: argparse.Namespace) -> tuple[list["Handout"], list[str]]:
    """The handouts that are asked for, each noted in the register, and the notes to each."""
    from dashboard.core.data.sheet_ids import SheetRegister, as_it_was, what_changed
    from dashboard.core.saved_views.saved_view import SavedView
    from dashboard.render.symbols.marking import doubt_of_marking
    from dashboard.render.text.handout import make_noted_handouts

    if sum(bool(way) for way in (options.query, options.again, options.views)) > 1:
        raise QueryError(_("Give one of --query, --again and --views."))
    now = _dataset()
    entry = SheetRegister(settings().record).recall(options.again) if options.again else None
    asked = [SavedView(entry.view)] if entry else _asked(options)
    dataset = as_it_was(entry, now) if entry else now
    if entry and dataset is not now:  # no moment of its own is written on what was made without one
        dataset = replace(dataset, as_of=entry.view.as_of)
    produced = options.produced or datetime.now(UTC)
    views = [_headed(saved.view, options) for saved in asked]
    handouts = make_noted_handouts(dataset, views, produced, partial(print, file=sys.stderr))
    for doubt in dict.fromkeys(doubt_of_marking(handout.marking) for handout in handouts):
        if doubt:  # words of one's own are allowed, these too
            print(_("{doubt} The files carry it as it is.").format(doubt=doubt), file=sys.stderr)
    if entry and (changed := what_changed(entry, now)):
        again = _("The files show the data as they were then.") if dataset is not now else ""
        print(changed, again, file=sys.stderr)
    return handouts, [saved.notes for saved in asked]


def _dataset() -> "Dataset":
    """The data as the record has them now; those of the folder, and a warning, where the record cannot be used."""
    from dashboard.core.data.dataset import read_dataset

    try:
        return recorded_data().now()
    except StorageError as error:
        print(_("{error} The data of the folder are used.").format(error=error), file=sys.stderr)
        return read_dataset(settings().data, settings().max_file_mb)


def _asked(options: argparse.Namespace) -> list["SavedView"]:
    """The views that are asked for, by query or by a file."""
    from dashboard.core.query.view import parse_query_string
    from dashboard.core.saved_views.saved_view import SavedView, read_views

    if options.views:
        return read_views(options.views)
    view, notices = parse_query_string(options.query)
    if notices:
        raise QueryError(" ".join(notices))
    return [SavedView(view)]


def _headed(view: "View", options: argparse.Namespace) -> "View":
    """A view with the heading that the options give."""
    words = {name: getattr(options, name) for name in ("title", "finding", "marking")}
    words |= {name: getattr(options, name) for name in ("as_of", "since")}
    try:
        return replace(view, **{name: text for name, text in words.items() if text is not None})
    except ValueError as error:
        raise QueryError(_("The heading cannot be used: {error}.").format(error=error)) from error


def _numbered(output: Path, handouts: list["Handout"]) -> dict[Path, "Handout"]:
    """A file for each handout, with a number if there are several: lt-1.png, lt-2.png."""
    if len(handouts) == 1:
        return {output: handouts[0]}
    return {output.with_stem(f"{output.stem}-{place}"): handout for place, handout in enumerate(handouts, start=1)}


def _write(
    files: Mapping[Path, Make], progress: Progress, handouts: "Sequence[Handout] | Mapping[Path, Handout]"
) -> int:
    """Make and write files of all handouts, or each of its own; none is touched before its content is there."""
    for position, (file, make) in enumerate(files.items(), start=1):
        _put(file, make(), [handouts[file]] if isinstance(handouts, Mapping) else handouts)
        if len(files) > 1:
            progress(
                _("{count} of {files}: {file}").format(count=number(position), files=number(len(files)), file=file)
            )
    return 0


def _put(file: Path, content: bytes | Iterable[bytes], handouts: "Sequence[Handout]") -> None:
    """Write a file, and note it in the log."""
    from dashboard.core.data.atomic_file import write_output
    from dashboard.core.data.export_log import Hashing

    parts = Hashing(content)
    write_output(file, parts)
    _note(file, parts.sha256, handouts)


def _note(file: Path, sha256: str, handouts: "Sequence[Handout]") -> None:
    """Note a file in the log; that it cannot be is said, as that its sheets cannot."""
    from dashboard.core.data.export_log import ExportLog, Sheet

    try:
        sheets = [Sheet(handout.view, handout.sheet_id) for handout in handouts]
        ExportLog(settings().record).add(user(), file.name, sha256, sheets)
    except StorageError as error:
        print(_("{error} The log of exports lacks {file}.").format(error=error, file=file), file=sys.stderr)
