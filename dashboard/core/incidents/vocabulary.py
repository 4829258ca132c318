"""Words for the codes of the data, the same on every screen, sheet and slide."""

from urllib.parse import urlsplit

from dashboard.core.incidents.columns import BY_NAME, OF_STATES
from dashboard.core.incidents.tlp import LABELS
from dashboard.language import _, listing, ngettext, number, state_name

WORDS = {
    "category": {
        "incursion": _("Overflight"),
        "crash": _("Crash"),
        "debris": _("Debris found"),
        "shootdown": _("Shot down"),
        "landing": _("Landed"),
    },
    "object_type": {
        "uav": _("Drone"),
        "missile": _("Missile"),
        "aircraft": _("Aircraft"),
        "helicopter": _("Helicopter"),
        "balloon": _("Balloon"),
        "unknown": _("Unknown object"),
    },
    "status": {
        "confirmed": _("Confirmed"),
        "reported": _("Reported"),
        "disputed": _("Disputed"),
    },
    "marking": {
        "TLP:RED": _("TLP:RED, for named recipients only"),
        "TLP:AMBER+STRICT": _("TLP:AMBER+STRICT, within the recipients' organisations"),
        "TLP:AMBER": _("TLP:AMBER, within the recipients' organisations and their clients"),
        "TLP:GREEN": _("TLP:GREEN, within the recipients' community"),
        "TLP:CLEAR": _("TLP:CLEAR, no limit on disclosure"),
    },
    "side": {
        "intruding": _("Intruding"),
        "third": _("Stray object of a third state"),
        "unclear": _("Affiliation unclear"),
        "friendly": _("Own side"),
    },
    "payload": {
        "none": _("No payload"),
        "explosive": _("Explosive charge"),
        "explosive_neutralised": _("Explosive charge, neutralised"),
        "exploded": _("Explosive charge, exploded"),
        "contraband": _("Contraband"),
        "unknown": _("Not known"),
    },
    "date_basis": {
        "flight": _("Flight"),
        "find": _("Recovery"),
        "announcement": _("Announcement"),
        "": _("Not stated"),
    },
    "noticed_by": {
        "radar": _("Radar"),
        "military": _("Military"),
        "border_guard": _("Border guards"),
        "police": _("Police"),
        "pilot": _("Pilot"),
        "residents": _("Residents"),
        "finder": _("Finder"),
        "other_state": _("Another state"),
        "": _("Not stated"),
    },
    "evidence": {
        "official": _("With an official source"),
        "other": _("Without an official source"),
    },
}
# Codes as the sentence of a filter lists them.
PHRASES = {
    "category": {
        "incursion": _("overflights"),
        "crash": _("crashes"),
        "debris": _("debris recoveries"),
        "shootdown": _("shootdowns"),
        "landing": _("landings"),
    },
    "object_type": {
        "uav": _("drones"),
        "missile": _("missiles"),
        "aircraft": _("aircraft"),
        "helicopter": _("helicopters"),
        "balloon": _("balloons"),
        "unknown": _("unknown objects"),
    },
    "status": {
        "confirmed": _("confirmed"),
        "reported": _("reported only"),
        "disputed": _("disputed"),
    },
    "payload": {
        "none": _("no payload"),
        "explosive": _("an explosive charge"),
        "explosive_neutralised": _("a neutralised explosive charge"),
        "exploded": _("an explosive charge that exploded"),
        "contraband": _("contraband"),
        "unknown": _("an unknown payload"),
    },
    "marking": {label: _("marked {label}").format(label=label) for label in LABELS},
    "side": {
        "intruding": _("intruding objects"),
        "third": _("stray objects of third states"),
        "unclear": _("objects of unclear affiliation"),
        "friendly": _("own-side objects"),
    },
    "date_basis": {
        "flight": _("the flight"),
        "find": _("the recovery"),
        "announcement": _("the announcement"),
        "": _("an occasion not stated"),
    },
    "noticed_by": {
        "radar": _("radar"),
        "military": _("the military"),
        "border_guard": _("border guards"),
        "police": _("the police"),
        "pilot": _("a pilot"),
        "residents": _("residents"),
        "finder": _("the finder"),
        "other_state": _("another state"),
        "": _("an observer not stated"),
    },
    "evidence": {
        "official": _("with an official source"),
        "other": _("without an official source"),
    },
}
# How exactly a date is known, which is said only of a correction.
PRECISION_PHRASES = {"day": _("the day is known"), "month": _("only the month is known")}
# Whose objects a number counts, which is said beside it.
OBJECTS_OF_PHRASES = {"incident": _("those of this incident alone"), "event": _("those of the whole event")}
# A status as an incident's card has it.
STATUS_PHRASES = {
    "confirmed": _("Confirmed by national authorities"),
    "reported": _("Reported, not confirmed by national authorities"),
    "disputed": _("Disputed"),
}
# Whose an object was, as an incident's card has it.
SIDE_PHRASES = {
    "intruding": _("Intruding"),
    "third": _("Stray object of a third state"),
    "unclear": _("Affiliation unclear"),
    "friendly": _("Own side: not an intruder, not counted"),
}


def word(column: str, code: str) -> str:
    """The word for a code of a column; a state's name for the columns that hold states."""
    if column in OF_STATES:
        return state_name(code) if code else _("Not attributed")
    if column == "date_precision":
        return PRECISION_PHRASES[code]
    if column == "objects_of":
        return OBJECTS_OF_PHRASES[code]
    if BY_NAME[column].several and code:
        first, *rest = (WORDS[column][part] for part in code.split())
        return listing([first, *map(str.lower, rest)])
    return WORDS[column][code]


def incidents_in_words(count: int) -> str:
    """The number of incidents: ``31 incidents``."""
    return ngettext("{count} incident", "{count} incidents", count).format(count=number(count))


def events_in_words(count: int) -> str:
    """The number of events: ``28 events``."""
    return ngettext("{count} event", "{count} events", count).format(count=number(count))


def host_of(source: str) -> str:
    """The host of a source's address, as a link to it is written."""
    return (urlsplit(source).hostname or source).removeprefix("www.")
