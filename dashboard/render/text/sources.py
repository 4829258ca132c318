"""Sources in words: their publishers, of what kind these are, and which of them speak for an authority."""

from typing import Any
from urllib.parse import quote

from dashboard.core.incidents.publishers import OFFICIAL, STATE_CONTROLLED, WITH_OFFICIAL, Publisher, Source
from dashboard.core.incidents.vocabulary import STATUS_PHRASES
from dashboard.language import LOCALE, _, listing, state_name

MOST_REPORTERS = 2  # that are named beside a status
KIND_WORDS = {
    "agency": _("news agency"),
    "public_broadcaster": _("public broadcaster"),
    "press": _("press"),
    "research": _("research"),
    "register": _("register of incidents"),
    "encyclopedia": _("encyclopedia"),
    "aggregator": _("aggregator"),
    "other": _("other"),
}


def publisher_in_words(publisher: Publisher) -> str:
    """The name of a publisher, and whether it is an authority or under the control of Russia or Belarus."""
    return _told(publisher.name, _tag(publisher))


def publisher_kind_in_words(publisher: Publisher) -> str:
    """The kind of a publisher, and its language where it has but one: ``public broadcaster, in Estonian``."""
    kind = _tag(publisher) or KIND_WORDS.get(publisher.kind, "")
    languages = [str(LOCALE.languages.get(code, "")) for code in publisher.languages]
    language = _("in {language}").format(language=languages[0]) if len(languages) == 1 and languages[0] else ""
    return _(", ").join(filter(None, (kind, language)))


def source_in_words(source: Source) -> str:
    """The publisher of a source, with its kind and language."""
    return _told(source.publisher.name, publisher_kind_in_words(source.publisher))


def _told(name: str, more: str) -> str:
    return _("{name} – {more}").format(name=name, more=more) if more else name


def _tag(publisher: Publisher) -> str:
    if publisher.kind == OFFICIAL:
        return _("official")
    if publisher.kind == STATE_CONTROLLED:
        return _("state-controlled ({state})").format(state=state_name(publisher.state))
    return ""


def links_in_words(row: Any) -> list[tuple[str, str]]:
    """The sources of an incident, official ones first: publisher with kind, and an address for any text, or nothing."""
    return [(source_in_words(source), safe_address(source.address)) for source in row.cited]


def safe_address(address: str) -> str:
    """An address that can stand in any text."""
    return quote(address, safe="%/:?#[]@!$&()*+,;=~'")


def status_in_words(row: Any) -> str:
    """The status; of one that a state confirmed on no page of its own that is cited, who reports it."""
    status = STATUS_PHRASES[row.status]
    if not is_only_reported_as_confirmed(row):
        return status
    named = list(dict.fromkeys(_reporters(row)))[:MOST_REPORTERS]
    return _("{status}, as reported by {publishers}").format(status=status, publishers=listing(named))


def is_only_reported_as_confirmed(row: Any) -> bool:
    """Tell whether a state confirmed an incident, but on no page of its own that is cited: others report that."""
    return row.status == "confirmed" and row.evidence != WITH_OFFICIAL and bool(_reporters(row))


def _reporters(row: Any) -> list[str]:
    return [source.publisher.name for source in row.cited if source.publisher.kind != STATE_CONTROLLED]
