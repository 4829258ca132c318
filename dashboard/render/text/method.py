"""The method: the meaning of each term and figure, where borders are from, and what is left out.

The one text of it: a page of the app, a part of slides and briefings, and hints beside figures.
"""

from dashboard.language import _, listing, state_name
from dashboard.settings import settings

COUNTED = _("An incident is one record; an event is one night or one object's path.")
MEASURED = _("Distances are measured from the border that was crossed.")
ESTABLISHED = _("A distance that does not exceed the location uncertainty is not given.")


def method() -> list[tuple[str, str]]:
    """The terms, each with its explanation, in the order in which one asks."""
    explained = {
        _("Incident and event"): _("{counted} Both are counted, and each figure says which of the two it counts."),
        _("Categories"): _(
            "Overflight: the object left again, or nothing of it has been recovered. Crash, debris found and landed "
            "are counted together as crash, landing and debris sites. Shot down is counted separately."
        ),
        _("Date"): _(
            "The local day in the state. An incident counts on the day of the flight where that is known, otherwise on "
            "that of the recovery or the announcement; the incident says which."
        ),
        _("Confirmed"): _(
            "Confirmed: by national authorities, in their own words or as reported by others. Reported: by others "
            "alone. Disputed: accounts contradict each other. An attribution is given only where officials made it."
        ),
        _("Distance from border"): _(
            "{measured} Where that is not known, the nearest border with {others} or limit of territorial sea is used. "
            "{established}"
        ),
        _("Location uncertainty"): _(
            "The radius within which the place lies. Certainly inside: the whole of that circle is inside the "
            "airspace; the deepest penetration is chosen among these alone. Probably inside: its centre is."
        ),
        _("Eastern-flank border"): _(
            "The border of {flank} with {others}, on land and between territorial seas. The limit of territorial sea "
            "is where their airspace ends over the sea."
        ),
        _("Borders"): _(
            "Airspace is land with territorial sea, as in OpenStreetMap in 2017, with an error of about 10 m; Crimea "
            "as in UN General Assembly resolution 68/262. Distances are geodesic, on WGS 84."
        ),
        _("Left out"): _(
            "Own-side objects are shown, but in no figure. Withdrawn records, records without a usable location and "
            "faulty flight tracks are not shown; their number is given. Only public reports are recorded: what "
            "authorities keep to themselves is missing."
        ),
    }
    flank, others = (listing(sorted(map(state_name, codes))) for codes in (settings().flank, settings().other_side))
    words = {"counted": COUNTED, "measured": MEASURED, "established": ESTABLISHED, "flank": flank, "others": others}
    return [(term, explanation.format(**words)) for term, explanation in explained.items()]
