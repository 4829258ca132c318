"""The data as the record has them: the data folder is followed, and any earlier state can be read again."""

import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from dashboard.core.data.dataset import Dataset, read_dataset
from dashboard.core.data.release_folders import shipped_releases
from dashboard.core.data.releases import Contents, Release, find_release, read_contents, release_of
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.single_file import INCIDENTS_FILE, file_in
from dashboard.core.query.as_of import as_of_in_words, is_day, is_release, read_as_of
from dashboard.core.record.files import (
    ABOUT_FILE,
    EVENTS_FILE,
    TRACKS_FILE,
    FolderContents,
    StateFiles,
    Things,
    files_of,
    read_things,
)
from dashboard.core.record.record import (
    ABOUT,
    EVENT,
    INCIDENT,
    NOUNS_OF_DATA,
    RELEASED,
    TAKEN_IN,
    TRACK,
    Record,
)
from dashboard.core.record.take_in import FOLDER, problems_of, take_in
from dashboard.errors import QueryError
from dashboard.language import _, day

NOUN_OF_FILE = {INCIDENTS_FILE: INCIDENT, TRACKS_FILE: TRACK, EVENTS_FILE: EVENT}
LARGE_LOSS = 0.1  # of the incidents; where more are gone at once, half a file may have been copied
FEW_LOST = 3  # incidents; as many may go without a question
MOST_STATES = 3  # earlier states that are kept, each as large as the data


@dataclass(frozen=True)
class FolderReading:
    """The data folder as it was read at one time: what it holds, and the data as they are by it alone."""

    contents: FolderContents
    dataset: Dataset
    fingerprint: str


def read_folder(folder: Path, max_file_mb: int = 200) -> FolderReading:
    """Read a data folder, or a single file.

    Raises
    ------
    DataError
        The incidents or the borders are missing or cannot be read at all.
    """
    dataset = read_dataset(folder, max_file_mb)
    return FolderReading(read_things(folder, max_file_mb), dataset, dataset.fingerprint)


def lost(before: Dataset, now: Dataset, only_here: frozenset[str]) -> int:
    """Count the incidents that are gone without having been withdrawn, also those lost for a fault of their row.

    Parameters
    ----------
    only_here
        Incidents that the folder never had, so that it has not lost them.
    """
    return len({*before.incidents["id"]} - {*now.incidents["id"], *now.withdrawn["id"]} - only_here)


def has_lost_much(before: Dataset, now: Dataset, only_here: frozenset[str]) -> bool:
    """Tell whether so many incidents are gone that somebody must say whether that is meant."""
    return lost(before, now, only_here) > max(FEW_LOST, LARGE_LOSS * len(before.incidents))


class RecordedData:
    """The data of one folder and one record.

    Every method raises StorageError where the record cannot be used.
    """

    def __init__(self, record: Record, folder: Path, max_file_mb: int = 200) -> None:
        self.record, self.folder, self.max_file_mb = record, folder, max_file_mb
        self._states: dict[int, Dataset] = {}
        self._reading: FolderReading | None = None
        self._now: Dataset | None = None
        self._one_reads = threading.RLock()
        self._newest = 0  # change of the record when ``_now`` was last found to be so, and its instant
        self._instant: datetime | None = None
        self._left_out: tuple[Problem, ...] = ()

    def take_in(self, reading: FolderReading) -> Dataset:
        """Take in what the folder says, an empty record first its releases, and give the data as they are then."""
        if not self.record.newest_of(*NOUNS_OF_DATA):
            releases, problems = shipped_releases(self.folder)
            for folder, release in releases:
                self._take_in_release(folder, release, reading.contents.things)
            self._left_out = tuple(problems)
        take_in(self.record, reading.contents, facts={"fingerprint": reading.fingerprint})
        return self.leave_out(reading)

    def has_lost_much(self, reading: FolderReading) -> bool:
        """Tell whether taking in what the folder says would lose so many incidents that it may not be meant."""
        things = self.record.state(INCIDENT)
        gone = {*things} - {*reading.contents.things[INCIDENT]} - self.only_here()
        return len(gone) > max(FEW_LOST, LARGE_LOSS * len(things))

    def only_here(self) -> frozenset[str]:
        """The incidents of the record that the folder never had: what was imported or added by hand."""
        return frozenset(self.record.state(INCIDENT)) - self.record.keys_from(FOLDER, INCIDENT)

    def leave_out(self, reading: FolderReading) -> Dataset:
        """Give the data as the record has them, without taking in what the folder says."""
        self._reading, self._now = reading, None
        return self.now()

    def now(self) -> Dataset:
        """The data as they are now; after ``take_in`` alone."""
        if self._reading is None:
            return self.take_in(read_folder(self.folder, self.max_file_mb))
        with self._one_reads:  # else one that began earlier could put an older state in the place of a newer one
            newest = self.record.newest()
            if self._now is None or newest != self._newest:
                moment, releases = self.record.newest_of(*NOUNS_OF_DATA), self._releases(newest)
                if self._now is None or (self._now.moment, self._now.releases) != (moment, releases):
                    self._now = replace(self._read_now(self._reading, moment), releases=releases)
                self._newest, self._instant = newest, self.record.instant(newest)
            return self._now

    def was_replaced(self) -> bool:
        """Tell whether the record is another one now, as after a backup was restored: nothing that was kept holds."""
        return self._newest > 0 and self.record.instant(self._newest) != self._instant

    def _read_now(self, reading: FolderReading, moment: int) -> Dataset:
        things = self._things(moment)
        if things == reading.contents.things:
            found = replace(reading.dataset, moment=moment, states=self)
        else:
            found = self._read(things, moment, lines=reading.contents.lines)
        return replace(found, problems=(*found.problems, *self._left_out))

    def at(self, as_of: str) -> Dataset:
        """The data as they were at a moment, or with an empty text as they are now.

        Raises
        ------
        QueryError
            The record begins later.
        """
        if not as_of:
            return self.now()
        last, moment = self._find(as_of)
        return replace(self._state(moment), as_of=as_of, releases=self._releases(last))

    def after(self, change: int) -> Dataset:
        """The data as they were after a change, and as of its instant; raises as :meth:`at` does."""
        return self.at(self.record.change(change).at.isoformat())

    def change_of(self, fingerprint: str) -> int:
        """The change by which the folder brought data with a fingerprint, or 0."""
        changes = self.record.changes(kinds=(RELEASED, TAKEN_IN))
        return next((change.number for change in changes if change.facts.get("fingerprint") == fingerprint), 0)

    def _state(self, moment: int) -> Dataset:
        """The data as they were after a change of theirs; the last few that were asked for are kept."""
        if moment not in self._states:
            while len(self._states) >= MOST_STATES:
                with suppress(KeyError, StopIteration):  # another session may have done it
                    del self._states[next(iter(self._states))]
            self._states[moment] = self._read(self._things(moment), moment)
        return self._states[moment]

    def contents(self, as_of: str) -> Contents:
        """The incidents and tracks as they were at a moment; raises as :meth:`at` does."""
        _last, moment = self._find(as_of)
        now = self.now()
        if moment == now.moment:
            return now
        with self._folder_of(self._files(moment)) as place:
            return read_contents(place, now.borders, self.max_file_mb)

    def files(self, as_of: str = "") -> StateFiles:
        """The files of the data as they were at a moment, or as they are now; raises as :meth:`at` does."""
        return self._files(self._find(as_of)[1] if as_of else self.now().moment)

    def before(self, since: str) -> str:
        """The moment before the changes since a moment.

        It is the end of the day before a day, or on the day on which the record begins, its beginning.
        """
        if is_release(since):
            return since
        if is_day(since):
            asked, first = date.fromisoformat(since), self.record.change(1).at
            since = first.isoformat() if asked == first.date() else (asked - timedelta(days=1)).isoformat()
        _last, moment = self._find(since)
        return self.record.change(moment).at.isoformat()  # the same for all moments until the next change

    def _find(self, as_of: str) -> tuple[int, int]:
        """The last change up to a moment, and the last one of the data among those up to it."""
        if is_release(as_of):
            last = find_release(self._releases(), as_of).number
        else:
            last = self.record.before(read_as_of(as_of))
        moment = self.record.newest_of(*NOUNS_OF_DATA, up_to=last) if last else 0
        if not moment:
            raise QueryError(self._too_early(as_of))
        return last, moment

    def _releases(self, last: int | None = None) -> tuple[Release, ...]:
        """The releases up to a change, the oldest first."""
        before = None if last is None else last + 1
        return tuple(map(release_of, reversed(self.record.changes(kinds=(RELEASED,), before=before))))

    def _too_early(self, as_of: str) -> str:
        first = self.record.change(1)
        message = _("The record of the data begins on {first}: nothing is known of the data on {moment}.")
        return message.format(first=day(first.at.date()), moment=as_of_in_words(as_of))

    def _things(self, moment: int) -> Things:
        return {noun: self.record.state(noun, moment) for noun in NOUNS_OF_DATA}

    def _read(self, things: Things, moment: int, lines: Mapping[str, Mapping[str, int]] | None = None) -> Dataset:
        """Read a state of the record by the same readers as a folder, so that it passes the same checks."""
        taken = self.record.last_from(FOLDER, moment)
        facts: Mapping[str, Any] = taken.facts if taken else {}
        files = self._files(moment, things)
        with self._folder_of(files) as place:
            found = read_dataset(self.folder, self.max_file_mb, place)
        problems = tuple(self._placed(problem, files, lines or {}, place) for problem in found.problems)
        as_taken_in = taken and (taken.number == moment or self._things(taken.number) == things)
        return replace(
            found,
            problems=(*problems, *(problems_of(taken, self.folder) if taken else ())),
            rows=found.rows + int(facts.get("unread", 0)),
            fingerprint=facts.get("fingerprint", found.fingerprint) if as_taken_in else found.fingerprint,
            moment=moment,
            states=self,
        )

    def _files(self, moment: int, things: Things | None = None) -> StateFiles:
        """The files of a state, with columns, tracks and events in the order in which the folder last had them."""
        taken = self.record.last_from(FOLDER, moment)
        facts: Mapping[str, Any] = taken.facts if taken else {}
        return files_of(things or self._things(moment), facts.get("header", ()), facts.get("orders", {}))

    @staticmethod
    @contextmanager
    def _folder_of(files: StateFiles) -> Iterator[Path]:
        """A folder with the files of a state for as long as they are read."""
        with TemporaryDirectory() as place:
            for name, content in files.contents.items():
                (Path(place) / name).write_bytes(content)
            yield Path(place)

    def _placed(
        self, problem: Problem, files: StateFiles, lines: Mapping[str, Mapping[str, int]], place: Path
    ) -> Problem:
        """A problem of a state's file as one of the folder's file, with the line that its row has there."""
        name = problem.file.name
        if problem.file.parent != place:
            return problem
        if name not in NOUN_OF_FILE:
            return replace(problem, file=self.folder / name)
        noun = NOUN_OF_FILE[name]
        key = files.keys.get(noun, {}).get(problem.line, "")
        return replace(problem, file=file_in(self.folder, name), line=lines.get(noun, {}).get(key, problem.line))

    def _take_in_release(self, folder: Path, release: Release, now: Things) -> None:
        """Take in a shipped release as it was; without a statement of its own, with its cut-off in today's."""
        contents = read_things(folder, self.max_file_mb)
        if ABOUT_FILE not in contents.things[ABOUT]:
            statement = str(now[ABOUT].get(ABOUT_FILE, {}).get("text", ""))
            cutoff = f"cutoff = {release.cutoff.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
            text, found = re.subn(r"^cutoff\s*=.*$", cutoff, statement, count=1, flags=re.MULTILINE)
            contents.things[ABOUT][ABOUT_FILE] = {"text": text if found else f"{cutoff}\n{statement}"}
        facts = {"fingerprint": release.fingerprint, "release": release.facts}
        words = {"kind": RELEASED, "name": release.name, "note": release.note}
        take_in(self.record, contents, **words, at=release.created, facts=facts)
