"""Listening: a server that others reach has to be told who may reach it."""

from ipaddress import ip_address

from dashboard.errors import QueryError
from dashboard.language import _
from dashboard.settings import settings

ANYWHERE = "0.0.0.0"  # where a server listens that was given no address  # noqa: S104


def check_listening(address: str) -> None:
    """Refuse to listen on an address that other machines reach, unless the settings say who may.

    Raises
    ------
    QueryError
        DASHBOARD_ACCESS is not set, and the address is not one of this machine alone.
    """
    if settings().access or is_local(address):
        return
    raise QueryError(
        _(
            "The app does not listen on {address}, where other machines reach it, before it is told who may open it. "
            "Set DASHBOARD_ACCESS=oidc or DASHBOARD_ACCESS=proxy to have people sign in, or DASHBOARD_ACCESS=open if "
            "everyone who reaches it may; or leave DASHBOARD_ADDRESS at 127.0.0.1."
        ).format(address=address or ANYWHERE)
    )


def is_local(address: str) -> bool:
    """Tell whether only this machine reaches an address."""
    try:
        return ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"
