"""Cells of a list as columns of ours: each different text is read once, and asked about once."""

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Cells
from dataclasses import dataclass
from datetime import date

from dashboard.core.imports.applied import LEAVE_EMPTY, LEAVE_OUT, Answer
from dashboard.core.imports.asking import Asked, Asking
from dashboard.core.imports.fields import label_of
from dashboard.core.imports.mapping import Mapping, Order, folded
from dashboard.core.imports.readers import Read, reader_of
from dashboard.core.imports.values.dates import depends_on_order, orders_of, read_date
from dashboard.core.imports.values.meaning import LONGEST, Understood, one
from dashboard.core.imports.values.states import read_state
from dashboard.core.incidents.columns import BY_NAME, DAYS, INSTANTS, NUMBERS, OF_STATES
from dashboard.core.incidents.vocabulary import word
from dashboard.language import _, alternatives

ORDERS: dict[str, Order] = {"day first": "day first", "month first": "month first"}
_LEAVE_ROWS = _("Leave the row out")


@dataclass(frozen=True)
class Open:
    """A cell that waits for an answer, by the ID of the question."""

    question: str


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be read: what was expected, and what to do."""

    expected: str
    remedy: str


@dataclass(frozen=True)
class LeftOut:
    """A cell whose row an answer leaves out."""


Outcome = dict[str, str] | Open | Fault | LeftOut


class Reader:
    """Reads the cells of one list by a mapping and by the answers that were given."""

    def __init__(self, mapping: Mapping, asking: Asking, today: date) -> None:
        self._mapping, self._asking, self._today = mapping, asking, today
        self.notes: list[str] = []

    def outcomes(self, field: str, column: str, texts: Sequence[str]) -> dict[str, Outcome]:
        """The outcome of each different text of a column for a field; ``column`` is its heading in the list."""
        different = dict.fromkeys(texts)
        words = {folded(name): text for name, text in self._mapping.words.get(field, {}).items()}
        order: Order | Open | LeftOut = ""
        if field in DAYS + INSTANTS:
            order = self._order(field, column, different)
        read = self._reader(field, order if isinstance(order, str) else "")
        found: dict[str, Outcome] = {}
        for text in different:
            meant = words.get(folded(text)) if words and text else None
            understood = one({field: meant} if meant else {}) if meant is not None else read(text)
            if len(understood.meanings) > 1 and not isinstance(order, str) and depends_on_order(text, self._today):
                found[text] = order
            else:
                found[text] = self._outcome(field, column, text, understood)
        return found

    def _reader(self, field: str, order: Order) -> Read:
        phrase = self._mapping.phrases.get(field, "{value}")
        return reader_of(field, order, self._today) or (
            lambda text: one({field: phrase.replace("{value}", text)} if text else {})
        )

    def _order(self, field: str, column: str, texts: Iterable[str]) -> Order | Open | LeftOut:
        """The order of day and month in a column: that of the mapping, of its other cells, or of an answer.

        Where its cells tell both, it is nothing, and each is asked.
        """
        dates = {text: read_date(text, "", self._today).meanings for text in texts if len(text) <= LONGEST}
        several = (text for text, meanings in dates.items() if len(meanings) > 1)
        doubtful = next((text for text in several if depends_on_order(text, self._today)), "")
        if self._mapping.order or not doubtful:
            return self._mapping.order
        told = orders_of(dates)
        if len(told) > 1:
            return ""
        for order, other in told.items():
            note = _("{column}: dates such as {cell} are read with the {first} first, since {other} can only be so.")
            first = _("day") if order == "day first" else _("month")
            self.notes.append(note.format(column=column, cell=doubtful, first=first, other=other))
            return order
        labels = [meaning.label for meaning in dates[doubtful]]
        question = Asked(
            id=f"order: {column}",
            column=column,
            field=field,
            cell=doubtful,
            text=_("Is {cell} {meanings}?").format(cell=doubtful, meanings=alternatives(labels)),
            answers=(Answer("day first", labels[0]), Answer("month first", labels[1]), Answer(LEAVE_OUT, _LEAVE_ROWS)),
        )
        answer = self._asking.answer(question)
        if answer == LEAVE_OUT:
            return LeftOut()
        return ORDERS.get(answer) or Open(question.id)

    def _outcome(self, field: str, column: str, text: str, understood: Understood) -> Outcome:
        if len(understood.meanings) == 1 and not understood.is_doubtful:
            return dict(understood.meanings[0].cells)
        column_ = BY_NAME.get(field)
        can_be_typed = column_ is not None and (column_.codes or (column_.kind == "number" and not column_.required))
        if understood.meanings or can_be_typed:
            return self._asked(field, column, text, understood)
        return Fault(understood.expected, understood.remedy)

    def _asked(self, field: str, column: str, text: str, understood: Understood) -> Outcome:
        """Ask which of several meanings a cell has, or, of a word that is not known, what it means."""
        question = self._question(field, column, text, understood)
        answer = self._asking.answer(question)
        if not answer:
            return Open(question.id)
        if answer == LEAVE_OUT:
            return LeftOut()
        if answer == LEAVE_EMPTY:
            return {}
        for meaning, offered in zip(understood.meanings, question.answers, strict=False):
            if answer == offered.key:
                return dict(meaning.cells)
        if field in OF_STATES:
            typed = read_state(answer, field)
            return dict(typed.meanings[0].cells) if len(typed.meanings) == 1 else Fault(typed.expected, typed.remedy)
        return {field: answer}  # the checks of incidents tell whether there is such a code

    def _question(self, field: str, column: str, text: str, understood: Understood) -> Asked:
        labels = [meaning.label for meaning in understood.meanings]
        offered = tuple(
            Answer(_key(field, meaning.cells), meaning.label, meaning.because) for meaning in understood.meanings
        )
        if len(labels) > 1:
            wording = _("Is {cell} {meanings}?").format(cell=text, meanings=alternatives(labels))
        else:
            offered = offered or (() if field in OF_STATES + NUMBERS else tuple(_codes(field)))
            wording = _("{field}: what is {cell}?").format(field=label_of(field), cell=text)
        return Asked(
            id=f"{field}: {text}",
            column=column,
            field=field,
            cell=text,
            text=wording,
            answers=(*offered, *_ways_out(field)),
            typed=field in OF_STATES + NUMBERS,
        )


def _key(field: str, cells: Cells[str, str]) -> str:
    """The text of an answer for a meaning: what it gives to the field, and the last of several days."""
    first = cells.get(field, "") or next(iter(cells.values()), "")
    return f"{first}/{cells['end_date']}" if field == "date" and "end_date" in cells else first


def _codes(field: str) -> Iterable[Answer]:
    column = BY_NAME[field]
    return (Answer(code, word(field, code)) for code in column.codes)


def _ways_out(field: str) -> tuple[Answer, ...]:
    leave_out = Answer(LEAVE_OUT, _LEAVE_ROWS)
    required = field in BY_NAME and BY_NAME[field].required
    return (leave_out,) if required else (Answer(LEAVE_EMPTY, _("Leave the cell empty")), leave_out)
