"""Publishers: who stands behind the address of a source, and of what kind that is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import geopandas as gpd
import numpy as np

from dashboard.core.incidents.cells import Fault, is_usable
from dashboard.core.incidents.columns import STATES
from dashboard.core.incidents.csv_file import read_table
from dashboard.core.incidents.problems import Problem
from dashboard.core.incidents.schema import is_link, is_source, name_of_source
from dashboard.core.incidents.vocabulary import host_of
from dashboard.language import _, listing

COLUMNS = ("address", "publisher", "kind", "state", "language", "note")
OFFICIAL, STATE_CONTROLLED, UNKNOWN = "government", "state_controlled_ru_by", ""
# The kinds in the order in which the sources of an incident are named.
KINDS = (
    OFFICIAL, "agency", "public_broadcaster", "press", "research", "register", "encyclopedia", "other", UNKNOWN,
    "aggregator", STATE_CONTROLLED,
)  # fmt: skip
WITH_OFFICIAL, WITHOUT_OFFICIAL = "official", "other"  # what the column ``evidence`` holds


@dataclass(frozen=True)
class Publisher:
    """A publisher.

    kind
        One of KINDS.
    state
        Alpha-2, or empty.
    languages
        ISO 639-1, those of the pages that are cited.
    """

    name: str
    kind: str = UNKNOWN
    state: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """A source of an incident: its address, http or https, or empty where only its name is known; and its publisher."""

    address: str
    publisher: Publisher


@dataclass(frozen=True)
class Publishers:
    """Publishers by host, or by host and the beginning of the path, without ``www``."""

    by_address: Mapping[str, Publisher] = field(default_factory=dict)

    def of(self, address: str) -> Publisher:
        """The publisher of an address: that of the longest path, else of its host, which names itself if not known."""
        host = host_of(address)
        steps = [step for step in urlsplit(address).path.split("/") if step]
        for count in range(len(steps), -1, -1):
            if known := self.by_address.get("/".join([host, *steps[:count]])):
                return known
        return Publisher(host)

    def named(self, name: str) -> Publisher:
        """The publisher of a source of which only the name is known; one under state control is known as such."""
        return self._state_controlled.get(name.casefold(), Publisher(name))

    @cached_property
    def _state_controlled(self) -> dict[str, Publisher]:
        """The publishers under the control of Russia or Belarus, by name."""
        controlled = [known for known in self.by_address.values() if known.kind == STATE_CONTROLLED]
        return {known.name.casefold(): known for known in controlled}

    def sources(self, addresses: Iterable[str]) -> tuple[Source, ...]:
        """The sources behind addresses of http or https, and behind names in brackets.

        Official ones come first, then the other kinds, and those of one kind as they were given. A name that stands
        alone is never official, since that is an authority's own page.
        """
        found = [
            Source(address, self.of(address)) if is_link(address) else Source("", self.named(name_of_source(address)))
            for address in addresses
            if is_source(address)
        ]
        return tuple(sorted(found, key=lambda source: KINDS.index(source.publisher.kind)))


def read_publishers(path: Path, max_file_mb: int = 200) -> tuple[Publishers, list[Problem]]:
    """Read ``publishers.csv``; a folder without one knows none.

    Raises
    ------
    UnreadableFileError
        The file cannot be read at all.
    """
    if not path.exists():
        return Publishers(), []
    table = read_table(path, max_file_mb, COLUMNS)
    found: dict[str, Publisher] = {}
    for line, row in zip(table.lines, table.rows, strict=True):
        cells = dict(zip(table.header, (cell.strip() for cell in row), strict=True))
        if is_usable(table, line, cells, _faults(cells, found)):
            languages = tuple(cells.get("language", "").split())
            found[cells["address"]] = Publisher(cells["publisher"], cells["kind"], cells.get("state", ""), languages)
    return Publishers(found), table.problems


def _faults(cells: Mapping[str, str], found: Mapping[str, Publisher]) -> tuple[Fault, ...]:
    """The faults that a row can have, in the order in which they are told."""
    address, kind, state = (cells.get(name, "") for name in ("address", "kind", "state"))
    return (
        ("address", not address, _("expected a host such as err.ee, or a host with a path"), _("Fill it in")),
        ("address", address in found, _("the address is there already, higher up in the file"), _("Remove one row")),
        ("publisher", not cells.get("publisher", ""), _("expected the publisher's name"), _("Fill it in")),
        ("kind", not kind or kind not in KINDS, _("expected a kind of publisher"), _kinds()),
        ("state", bool(state) and state not in STATES, _("expected an ISO 3166-1 alpha-2 code"), _("Correct the cell")),
    )


def _kinds() -> str:
    return _("Use {kinds}").format(kinds=listing([kind for kind in KINDS if kind]))


def with_sources(incidents: gpd.GeoDataFrame, publishers: Publishers) -> gpd.GeoDataFrame:
    """Incidents with ``cited``, a tuple of Source each, and ``evidence``: whether one of them is official."""
    cited = [publishers.sources(addresses) for addresses in incidents["sources"]]
    column = np.empty(len(cited), object)
    column[:] = cited
    official = [any(source.publisher.kind == OFFICIAL for source in sources) for sources in cited]
    evidence = np.where(np.array(official, bool), WITH_OFFICIAL, WITHOUT_OFFICIAL).astype(object)
    return incidents.assign(cited=column, evidence=evidence)
