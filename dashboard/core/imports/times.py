"""Times of rows: those without a zone become instants, and an instant has the day of its state."""

from collections.abc import Mapping as Cells
from datetime import UTC, date, datetime, time
from functools import cache

from dashboard.core.editing.local_clock import LocalClock, clock_of
from dashboard.core.imports.applied import LEAVE_OUT, Answer
from dashboard.core.imports.asking import Asked, Asking
from dashboard.core.imports.cells import Fault, LeftOut, Open
from dashboard.core.imports.fields import TIME
from dashboard.core.imports.lines import Line
from dashboard.core.imports.mapping import Times as Meant
from dashboard.core.imports.values.dates import text_of_instant
from dashboard.core.incidents.columns import INSTANTS
from dashboard.errors import QueryError
from dashboard.language import _

IN_UTC: Meant = "utc"
LOCAL: Meant = "local"
LEFT_OUT: Meant = "left out"
AT: dict[str, Meant] = {IN_UTC: IN_UTC, LOCAL: LOCAL, LEFT_OUT: LEFT_OUT}
_DAY_OF = {"started_at": "date", "ended_at": "end_date"}


class Times:
    """Makes instants of the times of rows, and asks once what those without a zone are."""

    def __init__(self, meant: str, asking: Asking) -> None:
        """``meant`` is what the mapping says of times without a zone."""
        self._meant, self._asking = meant, asking
        self._clock = cache(_clock)

    def put_right(self, row: Line, recorded: Cells[str, str]) -> None:
        """Put instants in the place of times, and days where the row gives none; ``recorded`` may have its place.

        What is recorded keeps its last day, which an empty cell says nothing of.
        """
        cells = row.cells
        if at := cells.pop(TIME, ""):
            day = cells.get("date") or recorded.get("date", "")
            if day and not cells.get("started_at"):
                cells["started_at"] = _joined(day, at)
        for name in INSTANTS:
            if text := cells.get(name, ""):
                self._put_right(row, name, text, {**recorded, **cells}, is_new=not recorded)

    def _put_right(self, row: Line, name: str, text: str, place: Cells[str, str], *, is_new: bool) -> None:
        is_utc = text.endswith("Z")
        meant = IN_UTC if is_utc else self._meant or self._ask(text)
        if not meant:
            row.take(Open("times"), name, text)
            return
        if meant == LEAVE_OUT:
            row.take(LeftOut(), name, text)
            return
        day = text[:10]
        if meant == LEFT_OUT:
            del row.cells[name]
        else:
            try:
                instant = self._instant(text, meant, place)
            except QueryError as error:
                row.take(Fault(str(error).rstrip("."), _("Correct the time")), name, text)
                return
            row.cells[name] = text if is_utc else text_of_instant(instant)
            day = self._of(place).local(instant).date().isoformat()
        begun = row.cells.get("date", day)
        if not row.cells.get(_DAY_OF[name]) and (name == "started_at" or (is_new and day > begun)):
            row.cells[_DAY_OF[name]] = day

    def _instant(self, text: str, meant: str, place: Cells[str, str]) -> datetime:
        read = datetime.fromisoformat(text)
        if read.tzinfo:
            return read
        if meant == LOCAL:
            return self._of(place).instant(read.date(), read.time())
        return read.replace(tzinfo=UTC)

    def _of(self, place: Cells[str, str]) -> LocalClock:
        try:
            latitude, longitude = float(place.get("latitude", "")), float(place.get("longitude", ""))
        except ValueError:
            return LocalClock()
        return self._clock(place.get("country", ""), round(latitude, 1), round(longitude, 1))

    def _ask(self, text: str) -> str:
        question = Asked(
            id="times",
            column="",
            field="started_at",
            cell=text[11:],
            text=_("Of which zone are times such as {time}?").format(time=text[11:]),
            answers=(
                Answer(LOCAL, _("Local time of the state")),
                Answer(IN_UTC, _("UTC")),
                Answer(LEFT_OUT, _("Not known: take the days alone")),
                Answer(LEAVE_OUT, _("Leave the rows out")),
            ),
        )
        answer = self._asking.answer(question)
        return answer if answer in (LOCAL, IN_UTC, LEFT_OUT, LEAVE_OUT) else ""


def _clock(state: str, latitude: float, longitude: float) -> LocalClock:
    return clock_of(state, latitude, longitude)


def _joined(day: str, at: str) -> str:
    """A day and a time as one text, in UTC where the time has a zone."""
    instant = datetime.combine(date.fromisoformat(day), time.fromisoformat(at))
    return text_of_instant(instant) if instant.tzinfo else f"{day}T{at}"
