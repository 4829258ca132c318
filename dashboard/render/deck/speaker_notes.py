"""Speaker notes of a slide, and the alternative text of its map."""

from collections.abc import Sequence
from typing import Any

from dashboard.core.analysis.numbering import chronological
from dashboard.core.incidents.vocabulary import PHRASES
from dashboard.core.query.view import one_line
from dashboard.language import _, listing, ngettext, number, state_name
from dashboard.render.sheet.picture import MapPicture
from dashboard.render.text.handout import Handout, metadata
from dashboard.render.text.incident import OWN_SIDE
from dashboard.render.text.selection import figures_as_sentences, incident_in_words
from dashboard.render.text.sources import links_in_words

MOST_NOTED = 40  # incidents under a slide


def alternative_text(handout: Handout, picture: MapPicture) -> str:
    """A description of a map for somebody who cannot see it."""
    rows = handout.incidents
    states = [
        _("{state} {count}").format(state=state_name(code), count=number(count))
        for code, count in rows["country"].value_counts(sort=True).items()
    ]
    kinds = [
        _("{kind} {count}").format(kind=PHRASES["category"][code], count=number(count))
        for code, count in rows["category"].value_counts().items()
    ]
    sentences = [
        _("Map: {title}.").format(title=handout.title),
        _("{filter}.").format(filter=handout.sentence),
        *figures_as_sentences(handout),
        _("By state: {states}.").format(states=listing(states)) if states else "",
        _("By kind: {kinds}.").format(kinds=listing(kinds)) if kinds else "",
        picture.note,
    ]
    return " ".join(one_line(sentence) for sentence in sentences if sentence)


def speaker_notes(handout: Handout, picture: MapPicture, notes: str, marking: str) -> list[str]:
    """Paragraphs for the speaker: the notes of the view, figures, incidents with full sources, and the metadata."""
    noted = chronological(handout.incidents).tail(MOST_NOTED)
    left_out = len(handout.incidents) - len(noted)
    lines = [
        marking,
        *(one_line(line) for line in notes.splitlines()),
        "",
        *figures_as_sentences(handout),
        picture.note,
    ]
    if left_out:
        lines.append(
            ngettext(
                "The latest {noted} incidents follow; {count} earlier one is not in these notes. "
                "All are in the tables of the slides as far as they list them, and in the data export.",
                "The latest {noted} incidents follow; {count} earlier ones are not in these notes. "
                "All are in the tables of the slides as far as they list them, and in the data export.",
                left_out,
            ).format(noted=number(len(noted)), count=number(left_out))
        )
    for row in noted.itertuples():
        lines += ["", *_incident(row, str(handout.numbers[row.id]))]
    for row in chronological(handout.friendly).itertuples():
        lines += ["", *_incident(row, OWN_SIDE)]
    lines += [
        "",
        *(_("{label}: {text}").format(label=label, text=one_line(text)) for label, text in metadata(handout)),
    ]
    return _without_gaps([*lines, "", marking])


def _incident(row: Any, name: str) -> list[str]:
    """An incident as a paragraph, and each source on a line of its own."""
    lines = [
        _("{words}: {address}").format(words=words, address=address) if address else words
        for words, address in links_in_words(row)
    ]
    return [" ".join(incident_in_words(row, name)), *lines]


def _without_gaps(lines: Sequence[str]) -> list[str]:
    """Lines with at most one empty line between them, and none at the ends."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    while kept and not kept[-1]:
        kept.pop()
    return kept
