"""A view as one HTML file to hand over: map, card and table, opened from disk and asking for nothing.

The scripts of the web map draw the map here, too, from the value that the screen's map is handed, so that the two
cannot disagree. All data goes in as JSON, which ``webpage.js`` puts on the page as text alone.
"""

from html import escape
from string import Template

from dashboard.core.analysis.numbering import chronological
from dashboard.core.geo.basemap import LEVELS
from dashboard.core.incidents.own_side import own_side_in_words
from dashboard.core.incidents.single_file import map_folder
from dashboard.core.incidents.vocabulary import incidents_in_words
from dashboard.language import LOCALE, _, ngettext, number
from dashboard.render.charts.projected import chart_of, chart_state
from dashboard.render.symbols.clustering import MOST_MARKS
from dashboard.render.symbols.marking import marking_colours, marking_html
from dashboard.render.symbols.palettes import LIGHT
from dashboard.render.text.handout import Handout, metadata
from dashboard.render.web.folium_map import harmless_json
from dashboard.render.web.map_columns import name_columns
from dashboard.render.web.page_assets import asset, base64, leaflet_script, packed_topology, page_margins, policy, style
from dashboard.render.web.scripts import page_script
from dashboard.render.web.webpage_data import page_data
from dashboard.render.web.webpage_table import table_columns
from dashboard.settings import settings

STYLES = ("map.css", "panels.css", "webpage.css")


def make_webpage(handout: Handout, *, alone: bool = False) -> bytes:
    """The page: the same handout always gives the same bytes.

    The table lists at most MOST_MARKS incidents, the latest; where there are more, the map counts them all by cells.
    With ``alone`` the map fills the page, and of the rest only the card of a mark that is clicked is shown.
    """
    listed = chronological(handout.incidents).tail(MOST_MARKS)[::-1]
    blocks = {
        "data": harmless_json(page_data(handout, listed)),
        "names": harmless_json(name_columns(handout.dataset.places, handout.dataset.airports)),
    }
    folder = map_folder(settings().data)
    blocks |= {f"basemap_{level}": packed_topology(folder / f"basemap_{level}.json") for level in LEVELS}
    scripts = [leaflet_script(), page_script()]
    texts = _texts(handout, len(listed))
    parts = {name: escape(text) for name, text in texts.items()} | {
        "policy": policy(scripts),
        "icon": base64(asset("icon.svg").encode()),
        "style": style(*STYLES, *(["alone.css"] if alone else [])),
        "page": page_margins(
            handout.marking,
            marking_colours(handout.marking),
            *(texts[name] for name in ("sheet", "information", "produced")),
        ),
        "mark": marking_html(handout.marking),
        "heads": "".join(
            f'<th scope="col" data-column="{name}"><button type="button">{escape(label)}</button></th>'
            for name, label in table_columns().items()
        ),
        "particulars": "".join(
            f"<div><dt>{escape(label)}</dt><dd>{escape(text)}</dd></div>" for label, text in metadata(handout)
        ),
        "chart": _chart(handout),
        "blocks": "\n".join(
            f'<script type="application/json" id="{id_}">{text}</script>' for id_, text in blocks.items()
        ),
        "scripts": "\n".join(f"<script>{script}</script>" for script in scripts),
    }
    return Template(asset("webpage.html")).substitute(parts).encode()


def _chart(handout: Handout) -> str:
    """The chart of the view, above its map, or empty; in the colours of paper, whatever the theme of its reader."""
    asked = chart_of(handout.dataset, handout.view, handout.selection)
    if not asked:
        return ""
    state = chart_state(asked, handout.view, handout.dataset, LIGHT)
    texts = {name: escape(str(state[name])) for name in ("headline", "question", "shown", "alt", "caveat", "notes")}
    caveat = f'<p class="caveat">{texts["caveat"]}</p>' if texts["caveat"] else ""
    return (
        f'<figure class="chart"><h2>{texts["headline"]}</h2>'
        f"<h3>{texts['question']} <small>{texts['shown']}</small></h3>"
        f'{caveat}<div role="img" aria-label="{texts["alt"]}">{state["svg"]}</div>'
        f"<figcaption>{texts['notes']}</figcaption></figure>"
    )


def _texts(handout: Handout, listed: int) -> dict[str, str]:
    """The texts of ``webpage.html``, not escaped yet."""
    time, producer = handout.produced_in_words, settings().producer
    produced = _("Produced {time} by {producer}") if producer else _("Produced {time}")
    return {
        "lang": str(LOCALE).replace("_", "-"),
        "title": handout.title,
        "finding": handout.finding,
        "sentence": handout.sentence,
        "marking": handout.marking,
        "number": handout.sheet_id,
        "cutoff": handout.cutoff,
        "sheet": _("Sheet {number}").format(number=handout.sheet_id),
        "information": _("Information as of {time}").format(time=handout.cutoff_with_group),
        "age": handout.age,
        "old": "old" if handout.alarm else "",
        "produced": produced.format(time=time, producer=producer),
        "caption": handout.nil or _caption(len(handout.incidents), listed, own_side_in_words(handout.friendly)),
        "map": _("Map"),
        "card": _("Incident"),
        "table": _("Table"),
        "about": _("About this page"),
        "sections": _("Sections of this page"),
        "skip": _("Go to the table"),
        "no_scripts": _("Map and table do not appear: scripts are switched off here, or the browser is too old."),
    }


def _caption(count: int, listed: int, aside: str) -> str:
    if listed == count:
        incidents = incidents_in_words(count)
        return _("{incidents}, and {aside}").format(incidents=incidents, aside=aside) if aside else incidents
    return ngettext(
        "The latest {listed} of {count} incidents; {left} older one is counted on the map, but not in this table",
        "The latest {listed} of {count} incidents; {left} older ones are counted on the map, but not in this table",
        count - listed,
    ).format(listed=number(listed), count=number(count), left=number(count - listed))
