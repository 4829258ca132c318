"""Mappings: which column of a list fills which field, and what its words mean; in YAML, ready or kept."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from dashboard.core.imports.fields import COLUMN, FIELDS, NEW
from dashboard.core.incidents.problems import LONGEST_VALUE
from dashboard.core.saved_views.yaml_file import read_yaml, write_yaml
from dashboard.errors import QueryError
from dashboard.language import _, listing, plain

LEAST_SHARED = 2 / 3  # of its columns that a header has where a kept mapping is its own

Order = Literal["", "day first", "month first"]
Times = Literal["", "utc", "local", "left out"]


class Mapping(BaseModel):
    """The way in which a list becomes incidents.

    name
        Of the mapping, for people.
    columns
        The field that each column of the list fills, by the heading of the column; empty where it is left out. Several
        may fill one field: their texts are then joined.
    marks
        Headings that tell the list from any other; without them all columns are looked for.
    defaults
        A value for the whole list, by field, where a cell is empty or no column has it: an assumption.
    words
        What the words of the list mean, by field and word: a text of ours, or nothing, which leaves the cell empty.
    prefix
        What stands before the list's own IDs, so that they are not those of another list.
    order
        Whether the day or the month comes first in 03/04/2025; empty where that is to be asked.
    times
        What times without a zone are: UTC, local time of the state, or nothing that is taken; empty where that is to be
        asked.
    parts
        Whether rows with the same ID are parts of one event, as where it has several places.
    phrases
        Sentences around the texts of a field, with ``{value}`` in them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    columns: dict[str, str]
    marks: tuple[str, ...] = ()
    defaults: dict[str, str] = {}
    words: dict[str, dict[str, str]] = {}
    prefix: str = ""
    order: Order = ""
    times: Times = ""
    parts: bool = False
    phrases: dict[str, str] = {}

    @field_validator("columns", "defaults", "words", "phrases", "marks", mode="before")
    @classmethod
    def _empty(cls, value: Any) -> Any:
        """An empty value of YAML is None, and so is an empty text."""
        if isinstance(value, dict):
            return {key: _texts(inner) for key, inner in value.items()}
        return () if value is None else value

    @field_validator("columns")
    @classmethod
    def _of_fields(cls, columns: dict[str, str]) -> dict[str, str]:
        _known(field for field in columns.values() if field)
        return columns

    @field_validator("defaults", "words", "phrases")
    @classmethod
    def _by_fields(cls, values: dict[str, Any]) -> dict[str, Any]:
        _known(values)
        return values

    @property
    def fields(self) -> frozenset[str]:
        """The fields that a column fills."""
        return frozenset(filter(None, self.columns.values()))

    @property
    def is_of_corrections(self) -> bool:
        """True where each row of the list is one cell to be corrected."""
        return {COLUMN, NEW} <= self.fields

    def places_of(self, header: Sequence[str]) -> dict[str, list[int]]:
        """The places of the columns in a header, from 0, that fill each field."""
        by_heading = {folded(heading): field for heading, field in self.columns.items()}
        places: dict[str, list[int]] = {}
        for place, heading in enumerate(header):
            if field := by_heading.get(folded(heading), ""):
                places.setdefault(field, []).append(place)
        return places


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _texts(inner) for key, inner in value.items()}
    return "" if value is None else value


def _known(fields: Iterable[str]) -> None:
    if unknown := sorted({*fields} - {*FIELDS}):
        raise ValueError(_("there is no field {fields}").format(fields=listing(unknown)))


def folded(heading: str) -> str:
    """A heading for comparing: small letters and digits without marks, parted by single spaces."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain(heading)).split())


def read_mapping(text: str, name: str) -> Mapping:
    """Read a mapping from YAML.

    Parameters
    ----------
    name
        Of the file, for the message.

    Raises
    ------
    QueryError
        It is not YAML, or not a mapping of fields that exist.
    """
    content = read_yaml(text, name)
    try:
        return Mapping.model_validate(content)
    except ValidationError as error:
        faults = [_fault(".".join(map(str, each["loc"])), each["msg"]) for each in error.errors()]
        raise QueryError(_("{path} is no mapping. {faults}").format(path=name, faults=" ".join(faults))) from error


def _fault(where: str, message: str) -> str:
    return _("{where}: {message}.").format(where=where[:LONGEST_VALUE] or _("the file"), message=message)


def mapping_text(mapping: Mapping) -> str:
    """A mapping as YAML, without what it does not say."""
    return write_yaml(mapping.model_dump(mode="json", exclude_defaults=True))


@cache
def ready_mappings() -> tuple[Mapping, ...]:
    """The mappings of well-known lists, which the dashboard brings with it."""
    folder = files("dashboard.core.imports") / "mappings"
    found = sorted((path for path in folder.iterdir() if path.name.endswith(".yaml")), key=lambda path: path.name)
    return tuple(read_mapping(path.read_text("utf-8"), path.name) for path in found)


@dataclass(frozen=True)
class Recognised:
    """A mapping whose list a header is of, and the headings that the mapping does not know, which are new."""

    mapping: Mapping
    new: tuple[str, ...] = ()


def recognise(header: Sequence[str], mappings: Iterable[Mapping]) -> Recognised | None:
    """The mapping that knows the most columns of a header that is its own, or None."""
    there = {folded(heading) for heading in header} - {""}
    best, most = None, 0
    for mapping in mappings:
        marks = {folded(mark) for mark in mapping.marks}
        columns = {folded(heading) for heading in mapping.columns}
        shared = len(columns & there)
        its_own = marks <= there if marks else shared >= LEAST_SHARED * len(columns)
        if its_own and shared > most:
            best, most = mapping, shared
    if best is None:
        return None
    known = {folded(heading) for heading in best.columns}
    return Recognised(best, tuple(heading for heading in header if heading and folded(heading) not in known))
