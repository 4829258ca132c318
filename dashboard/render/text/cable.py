"""The cable: a view as one page of plain text, to be pasted into a telegram or an e-mail.

A page is 60 lines of at most 72 columns; only an address may be longer. Figures, points and method are never cut: the
incidents get the lines that are left, the latest of them first, and the page says how many it does not list.
"""

import textwrap
from collections.abc import Sequence
from typing import Any

import geopandas as gpd

from dashboard.core.analysis.numbering import chronological
from dashboard.core.incidents.columns import CATEGORIES, INTRUDING, OBJECT_TYPES, PAYLOADS, STATUSES
from dashboard.core.incidents.publishers import WITH_OFFICIAL
from dashboard.core.incidents.vocabulary import PHRASES, word
from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number, short_day, short_days, short_month, state_name
from dashboard.render.text.distances import depth_in_words
from dashboard.render.text.handout import Handout, link_label
from dashboard.render.text.incident import figures_in_words
from dashboard.render.text.left_out import left_out
from dashboard.render.text.method import COUNTED, ESTABLISHED, MEASURED
from dashboard.render.text.selection import deepest_as_sentence, highest_marking, own_side_as_sentences
from dashboard.settings import settings

COLUMNS, LINES = 72, 60
LEAST_PLACE = 12  # characters of a place that is cut short
MOST_STATES = 6  # that are named with their counts
UNKNOWN = "unknown"  # a payload of which nothing is said


def make_cable(handouts: Sequence[Handout]) -> str:
    """Write a page for each view, all with the marking of the whole text as first and last line."""
    marking = highest_marking(handouts)
    pages = []
    for position, handout in enumerate(handouts, 1):
        name = _("View {position} of {count}").format(position=position, count=len(handouts))
        name = _("{view}: {marking}").format(view=name, marking=handout.marking) if handout.marking else name
        pages.append(_page(handout, marking, name if len(handouts) > 1 else ""))
    return f"\n{'-' * COLUMNS}\n\n".join(pages)


def _page(handout: Handout, marking: str, name: str) -> str:
    before = [*_given(marking), *_given(name), _head(handout)]
    if handout.nil:
        before.append(_filled(_("{nil} {as_of}").format(nil=handout.nil, as_of=handout.as_of)))
    else:
        before += [_part(_("Event"), handout.event[:2])] if handout.event else []
        before.append(_part(_("Figures"), [_figures(handout)]))
        before.append(_part(_("In five lines"), [f"- {point}" for point in _points(handout)]))
    after = [_part(_("Method"), [f"- {sentence}" for sentence in _method(handout)]), _origin(handout), *_given(marking)]
    left = LINES - _height([*before, *after])
    incidents = [] if handout.nil else [_incidents(handout, left)]
    return "\n\n".join([*before, *incidents, *after]) + "\n"


def _given(text: str) -> list[str]:
    return [_filled(text)] if text else []


def _height(blocks: Sequence[str]) -> int:
    """The lines that blocks take, with an empty one below each; a long address is wrapped by whoever shows it."""
    return sum(1 + sum(max(1, -(-len(line) // COLUMNS)) for line in block.split("\n")) for block in blocks)


def _head(handout: Handout) -> str:
    times = [
        _("Information as of {time}, {age}.").format(time=handout.cutoff_with_group, age=handout.age)
        if handout.age
        else handout.as_of,
        _("Produced {time}.").format(time=handout.produced_in_words),
        _("Producer: {producer}.").format(producer=settings().producer) if settings().producer else "",
    ]
    words = [_("{filter}.").format(filter=handout.sentence), *filter(None, times)]
    lines = [handout.title, handout.finding, " ".join(words), handout.alarm]
    return "\n".join(_filled(line) for line in lines if line)


def _figures(handout: Handout) -> str:
    figures = [" ".join((value, label)) for value, label, *_hint in figures_in_words(handout.figures)]
    return " ".join([_("{figures}.").format(figures="; ".join(figures)), *own_side_as_sentences(handout.friendly)])


def _points(handout: Handout) -> list[str]:
    """Five lines on the selection: where, what, with what on board, how deep, how sure."""
    incidents = handout.incidents
    states = [
        _("{name} {count}").format(name=state_name(code), count=number(count))
        for code, count in incidents["country"].value_counts().items()
    ]
    more = len(states) - MOST_STATES
    if more > 0:
        others = ngettext("{count} other state", "{count} other states", more).format(count=number(more))
        states = [*states[:MOST_STATES], others]
    known = [payload for payload in PAYLOADS if payload != UNKNOWN]
    payloads = _counts(incidents, "payload", known) or _("nothing is known")
    official = int((incidents["evidence"] == WITH_OFFICIAL).sum())
    return [
        _("Where: {states}.").format(states=listing(states)),
        _("What: {categories}; {objects}.").format(
            categories=_counts(incidents, "category", CATEGORIES),
            objects=_counts(incidents, "object_type", OBJECT_TYPES),
        ),
        _("Payload: {payloads}.").format(payloads=payloads),
        deepest_as_sentence(handout.figures, handout.selection),
        _("Status: {statuses}; with an official source {official}.").format(
            statuses=_counts(incidents, "status", STATUSES), official=number(official)
        ),
    ]


def _counts(incidents: gpd.GeoDataFrame, column: str, codes: Sequence[str]) -> str:
    """The counts of the codes that there are, in words: ``crashes 12, shootdowns 3``."""
    counts = incidents[column].value_counts()
    parts = [
        _("{name} {count}").format(name=PHRASES[column][code], count=number(int(counts[code])))
        for code in codes
        if code in counts
    ]
    return ", ".join(parts)


def _incidents(handout: Handout, room: int) -> str:
    """The incidents in a line each, the latest ones where there is no room for all, under a heading."""
    rows = chronological(handout.incidents)
    room -= 2  # the heading, and an empty line
    told = []
    if len(rows) > room:
        shown = max(room - 1, 0)
        more = len(rows) - shown
        words = ngettext(
            "The latest {shown}; {count} earlier one is not listed.",
            "The latest {shown}; {count} earlier ones are not listed.",
            more,
        )
        told = [words.format(shown=number(shown), count=number(more))]
        rows = rows.iloc[more:]
    width = len(number(len(handout.incidents)))
    named = handout.figures.states > 1
    lines = [_incident(f"{number(handout.numbers[row.id]):>{width}}. ", row, named=named) for row in rows.itertuples()]
    heading = _("Incidents, numbered by date; confirmed unless it says otherwise")
    return "\n".join([heading.upper(), *told, *lines])


def _incident(position: str, row: Any, *, named: bool) -> str:
    """An incident in a line: number, day, place, what, how far inside, how sure; at worst its place is cut short."""
    when = _("{when} {state}").format(when=_day(row), state=row.country) if named else _day(row)
    place = one_line(row.place)
    doubts = [
        "" if row.status == "confirmed" else word("status", row.status).lower(),
        "" if row.side == INTRUDING else word("side", row.side).lower(),
    ]
    kind = word("object_type", row.object_type).lower()

    depth = depth_in_words(row) if row.certain else ""

    def line(place: str, kind: str, depth: str) -> str:
        facts = [word("category", row.category).lower(), kind, depth, *doubts]
        words = _("{when}, {place}: {facts}").format(when=when, place=place, facts=", ".join(filter(None, facts)))
        return position + words

    room = max(len(place) - max(len(line(place, kind, depth)) - COLUMNS, 0), LEAST_PLACE)
    short = _cut(place, room)
    ways = [line(place, one_line(row.model) or kind, depth), line(short, kind, depth), line(short, kind, "")]
    return next((way for way in ways if len(way) <= COLUMNS), _cut(ways[-1], COLUMNS))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" ,.;:(") + "…"


def _day(row: Any) -> str:
    if row.date_precision == "month":
        return short_month(row.date, year=True)
    if row.end_date == row.end_date and row.end_date != row.date:  # NaT is not equal to itself
        return short_days(row.date, row.end_date)
    return short_day(row.date, year=True)


def _method(handout: Handout) -> list[str]:
    """The method in three lines: all that one must know to read the figures."""
    return [
        COUNTED,
        " ".join([MEASURED, ESTABLISHED]),
        _("From public reports, and not complete: {counts}.").format(counts=listing(left_out(handout))),
    ]


def _origin(handout: Handout) -> str:
    """The sheet, its data and its link, by which the view is opened again."""
    data = ", ".join(filter(None, [handout.fingerprint, handout.release[:1].lower() + handout.release[1:]]))
    sheet = _("Reference {sheet}, data {data}.").format(sheet=handout.sheet_id, data=data)
    link = _("{label}: {words}").format(label=link_label(), words=one_line(handout.link))
    return "\n".join([_filled(sheet), link])


def _part(heading: str, texts: Sequence[str]) -> str:
    return "\n".join([heading.upper(), *map(_filled, texts)])


def _filled(text: str) -> str:
    indent = "  " if text.startswith("- ") else ""
    return textwrap.fill(one_line(text), COLUMNS, break_on_hyphens=False, subsequent_indent=indent)
