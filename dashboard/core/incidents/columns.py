"""Columns: the one table of what is known of an incident, from which files, checks, card and table are made.

To add a column, add it to ``GIVEN``, and to the table in ``data/README.md``.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import pycountry

from dashboard.core.incidents.problems import WITHDRAWN
from dashboard.core.incidents.tlp import LABELS
from dashboard.language import _

Kind = Literal["text", "day", "instant", "number", "flag"]

CATEGORIES = ("incursion", "crash", "debris", "shootdown", "landing")
ON_THE_GROUND = ("crash", "debris", "landing")
OBJECT_TYPES = ("uav", "missile", "aircraft", "helicopter", "balloon", "unknown")
WEAPONS = ("uav", "missile")  # objects whose depth is asked for beside that of any other
STATUSES = ("confirmed", "reported", "disputed")
INTRUDING, FRIENDLY = "intruding", "friendly"  # the side of one's own objects, which are no incidents, is the second
SIDES = (INTRUDING, "third", "unclear", FRIENDLY)
PAYLOADS = ("none", "explosive", "explosive_neutralised", "exploded", "contraband", "unknown")
PRECISIONS = ("day", "month")
FLIGHT, FIND, ANNOUNCEMENT = BASES = ("flight", "find", "announcement")  # what the date is that of
OBSERVERS = ("radar", "military", "border_guard", "police", "pilot", "residents", "finder", "other_state")
OF_INCIDENT, OF_EVENT = "incident", "event"  # whose objects a number counts: of its row alone, or of the whole event
STATES = frozenset(country.alpha_2 for country in pycountry.countries) | {"XK"}
_A_STATE = _("expected an ISO 3166-1 alpha-2 code in capitals, such as PL")


@dataclass(frozen=True)
class Column:
    """A column of the incidents.

    name
        As it stands in the header of every file.
    kind
        Of its values.
    label
        Its name for people beside a single value: on the card, and in what changed.
    unit
        Of its numbers.
    card
        Whether the card gives it a line of its own; of the others it makes sentences (``render/text/incident.py``).
    heading
        Its heading in the table, which is short, or empty if the table does not have it.
    exported
        Whether files that are taken away have it.
    required, default
        Whether no row can be without it; what an empty cell stands for.
    codes, states, several
        What its cells may hold, if not anything; whether that are codes of states; whether a cell may hold more than
        one code, separated by spaces. Those of ``GIVEN`` that are not of states have their words in ``vocabulary.py``.
    bounds, whole, expected
        Least and greatest of its numbers, whether only whole ones are meant, and what is said of a cell that holds none
        of what it may.
    prose
        Whether it is written in words, which are searched, and in which HTML is warned of.
    accuracy
        The column with the accuracy of its distance, which decides how many of its digits are shown.
    """

    name: str
    kind: Kind = "text"
    label: str = ""
    unit: str = ""
    card: bool = False
    heading: str = ""
    exported: bool = True
    required: bool = False
    default: str = ""
    codes: Collection[str] = ()
    states: bool = False
    several: bool = False
    bounds: tuple[float, float] | None = None
    whole: bool = False
    expected: str = ""
    prose: bool = False
    accuracy: str = ""


# The columns of a file of incidents, in the order in which files have them.
GIVEN = (
    Column("id", label=_("Reference"), required=True, expected=_("expected 1 to 100 characters without spaces")),
    Column("event", label=_("Part of event")),
    Column("date", "day", label=_("Date"), heading=_("Date"), required=True),
    Column("end_date", "day", label=_("Last day")),
    Column("date_precision", label=_("Date precision"), codes=PRECISIONS, default="day"),
    Column("date_basis", label=_("Date refers to"), heading=_("Date refers to"), codes=BASES),
    Column("started_at", "instant", label=_("Time")),
    Column("ended_at", "instant", label=_("Until")),
    Column(
        "country", label=_("State"), heading=_("State"), required=True, codes=STATES, states=True, expected=_A_STATE
    ),
    Column("place", label=_("Place"), heading=_("Place"), required=True, prose=True),
    Column(
        "latitude", "number", label=_("Latitude"), unit=_("°"), required=True,
        bounds=(-90, 90), expected=_("expected a latitude from -90 to 90"),
    ),
    Column(
        "longitude", "number", label=_("Longitude"), unit=_("°"), required=True,
        bounds=(-180, 180), expected=_("expected a longitude from -180 to 180"),
    ),
    Column(
        "location_accuracy_km", "number", label=_("Location uncertainty"), unit=_("km"), heading=_("Uncertainty"),
        required=True, bounds=(0.001, 1000), expected=_("expected a radius in km, above 0 and at most 1000"),
    ),
    Column("category", label=_("What happened"), heading=_("What"), required=True, codes=CATEGORIES),
    Column("object_type", label=_("Object"), heading=_("Object"), required=True, codes=OBJECT_TYPES),
    Column("model", label=_("Model"), heading=_("Model"), prose=True),
    Column(
        "objects", "number", label=_("Objects, at least"), heading=_("Objects"), bounds=(1, 10_000), whole=True,
        expected=_("expected a whole number from 1 to 10000"),
    ),
    Column("objects_of", label=_("Objects counted"), codes=(OF_INCIDENT, OF_EVENT), default=OF_INCIDENT),
    Column(
        "origin", label=_("Attributed to"), heading=_("Attributed to"), codes=STATES, states=True, expected=_A_STATE
    ),
    Column("attribution_by", label=_("Attributed by"), prose=True),
    Column("rejected_claim", label=_("Rejected claim"), prose=True),
    Column(
        "entered_from", label=_("Entered from"), heading=_("Entered from"),
        codes=STATES | {"XZ"}, states=True, expected=_A_STATE,
    ),
    Column("side", label=_("Side"), heading=_("Side"), codes=SIDES, default=INTRUDING),
    Column(
        "noticed_by", label=_("First noticed by"), heading=_("First noticed by"), codes=OBSERVERS, several=True,
        expected=_("expected one or more of {values}, separated by spaces").format(values=", ".join(OBSERVERS)),
    ),
    Column(
        "altitude_m", "number", label=_("Altitude"), unit=_("m"), heading=_("Altitude"),
        bounds=(1, 40_000), expected=_("expected metres from 1 to 40000"),
    ),
    Column(
        "minutes_inside", "number", label=_("Time inside"), unit=_("min"), heading=_("Minutes inside"),
        bounds=(0.001, 100_000), expected=_("expected minutes, above 0 and at most 100000"),
    ),
    Column(
        "reported_km", "number", label=_("Distance from border, as reported"), unit=_("km"),
        bounds=(0.001, 2000), expected=_("expected a distance in km, above 0 and at most 2000"),
    ),
    Column("payload", label=_("Payload"), card=True, codes=PAYLOADS, default="unknown"),
    Column("damage", label=_("Damage"), card=True, prose=True),
    Column("casualties", label=_("Casualties"), card=True, prose=True),
    Column("airport", label=_("Airport affected")),
    Column(
        "airport_closed_min", "number", label=_("Airport closed"), unit=_("min"), heading=_("Airport closed"),
        bounds=(1, 100_000), expected=_("expected minutes from 1 to 100000"),
    ),
    Column(
        "flights_affected", "number", label=_("Flights affected"), heading=_("Flights affected"),
        bounds=(1, 100_000), whole=True, expected=_("expected a whole number from 1 to 100000"),
    ),
    Column(
        "passengers_affected", "number", label=_("Passengers affected"), heading=_("Passengers affected"),
        bounds=(1, 10_000_000), whole=True, expected=_("expected a whole number from 1 to 10000000"),
    ),
    Column("status", label=_("Status"), heading=_("Status"), required=True, codes=STATUSES),
    Column("case_number", label=_("Official case number"), card=True, prose=True),
    Column("response", label=_("Response"), card=True, prose=True),
    Column("marking", label=_("Handling marking"), card=True, codes=LABELS),
    Column("facts_basis", label=_("Basis of the facts")),
    Column("summary", label=_("Summary"), prose=True),
    Column("sources", label=_("Sources"), heading=_("Sources"), required=True),
    Column(WITHDRAWN, exported=False),
)  # fmt: skip
# What is worked out of each incident (``publishers.py`` here, ``coordinates.py``, ``airspace.py`` and ``nearest.py`` in
# ``geo``), in the order in
# which exports have it.
# What a file says of it is passed over, and measured anew.
MEASURED = (
    Column("cited", exported=False),
    Column("evidence", exported=False),
    Column("counted_on", "day"),
    Column("counted_by"),
    Column("event_objects", "number"),
    Column("coordinates", heading=_("Coordinates")),
    Column("mgrs", heading=_("MGRS")),
    Column("airspace", heading=_("Airspace"), states=True),
    Column("inside", "flag", exported=False),
    Column("charted", "flag"),
    Column("measured_from", heading=_("Border stretch"), states=True),
    Column("measured_from_stated", "flag"),
    Column("border_km", "number", unit=_("km"), accuracy="location_accuracy_km"),
    Column("border_longitude", "number", unit=_("°"), exported=False),
    Column("border_latitude", "number", unit=_("°"), exported=False),
    Column("depth_km", "number", unit=_("km"), heading=_("From border"), accuracy="location_accuracy_km"),
    Column("edge_km", "number", unit=_("km"), accuracy="location_accuracy_km"),
    Column("certain", "flag"),
    Column("crossing_longitude", "number", unit=_("°"), exported=False),
    Column("crossing_latitude", "number", unit=_("°"), exported=False),
    Column("crossing_town"),
    Column("crossing_state", states=True),
    Column("crossing_town_km", "number", unit=_("km")),
    Column("crossing_by_track", "flag"),
    Column("track_inside_km", "number", unit=_("km"), heading=_("Known track inside"), accuracy="track_accuracy_km"),
    Column("track_accuracy_km", "number", unit=_("km")),
    Column("track_from"),
    Column("track_from_state", states=True),
    Column("town", heading=_("Nearest large town")),
    Column("town_state", states=True),
    Column("town_km", "number", unit=_("km"), heading=_("Distance to town"), accuracy="location_accuracy_km"),
    Column("airport_names"),
    Column("near_airport", heading=_("Nearest airport")),
    Column("near_airport_code"),
    Column("near_airport_state", states=True),
    Column(
        "near_airport_km", "number", unit=_("km"), heading=_("Distance to airport"), accuracy="location_accuracy_km"
    ),
)
VIEW_NUMBER = "view_number"  # the number of an incident in the view that was exported
ORIGIN = ("view_sheet", "view_data", "view_marking")  # the sheet that rows were taken from, its data and its marking
TAKEN = ("line", "geometry", "last_day", "words", "record")  # names that incidents and exports use for something else

BY_NAME = {column.name: column for column in (*GIVEN, *MEASURED)}
COLUMNS = tuple(column.name for column in GIVEN if column.name != WITHDRAWN)  # those of an incident
ADDED = (VIEW_NUMBER, *ORIGIN, *(column.name for column in MEASURED))  # those that exports hold beside them
REQUIRED = tuple(column.name for column in GIVEN if column.required)
DEFAULTS = {column.name: column.default for column in GIVEN if column.default}
DAYS = tuple(column.name for column in GIVEN if column.kind == "day")
INSTANTS = tuple(column.name for column in GIVEN if column.kind == "instant")
NUMBERS = tuple(column.name for column in GIVEN if column.kind == "number")
FREE_TEXT = tuple(column.name for column in GIVEN if column.prose)
OF_STATES = tuple(column.name for column in GIVEN if column.states)
