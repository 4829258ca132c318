"""Sign-in by a proxy: it says in headers who asks, and nobody but the proxy is believed."""

import os
from collections.abc import Callable, Sequence
from ipaddress import ip_address

from dashboard.access.person import Person, person_called
from dashboard.errors import AccessError, QueryError, SignInError
from dashboard.language import _
from dashboard.settings import settings

Headers = Callable[[str], Sequence[str]]  # all values of a header, by its name


def check_proxy() -> None:
    """Check that the settings name the proxy.

    Raises
    ------
    QueryError
        They do not.
    """
    if not settings().proxy_addresses:
        raise QueryError(
            _(
                "DASHBOARD_ACCESS=proxy needs DASHBOARD_PROXY_ADDRESSES: the addresses from which the proxy connects, "
                "such as 10.0.0.5 or 127.0.0.1."
            )
        )


def keep_peer() -> None:
    """Have the server that is about to start tell the other end of a connection, whatever X-Forwarded-For says."""
    os.environ["FORWARDED_ALLOW_IPS"] = ""  # read by uvicorn, which else believes all that comes from this machine


def check_peer(peer: str) -> None:
    """Refuse a connection that does not come from the proxy.

    Raises
    ------
    AccessError
        The other end of the connection is no address of the proxy.
    """
    try:
        address = ip_address(peer)
    except ValueError:
        address = None
    if address is not None:
        address = getattr(address, "ipv4_mapped", None) or address  # a socket of both kinds says ::ffff:10.0.0.5
        if any(address in network for network in settings().proxy_addresses):
            return
    way = settings().url or _("the address of its proxy")
    message = _("This server answers only through its proxy. Open {way}.")
    raise AccessError(message.format(way=way))


def person_in_headers(headers: Headers) -> Person:
    """Take who asks from the headers of the proxy.

    Raises
    ------
    SignInError
        The proxy names nobody, or more than one.
    """
    name, groups = settings().proxy_name_header, settings().proxy_groups_header
    names, listed = headers(name), headers(groups)
    if len(names) != 1 or len(listed) > 1:
        message = _("The proxy does not say who you are: it must send {name} once, and {groups} at most once.")
        raise SignInError(message.format(name=name, groups=groups))
    return person_called(_text(names[0]), _text(listed[0]).split(",") if listed else ())


def _text(value: str) -> str:
    """The text of a header, which comes as Latin-1 whatever it was written in."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
