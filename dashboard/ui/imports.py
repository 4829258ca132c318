"""The import under way in a session: its file, columns, answers and report."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from dashboard.core.data.dataset import Dataset
from dashboard.core.imports.applied import Question
from dashboard.core.imports.columns import Match
from dashboard.core.imports.files.raw import RawFile
from dashboard.core.imports.files.reading import read_file
from dashboard.core.imports.mapping import Mapping as ListMapping
from dashboard.core.imports.mapping import Recognised, ready_mappings
from dashboard.core.imports.prepare import find_mapping, made_of, report_of
from dashboard.core.imports.report import DUPLICATE, Report
from dashboard.core.imports.typed_cells import Cell, text_at, with_typed
from dashboard.core.record.record import INCIDENT, record_at
from dashboard.errors import DashboardError
from dashboard.language import _
from dashboard.settings import settings
from dashboard.ui.escaping import for_visitors
from dashboard.ui.import_beside import Beside
from dashboard.ui.import_prepared import PreparedReport, prepare_report
from dashboard.ui.import_work import Work

KEPT = "import"  # in what the session keeps
FILE, COLUMNS, QUESTIONS, REPORT = STEPS = "file", "columns", "questions", "report"
Read = tuple[RawFile, tuple[Match, ...], Recognised | None]


@dataclass(eq=False)
class ListImport:
    """An import.

    token
        By which it is found again where the connection was lost.
    turn
        Makes the field of the file a new one.
    step
        The part that is shown, one of STEPS; columns and questions stand side by side where there is room.
    name, content
        Of the file.
    beside
        A second file that lists the sources whose numbers the list gives, or None.
    layer, code_page
        What is read of it, and how; empty for the likeliest.
    raw, matches, recognised
        The file as it was read, its columns, and the ready mapping whose list it is.
    chosen
        The field of each heading that somebody has chosen by hand; empty where the column is left out.
    defaults
        Values for the whole list, by field.
    answers
        To questions, by their IDs.
    answered
        The questions about values that were answered here, by their IDs.
    asked, looked_at
        The place, from 0, of the open question that was looked for last, and how often one was; -1 before any was.
    typed
        Cells that were corrected here, with their texts.
    left_out
        Keys of incidents and flight tracks that are not to be taken in this time.
    section, pages
        The kind of rows whose pages are turned, or empty where the first of every kind are shown; and the page of each
        kind, from 0.
    problem
        Why the file cannot be read, or the report cannot be made or accepted.
    prepared
        The report with what the page needs of it, or None before there is one.
    moment
        The last change of the record when the report was made.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    turn: int = 0
    step: str = FILE
    name: str = ""
    content: bytes = b""
    beside: Beside | None = None
    layer: str = ""
    code_page: str = ""
    raw: RawFile | None = None
    matches: tuple[Match, ...] = ()
    recognised: Recognised | None = None
    chosen: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    source: str = ""
    is_full: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    answered: dict[str, Question] = field(default_factory=dict)
    asked: int = -1
    looked_at: int = 0
    typed: dict[Cell, str] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    section: str = ""
    pages: dict[str, int] = field(default_factory=dict)
    prepared: PreparedReport | None = None
    moment: int = 0
    problem: str = ""
    reading: Work[Read] | None = None
    reporting: Work[PreparedReport] | None = None

    @property
    def report(self) -> Report | None:
        """The report, or None before there is one."""
        return self.prepared.report if self.prepared else None

    @property
    def mapping(self) -> ListMapping:
        """The mapping as it was found, with what was chosen by hand."""
        matches = [replace(match, field=self.chosen.get(match.heading, match.field)) for match in self.matches]
        made = made_of(tuple(matches), self.recognised)
        given = {name: text for name, text in self.defaults.items() if text}
        return made.model_copy(update={"defaults": {**made.defaults, **given}})

    @property
    def open(self) -> int:
        """The number of questions about values that are open."""
        return len(self.open_questions)

    @property
    def open_questions(self) -> list[Question]:
        """The questions about values that are open."""
        return [one for one in self.report.questions if not one.id.startswith(DUPLICATE)] if self.report else []

    @property
    def size(self) -> int:
        """The size of its files, in bytes."""
        return len(self.content) + (len(self.beside.content) if self.beside else 0)

    def is_done(self, step: str) -> bool:
        """Tell whether there is nothing left to do in a step."""
        if step == FILE:
            return self.raw is not None
        is_complete = self.report is not None and not self.report.missing
        return is_complete and (step == COLUMNS or (step == QUESTIONS and not self.open))

    def go_to(self, step: str) -> None:
        """Show a step."""
        self.step = step
        self.turn += step == FILE  # an uploader without the file of before

    def look_for_question(self, on_a_page: int) -> None:
        """Look at the next open question, and after the last one at the first."""
        self.step = QUESTIONS
        self.asked = (self.asked + 1) % max(1, self.open)
        self.pages[QUESTIONS] = self.asked // on_a_page
        self.looked_at += 1

    def take_file(self, name: str, content: bytes) -> None:
        """Begin with a file."""
        self.name, self.content, self.source = name, content, Path(name).stem
        self.layer = self.code_page = ""
        self.answers, self.answered, self.asked, self.beside = {}, {}, -1, None
        self.chosen, self.defaults, self.left_out = {}, {}, set()
        self.read()

    def read(self) -> None:
        """Read the file, or read it anew."""
        self.section, self.pages, self.typed, self.step = "", {}, {}, COLUMNS
        self._begin_to_read()

    def copy(self) -> "ListImport":
        """Copy the file and all that was chosen, but nothing that is worked out of them."""
        return replace(
            self,
            pages={**self.pages},
            chosen={**self.chosen},
            defaults={**self.defaults},
            answers={**self.answers},
            answered={**self.answered},
            typed={**self.typed},
            left_out={*self.left_out},
            raw=None,
            matches=(),
            recognised=None,
            prepared=None,
            reading=None,
            reporting=None,
        )

    def go_on(self) -> None:
        """Read the file of a copy, with what was chosen."""
        self.step = COLUMNS if self.step == FILE else self.step
        self._begin_to_read()

    def _begin_to_read(self) -> None:
        self.raw = self.prepared = None
        self.problem = ""
        content, name, layer, code_page = self.content, self.name, self.layer, self.code_page

        def work(job: Work[Read]) -> Read:
            raw = read_file(content, name, layer=layer, code_page=code_page, cancelled=job.is_left)
            return raw, *find_mapping(raw, record_at(settings().record))

        self.reading = Work(_("Reading {file}").format(file=name), work)

    def tell(self, dataset: Dataset) -> None:
        """Make the report anew: something has been chosen or answered, or the record has changed."""
        raw = self.raw
        if raw is None:
            return
        if self.reporting:
            self.reporting.leave()
        self.problem = ""
        mapping, answers, source = self.mapping, dict(self.answers), self.source
        raw = with_typed(raw, self.typed)
        file, is_full, beside, record = Path(self.name), self.is_full, self.beside, record_at(settings().record)

        def work(job: Work[PreparedReport]) -> PreparedReport:
            report = report_of(
                raw,
                mapping,
                answers,
                dataset,
                record,
                source=source,
                file=file,
                beside=beside.read(job.is_left) if beside else None,
                is_full=is_full,
                progress=job.progress,
            )
            return prepare_report(report, dataset, record.state(INCIDENT))

        self.moment = dataset.moment
        self.reporting = Work(_("Working out the report"), work)

    def take_beside(self, beside: Beside | None, dataset: Dataset) -> None:
        """Take the file that lists the sources, or take it back."""
        self.beside = beside
        self.tell(dataset)

    def take_up(self, dataset: Dataset) -> Work[Any] | None:
        """Take up what the work has come to, and give the work that goes on."""
        if self.reading:
            if not self.reading.is_done():
                return self.reading
            self._read(self.reading)
            self.reading = None
        if self.raw and (
            self.moment != dataset.moment or (not self.prepared and not self.reporting and not self.problem)
        ):
            self.tell(dataset)
        if self.reporting:
            if not self.reporting.is_done():
                return self.reporting
            error = self.reporting.error
            self.prepared = self.reporting.result
            self.problem = for_visitors(error) if isinstance(error, DashboardError) else ""
            self.reporting = None
        return None

    def _read(self, work: Work[Read]) -> None:
        if work.result is None:
            self.problem = for_visitors(work.error) if isinstance(work.error, DashboardError) else ""
            self.step = FILE
            self.turn += 1
            return
        self.raw, self.matches, self.recognised = work.result
        is_named = self.source != Path(self.name).stem
        if self.recognised and not is_named and self.recognised.mapping not in ready_mappings():
            self.source = self.recognised.mapping.name
        self.layer, self.code_page = self.raw.layer, self.raw.code_page

    def answer(self, question: Question, answer: str, dataset: Dataset) -> None:
        """Take an answer, or take it back where it is empty."""
        self.answers.pop(question.id, None)
        self.answered.pop(question.id, None)
        if answer:
            self.answers[question.id] = answer
            if not question.id.startswith(DUPLICATE):
                self.answered[question.id] = question
                self.asked -= self.asked >= 0  # the next one takes its place
        self.tell(dataset)

    def answer_anew(self, dataset: Dataset) -> None:
        """Take back all answers about values."""
        for question in self.answered:
            self.answers.pop(question, None)
        self.answered.clear()
        self.tell(dataset)

    def type_cell(self, cell: Cell, text: str, dataset: Dataset) -> None:
        """Correct a cell of the list, or take that back where it is as the file has it."""
        if self.raw is None:
            return
        if text == text_at(self.raw.table, cell):
            self.typed.pop(cell, None)
        else:
            self.typed[cell] = text
        self.tell(dataset)

    def row_at(self, line: int) -> list[tuple[str, str]]:
        """The headings and cells of the row at a line of the list, as far as it has texts."""
        table = self.raw.table if self.raw else None
        if table is None or line not in table.lines:
            return []
        cells = zip(table.header, table.rows[table.lines.index(line)], strict=True)
        return [(name, str(cell)) for name, cell in cells if str(cell).strip()]

    def leave_out(self, keys: Iterable[str], *, out: bool) -> None:
        """Leave incidents or flight tracks out this time, or take them in."""
        if out:
            self.left_out.update(keys)
        else:
            self.left_out.difference_update(keys)
