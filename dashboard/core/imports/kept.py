"""Mappings that are kept in the record, with what was answered about their words, and found again by the header."""

from collections.abc import Mapping as Cells
from collections.abc import Sequence

from dashboard.core.imports.applied import LEAVE_EMPTY, LEAVE_OUT
from dashboard.core.imports.mapping import (
    Mapping,
    Recognised,
    folded,
    mapping_text,
    read_mapping,
    ready_mappings,
    recognise,
)
from dashboard.core.imports.times import AT
from dashboard.core.imports.values.states import read_state
from dashboard.core.incidents.columns import BY_NAME, OF_STATES
from dashboard.core.record.record import MAPPING, Draft, Record


def find_again(record: Record, header: Sequence[str]) -> Recognised | None:
    """The mapping whose list a header is of: a kept one before one that the dashboard brings with it.

    Raises
    ------
    StorageError
        The record cannot be used.
    QueryError
        A kept mapping names a field that this version of the dashboard does not have.
    """
    return recognise(header, kept_mappings(record)) or recognise(header, ready_mappings())


def kept_mappings(record: Record) -> tuple[Mapping, ...]:
    """The kept mappings, by name; raises as :func:`find_again` does."""
    contents = sorted(record.state(MAPPING).values(), key=lambda content: str(content["name"]))
    return tuple(read_mapping(str(content["yaml"]), str(content["name"])) for content in contents)


def keep(draft: Draft, mapping: Mapping) -> None:
    """Keep a mapping with a change, in the place of one of the same name."""
    draft.put(MAPPING, folded(mapping.name), {"name": mapping.name, "yaml": mapping_text(mapping)})


def with_answers(mapping: Mapping, answers: Cells[str, str]) -> Mapping:
    """A mapping that knows what was answered about words and about times without a zone, but not about single cells."""
    words = {field: dict(meant) for field, meant in mapping.words.items()}
    for question, answer in answers.items():
        field, _colon, cell = question.partition(": ")
        if field in BY_NAME and BY_NAME[field].codes and answer != LEAVE_OUT:
            words.setdefault(field, {})[cell] = _meant(field, answer)
    times = answers.get("times", "")
    return mapping.model_copy(update={"words": words, "times": AT.get(times, mapping.times)})


def _meant(field: str, answer: str) -> str:
    if answer == LEAVE_EMPTY:
        return ""
    if field in OF_STATES:
        meanings = read_state(answer, field).meanings
        return meanings[0].cells.get(field, "") if len(meanings) == 1 else ""
    return answer
