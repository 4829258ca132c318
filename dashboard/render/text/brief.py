"""The brief: a view as text, all of it as Markdown, or on one page as a cable.

In Markdown everything that comes from the data is written out, so that it can make no heading, link, picture or tag.
"""

import re
from collections.abc import Callable, Sequence

from dashboard.core.analysis.numbering import chronological
from dashboard.core.query.view import one_line
from dashboard.errors import QueryError, SheetError
from dashboard.language import _, ngettext, number
from dashboard.render.text.cable import make_cable
from dashboard.render.text.handout import Handout, licences, link_label
from dashboard.render.text.incident import OWN_SIDE
from dashboard.render.text.left_out import not_shown
from dashboard.render.text.selection import figures_as_sentences, highest_marking, incident_in_words
from dashboard.render.text.sources import links_in_words
from dashboard.settings import settings

BRIEFS = {"md": "text/markdown", "txt": "text/plain"}  # by kind, with the MIME type


def make_brief(handouts: Sequence[Handout], kind: str) -> bytes:
    """Write a briefing about one view or several, in UTF-8.

    Raises
    ------
    QueryError
        There is no such kind, or the views carry markings of which the higher cannot be known.
    SheetError
        There is no view.
    """
    if kind not in BRIEFS:
        raise QueryError(
            _("A briefing cannot be written as {kind!r}; choose one of {kinds}.").format(
                kind=kind, kinds=", ".join(BRIEFS)
            )
        )
    if not handouts:
        raise SheetError(_("There is nothing to brief on: no view is given."))
    if kind == "txt":
        return make_cable(handouts).encode()
    text = _Markdown()
    marking = highest_marking(handouts)
    text.marking(marking)
    for position, handout in enumerate(handouts, 1):
        if len(handouts) > 1:
            view = _("View {position} of {count}").format(position=position, count=len(handouts))
            text.paragraph(
                _("{view}: {marking}").format(view=view, marking=handout.marking) if handout.marking else view
            )
        _write_view(text, handout)
    _write_end(text, handouts)
    text.marking(marking)
    return text.content().encode()


def _write_view(text: "_Markdown", handout: Handout) -> None:
    text.title(handout.title)
    if handout.finding:
        text.strong(handout.finding)
    text.paragraph(_("{filter}.").format(filter=handout.sentence))
    times = [
        _("Information as of {time}, {age}.").format(time=handout.cutoff_with_group, age=handout.age)
        if handout.age
        else _("Information as of {time}.").format(time=handout.cutoff_with_group),
        _("Produced {time}.").format(time=handout.produced_in_words),
        _("Producer: {producer}.").format(producer=settings().producer) if settings().producer else "",
    ]
    text.paragraph(*filter(None, times))
    if handout.alarm:
        text.strong(handout.alarm)
    if handout.nil:
        text.strong(" ".join(figures_as_sentences(handout)))
    else:
        text.heading(_("Figures"))
        for sentence in figures_as_sentences(handout):
            text.paragraph(sentence)
    text.heading(_("Not shown"))
    text.paragraph(*_not_shown(handout))
    if not handout.nil:
        text.heading(_("Incidents"))
        text.paragraph(_("Numbered by date, as on the maps and in the lists of this view."))
    for row in chronological(handout.incidents).itertuples():
        text.incident(incident_in_words(row, str(handout.numbers[row.id])), links_in_words(row))
    if len(handout.friendly):
        text.heading(_("Own side, not counted"))
        for row in chronological(handout.friendly).itertuples():
            text.incident(incident_in_words(row, OWN_SIDE), links_in_words(row))
    text.heading(_("This view again"))
    text.code(_("Sheet"), handout.sheet_id)
    text.code(link_label(), handout.link)


def _write_end(text: "_Markdown", handouts: Sequence[Handout]) -> None:
    """Write once what holds for all views."""
    for heading, words in (
        (_("Completeness"), [handout.completeness for handout in handouts]),
        (_("Sources and licences"), [licences(handout) for handout in handouts]),
        (_("Boundaries"), [settings().disclaimer]),
    ):
        if any(words):
            text.heading(heading)
            text.paragraph(*dict.fromkeys(filter(None, words)))
    for fingerprint in dict.fromkeys(handout.dataset.fingerprint for handout in handouts):
        text.code(_("Data, SHA-256"), fingerprint)
    for release in dict.fromkeys(handout.release for handout in handouts):
        if release:
            text.code(_("Data release"), release)


def _not_shown(handout: Handout) -> list[str]:
    counts = not_shown(handout)
    words = {
        "filtered out": ngettext(
            "{count} incident in the data does not match the filter.",
            "{count} incidents in the data do not match the filter.",
            counts["filtered out"],
        ),
        "marked above": ngettext(
            "{count} incident is marked above what may be shared, and left out.",
            "{count} incidents are marked above what may be shared, and left out.",
            counts["marked above"],
        ),
        "withdrawn": ngettext(
            "{count} record was withdrawn, and is not an incident.",
            "{count} records were withdrawn, and are not incidents.",
            counts["withdrawn"],
        ),
        "not located": ngettext(
            "{count} could not be located and is on no map.",
            "{count} could not be located and are on no map.",
            counts["not located"],
        ),
        "other faults": ngettext(
            "{count} record was set aside for other faults.",
            "{count} records were set aside for other faults.",
            counts["other faults"],
        ),
        "tracks": ngettext(
            "{count} flight track was set aside for a fault.",
            "{count} flight tracks were set aside for a fault.",
            counts["tracks"],
        ),
    }
    reasons = [why for why, count in counts.items() if count or why not in ("withdrawn", "tracks")]
    return [words[why].format(count=number(counts[why])) for why in reasons]


class _Markdown:
    """A text that grows paragraph by paragraph; what it is given is put on one line and made harmless."""

    def __init__(self) -> None:
        self.blocks: list[str] = []

    def content(self) -> str:
        """The whole text."""
        return "\n\n".join(self.blocks) + "\n"

    def marking(self, marking: str) -> None:
        """Add the marking, as the first and the last line."""
        if marking:
            self.strong(marking)

    def title(self, words: str) -> None:
        """Add the title of a view."""
        self.blocks.append(f"# {escaped(words)}")

    def heading(self, words: str) -> None:
        """Add the heading of a part."""
        self.blocks.append(f"## {escaped(words)}")

    def strong(self, words: str) -> None:
        """Add a paragraph that stands out."""
        self.blocks.append(f"**{escaped(words)}**")

    def paragraph(self, *sentences: str) -> None:
        """Add a paragraph."""
        self.blocks.append(escaped(" ".join(sentences)))

    def incident(self, sentences: Sequence[str], links: Sequence[tuple[str, str]]) -> None:
        """Add an incident with its sources, as words and address."""
        head, *rest = sentences
        lines = [
            f"**{escaped(head)}** {escaped(' '.join(rest))}",
            *(f"{escaped(words)}: <{link}>" if link else escaped(words) for words, link in links),
        ]
        self.blocks.append("  \n".join(lines))  # two spaces break the line

    def code(self, label: str, words: str) -> None:
        """Add signs that are to be copied exactly."""
        text = one_line(words).replace("`", "")
        self.blocks.append(f"{escaped(label)}: `{text}`")


# What Markdown would take for its own, wherever it stands: CommonMark 0.31, section 2.4, and GitHub's additions.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~$&^])")
# Each of these begins something at the start of a line, or makes an address into a link.
_STARTS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (r"^(\d+)([.)])", r"\1\\\2"),
    (r"^([-+=])", r"\\\1"),
    (r"!(?=\\\[)", r"\\!"),
    (r":(?=//)", r"\\:"),
    (r"(?i)\b(www)\.", r"\1\\."),
    ("@", "@\N{WORD JOINER}"),  # GitHub makes addresses of mail and names into links even where they are escaped
)


def escaped(text: str) -> str:
    """A text on one line with everything that Markdown would take for its own written out."""
    text = _SIGNS.sub(r"\\\1", one_line(text))
    for pattern, written in _STARTS:
        text = re.sub(pattern, written, text)
    return text
