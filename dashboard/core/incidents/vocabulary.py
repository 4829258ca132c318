"""Words for the codes of the data, the same on every screen, sheet and slide."""

from urllib.parse import urlsplit

from dashboard.core.incidents.columns import OF_STATES
from dashboard.language import _, ngettext, number, state_name

WORDS = {
    "category": {
        "incursion": _("Incursion"),
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
    "side": {
        "intruding": _("Intruding"),
        "third": _("Stray of a third state"),
        "unclear": _("Not clear whose it was"),
        "friendly": _("Own side"),
    },
    "payload": {
        "none": _("None"),
        "explosive": _("Explosive charge"),
        "explosive_neutralised": _("Explosive charge, neutralised"),
        "exploded": _("Explosive charge, exploded"),
        "contraband": _("Contraband"),
        "unknown": _("Not known"),
    },
    "evidence": {
        "official": _("With an official page"),
        "other": _("Without one"),
    },
}
# Codes as the sentence of a filter lists them.
PHRASES = {
    "category": {
        "incursion": _("incursions"),
        "crash": _("crashes"),
        "debris": _("finds of debris"),
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
    "side": {
        "intruding": _("intruding objects"),
        "third": _("stray objects of third states"),
        "unclear": _("objects of which it is not clear whose they were"),
        "friendly": _("own-side objects"),
    },
    "evidence": {
        "official": _("with an official source"),
        "other": _("without an official source"),
    },
}
# How exactly a date is known, which is said only of a correction.
PRECISION_PHRASES = {"day": _("the day is known"), "month": _("only the month is known")}
# A status as an incident's card has it.
STATUS_PHRASES = {
    "confirmed": _("Confirmed by the state"),
    "reported": _("Reported, not confirmed by the state"),
    "disputed": _("Disputed"),
}
# Whose an object was, as an incident's card has it.
SIDE_PHRASES = {
    "intruding": _("Intruding"),
    "third": _("A stray object of a state that attacked nobody here"),
    "unclear": _("Not clear whose it was"),
    "friendly": _("Own side: no intruder, and in no figure"),
}


def word(column: str, code: str) -> str:
    """The word for a code of a column; a state's name for the columns that hold states."""
    if column in OF_STATES:
        return state_name(code) if code else _("Not attributed")
    if column == "date_precision":
        return PRECISION_PHRASES[code]
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
