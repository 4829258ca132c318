"""Links to sources, which are untrusted: opened apart, and escaped."""

from html import escape

from dashboard.core.incidents.publishers import Source
from dashboard.render.text.sources import publisher_kind_in_words


def link(address: str, name: str) -> str:
    """A link to a page as HTML; the address must be one that ``schema.is_link`` lets through."""
    address = escape(address, quote=True)
    return (
        f'<a href="{address}" target="_blank" rel="noopener noreferrer nofollow" title="{address}">{escape(name)}</a>'
    )


def cited(source: Source) -> str:
    """A link to a source under its publisher's name, with the publisher's kind after it."""
    kind = publisher_kind_in_words(source.publisher)
    more = f' <small class="{escape(source.publisher.kind)}">{escape(kind)}</small>' if kind else ""
    return link(source.address, source.publisher.name) + more
