"""Listening: a server that others reach has to be told who may reach it."""

from ipaddress import ip_address

from dashboard.errors import QueryError
from dashboard.language import _, listing
from dashboard.settings import settings

ANYWHERE = "0.0.0.0"  # where a server listens that was given no address  # noqa: S104


def check_listening(address: str) -> None:
    """Refuse to start for others than this machine, unless the settings say who may open the app.

    Raises
    ------
    QueryError
        DASHBOARD_ACCESS is not set, and others reach the address, or a proxy on this machine leads them to it.
    """
    if settings().access or not is_shared(address):
        return
    if is_local(address):
        words = _("The app does not answer to {names}, under which others reach it, before it is told who may open it.")
        told = words.format(names=listing([*settings().hosts, *settings().origins]))
    else:
        words = _("The app does not listen on {address}, where others reach it, before it is told who may open it.")
        told = words.format(address=address or ANYWHERE)
    remedy = _(
        "Set DASHBOARD_ACCESS=oidc or DASHBOARD_ACCESS=proxy to have people sign in, or DASHBOARD_ACCESS=open if "
        "everyone who reaches it may; or leave DASHBOARD_ADDRESS at 127.0.0.1, and DASHBOARD_HOSTS and "
        "DASHBOARD_ORIGINS empty."
    )
    raise QueryError(_("{problem} {remedy}").format(problem=told, remedy=remedy))


def is_shared(address: str) -> bool:
    """Tell whether others than this machine reach the app: at its address, or by names that a proxy leads to it."""
    return not is_local(address) or bool(settings().hosts or settings().origins)


def is_local(address: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"
