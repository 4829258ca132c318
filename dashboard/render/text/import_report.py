"""The report on a list in words, for the command line."""

from collections.abc import Iterator, Sequence

from dashboard.core.imports.fields import label_of
from dashboard.core.imports.folder import FolderReport
from dashboard.core.imports.report import Report
from dashboard.core.imports.tracks import CHANGED, NEW, UNCHANGED, TrackOutcome
from dashboard.language import _, listing, ngettext, number

MOST_LISTED = 20  # of each kind
LONGEST = 80  # characters of a text


def report_in_words(report: Report) -> list[str]:
    """Say a report line by line: its figures, then what is open, refused, changed and new."""
    return [
        figures_in_words(report),
        *report.notes,
        *_some(_("Refused"), [str(problem) for problem in report.refused]),
        *_some(_("Open questions"), list(_questions(report))),
        *_some(_("Changed"), list(_changes(report))),
        *_some(_("New"), [_of_new(one.becomes or {}) for one in report.new]),
        *_some(_("Flight tracks"), [_of_track(track) for track in report.tracks]),
        *_some(_("Gone from the source, and left as they are here"), list(report.gone)),
    ]


def folder_in_words(whole: FolderReport) -> list[str]:
    """Say what lies beside the incidents of a folder: figures of its events, what is refused, and its statements."""
    lines = [*whole.notes, *_some(_("Events refused"), [str(problem) for problem in whole.refused])]
    if whole.new or whole.changed or whole.unchanged:
        counts = {"new": len(whole.new), "changed": len(whole.changed), "unchanged": len(whole.unchanged)}
        words = _("Events: {new} new, {changed} changed and {unchanged} unchanged.")
        lines.append(words.format(**{name: number(count) for name, count in counts.items()}))
    if whole.statements:
        lines.append(_("What the keeper states changes: {files}.").format(files=listing([*whole.statements])))
    return lines


def figures_in_words(report: Report) -> str:
    """The figures in a line: ``50 rows: 38 new, 6 changed, 3 unchanged, 1 refused, 2 probable duplicates``."""
    figures = report.figures
    rows = sum(figures.values()) - figures["gone"]
    duplicates = ngettext("{count} probable duplicate", "{count} probable duplicates", figures["duplicates"])
    parts = [
        _("{count} new").format(count=number(figures["new"])),
        _("{count} changed").format(count=number(figures["changed"])),
        _("{count} unchanged").format(count=number(figures["unchanged"])),
        _("{count} refused").format(count=number(figures["refused"])),
        duplicates.format(count=number(figures["duplicates"])),
    ]
    if figures["waiting"]:
        parts.append(_("{count} waiting for an answer").format(count=number(figures["waiting"])))
    if figures["left_out"]:
        parts.append(_("{count} left out").format(count=number(figures["left_out"])))
    words = ngettext("{rows} row: {parts}.", "{rows} rows: {parts}.", rows)
    return words.format(rows=number(rows), parts=listing(parts))


def _some(heading: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    shown = [f"  {line}" for line in lines[:MOST_LISTED]]
    if rest := len(lines) - MOST_LISTED:
        shown += [_("  and {count} more").format(count=number(rest))] if rest > 0 else []
    return [_("{heading}:").format(heading=heading), *shown]


def _questions(report: Report) -> Iterator[str]:
    for question in report.questions:
        answers = [_("{key} ({label})").format(key=each.key, label=each.label) for each in question.answers]
        answers += [_("or what it is")] if question.typed else []
        words = _("{text} Answer {id!r} with: {answers}")
        yield words.format(text=question.text, id=question.id, answers=", ".join(answers))


def _changes(report: Report) -> Iterator[str]:
    for one in report.changed:
        for change in one.changes:
            words = _("{incident}, {field}: {was} → {becomes}").format(
                incident=one.key,
                field=label_of(change.field),
                was=_shown(change.was),
                becomes=_shown(change.becomes),
            )
            yield _("{words}; {reason}").format(words=words, reason=_shown(change.reason)) if change.reason else words


def _of_new(cells: dict[str, str]) -> str:
    words = _("{incident}: {place}, {day}")
    return words.format(incident=cells.get("id", ""), place=cells.get("place", ""), day=cells.get("date", ""))


def _of_track(track: TrackOutcome) -> str:
    words = {NEW: _("{track}, new"), CHANGED: _("{track}, changed"), UNCHANGED: _("{track}, unchanged")}
    return words[track.kind].format(track=track.key)


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return (text if len(text) <= LONGEST else text[: LONGEST - 1] + "…") or _("nothing")
