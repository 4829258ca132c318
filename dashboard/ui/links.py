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


def linked(source: Source, words: str) -> str:
    """Words for a source as HTML: a link to it, or the words alone where only its name is known."""
    return link(source.address, words) if source.address else escape(words)


def cited(source: Source) -> str:
    """A source under its publisher's name, as a link where it has an address, with the publisher's kind after it."""
    kind = publisher_kind_in_words(source.publisher)
    more = f' <small class="{escape(source.publisher.kind)}">{escape(kind)}</small>' if kind else ""
    return linked(source, source.publisher.name) + more
