"""The data of the process: shared by every session, never changed, and read again when their files change."""

import gc
import logging
import threading
import time
from dataclasses import dataclass, field
from functools import cache

from dashboard.core.data.about import ABOUT
from dashboard.core.data.dataset import OFFICIAL_TOTALS, PUBLISHERS, Dataset
from dashboard.core.data.history import History
from dashboard.core.data.recorded import FolderReading, RecordedData, has_lost_much, lost, read_folder
from dashboard.core.data.releases import FILES
from dashboard.core.incidents.single_file import file_in, map_folder
from dashboard.core.record.record import Record, record_at
from dashboard.errors import DashboardError, StorageError, UnreadableFileError
from dashboard.language import _, ngettext, number
from dashboard.settings import settings
from dashboard.ui.escaping import for_visitors

RETRY_S = 10.0  # after which a record that could not be asked is asked again
SETTLED_S = 1.0  # a file that was written to less than so long ago may not be whole yet
Stamp = tuple[tuple[str, int, int, int], ...]  # of each file that is there: name, time of content, of rights, and size
_log = logging.getLogger(__name__)


@dataclass
class _Store:
    """The last data that could be read, and any warning about newer ones.

    failure
        The reason why they could not be read, or empty.
    withheld
        Newer data that have lost so much that somebody must say whether that is meant, or None.
    only_here
        Incidents of the record that the folder never had, when that was last asked.
    recorded
        The record of the data, or None where it cannot be used; ``unrecorded`` tells why.
    history
        The changes of that record.
    unreachable, ask_again_at
        The reason why the record could not be asked when it last was, or empty; and from when on, by the monotonic
        clock, it is asked again: who waits for a database that does not answer makes every page wait.
    """

    dataset: Dataset | None = None
    stamp: Stamp = ()
    failure: str = ""
    withheld: FolderReading | None = None
    only_here: frozenset[str] = frozenset()
    recorded: RecordedData | None = None
    history: History | None = None
    unrecorded: str = ""
    unreachable: str = ""
    ask_again_at: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)


_STORE = _Store()  # of the module, not of a cache of Streamlit's, which any visitor can clear


def dataset() -> Dataset:
    """The incidents, borders and places of the data folder, as they are now or as they could last be read.

    Raises
    ------
    DataError
        They are missing or cannot be read at all, and never could.
    """
    with _STORE.lock:
        stamp = _stamp()
        if _STORE.dataset is None:
            _STORE.dataset = _take_in(_read(), ask=True)
            _STORE.stamp = stamp
            _set_apart()
        elif stamp != _STORE.stamp and _settled(stamp):
            _STORE.stamp = stamp
            _read_again(_STORE.dataset)
            _set_apart()
        elif _STORE.recorded and time.monotonic() >= _STORE.ask_again_at:
            _ask_record(_STORE.recorded, _STORE.dataset)
        return _STORE.dataset


def _ask_record(recorded: RecordedData, before: Dataset) -> None:
    """Take up what the record has now; where it cannot be asked, the data stay, and every page says so."""
    try:
        if recorded.was_replaced():
            _begin_again(before)
            _set_apart()
        elif not _STORE.unrecorded and not _STORE.withheld and (now := recorded.now()) is not before:
            _STORE.dataset = now  # somebody has edited the record
            _set_apart()
    except DashboardError as error:
        _log.warning("%s", error)
        message = _("{reason} What is shown are the data as they were last read.")
        _STORE.unreachable = message.format(reason=for_visitors(error))
        _STORE.ask_again_at = time.monotonic() + RETRY_S
    else:
        _STORE.unreachable = ""


def shown() -> Dataset | None:
    """The data that were last shown, at once; None where there never were any."""
    return _STORE.dataset


def _set_apart() -> None:
    """Keep the data and the libraries out of the collection of garbage that Streamlit forces after every script.

    It would look through all of them, for longer than the script takes. What was set apart before stays so: nothing of
    the data refers to itself in a circle, so that older ones are gone as soon as nobody asks for them.
    """
    gc.collect()
    gc.freeze()


@cache
def set_modules_apart() -> None:
    """Keep the page's modules out of it, too: once a process, by the first script, which has loaded them."""
    _set_apart()


def _read_again(before: Dataset) -> None:
    """Read the files again; data that cannot be read, or have lost too much, change nothing but the alarm."""
    _STORE.failure, _STORE.withheld = "", None
    try:
        found = _read()
    except DashboardError as error:
        _STORE.failure = _not_read_again(error)
        return
    _STORE.only_here = _only_here()
    if has_lost_much(before, found.dataset, _STORE.only_here):
        _STORE.withheld = found
    else:
        _STORE.dataset = _take_in(found)


def _only_here() -> frozenset[str]:
    """The incidents of the record that the folder never had; as they last were where the record cannot be used."""
    try:
        return _STORE.recorded.only_here() if _STORE.recorded else frozenset()
    except StorageError as error:
        _log.warning("%s", error)
        return _STORE.only_here


def _take_in(found: FolderReading, *, ask: bool = False) -> Dataset:
    """Make a change of the record of what the folder says, and give the data as they are then.

    Where the record cannot be used, they are those of the folder, and the page says so. With ``ask``, a large loss
    waits for somebody to say that it is meant.
    """
    _STORE.unrecorded = ""
    try:
        if _STORE.recorded is None:
            record = Record(settings().record)
            _STORE.recorded = RecordedData(record, settings().data, settings().max_file_mb)
            _STORE.history = History(record, found.dataset.borders)
        if ask and _STORE.recorded.has_lost_much(found):
            _STORE.only_here = _STORE.recorded.only_here()
            _STORE.withheld = found
            return _STORE.recorded.leave_out(found)
        return _STORE.recorded.take_in(found)
    except StorageError as error:
        _log.warning("%s", error)
        message = _("{reason} What is shown are the data of the folder, without what was edited here.")
        _STORE.unrecorded = message.format(reason=for_visitors(error))
        return found.dataset


def _begin_again(before: Dataset) -> None:
    """Read folder and record as a new server does, since a backup was restored; nothing that was kept holds."""
    _log.warning("The record was replaced, as by a backup that was restored; it is read again.")
    record_at.cache_clear()
    _STORE.recorded, _STORE.withheld, _STORE.failure = None, None, ""
    try:
        _STORE.dataset = _take_in(_read(), ask=True)
    except DashboardError as error:
        _STORE.dataset, _STORE.failure = before, _not_read_again(error)


def _not_read_again(error: DashboardError) -> str:
    message = _("The data could not be read again: {reason} The last readable version is shown.")
    return message.format(reason=for_visitors(error))


def history() -> History:
    """The changes of the data; after ``dataset`` alone.

    Raises
    ------
    StorageError
        The record cannot be used.
    """
    if _STORE.history is None or _STORE.unrecorded:
        raise StorageError(_STORE.unrecorded)
    return _STORE.history


def alarm() -> str:
    """A warning for every page that newer data are not shown and why, or empty."""
    if _STORE.withheld is None or _STORE.dataset is None:
        return " ".join(sentence for sentence in (_STORE.failure, _STORE.unrecorded, _STORE.unreachable) if sentence)
    gone = lost(_STORE.dataset, _STORE.withheld.dataset, _STORE.only_here)
    message = ngettext(
        "The file of incidents has changed, and {count} of {all} incidents is gone from it. "
        "What is shown are the data from before.",
        "The file of incidents has changed, and {count} of {all} incidents are gone from it. "
        "What is shown are the data from before.",
        gone,
    )
    return message.format(count=number(gone), all=number(len(_STORE.dataset.incidents)))


def is_withheld() -> bool:
    """Tell whether newer data wait for somebody to say that their loss of incidents is meant."""
    return _STORE.withheld is not None


def take_withheld() -> None:
    """Show the newer data that have lost many incidents, since somebody said that this is meant."""
    with _STORE.lock:
        if _STORE.withheld is not None:
            _log.warning("%s These data were taken up on demand.", alarm())
            found, _STORE.withheld = _STORE.withheld, None
            _STORE.dataset = _take_in(found)


def _read() -> FolderReading:
    try:
        return read_folder(settings().data, settings().max_file_mb)
    except DashboardError:
        raise
    except Exception as error:  # whatever it is, nobody may see old data without being told
        _log.exception("The data could not be read.")
        message = _("an unforeseen fault; see the server log.")
        raise UnreadableFileError(message) from error


def _stamp() -> Stamp:
    found = []
    beside_the_map = (PUBLISHERS, OFFICIAL_TOTALS)
    for name in (*FILES, ABOUT, *beside_the_map):
        path = map_folder(settings().data) / name if name in beside_the_map else file_in(settings().data, name)
        try:
            facts = path.stat()
        except OSError:  # it is not there, or nobody may look; reading says why
            continue
        found.append((name, facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size))
    return tuple(found)


def _settled(stamp: Stamp) -> bool:
    """Tell whether no file was written to just now; a time in the future is that of another clock, and settled."""
    return all(abs(time.time_ns() - written) > SETTLED_S * 1e9 for _name, written, _rights, _size in stamp)
