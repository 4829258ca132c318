"""Checks of the settings: that they can be read, and that none contradicts another."""

import difflib
import os
from collections.abc import Iterator, Mapping

from dashboard.access.gate import check_sign_in
from dashboard.access.listening import check_listening, is_shared
from dashboard.core.incidents.tlp import label_meant
from dashboard.errors import DashboardError
from dashboard.guard import ANY_ADDRESS, LOOPBACK
from dashboard.language import _, listing
from dashboard.operations.findings import Finding, fault, ok, warning
from dashboard.settings import Settings, settings

PREFIX = "DASHBOARD_"


def check_settings() -> Iterator[Finding]:
    """Check that all settings can be read, and that no variable is misspelt."""
    try:
        settings()
    except DashboardError as error:
        remedy = _("Correct the variable of the environment; the README lists them all.")
        yield fault(_("Settings"), str(error), remedy)
        return
    unknown = list(_unknown(os.environ))
    yield from unknown
    if not unknown:
        yield ok(_("Settings"), _("All can be read."))


def _unknown(environment: Mapping[str, str]) -> Iterator[Finding]:
    known = [f"{PREFIX}{name.upper()}" for name in Settings.model_fields]
    for name in sorted(environment):
        if not name.startswith(PREFIX) or name in known:
            continue
        nearest = difflib.get_close_matches(name, known, n=1)
        remedy = _("Perhaps {name} is meant.").format(name=nearest[0]) if nearest else _("Remove it.")
        yield warning(_("Settings"), _("{name} is no setting and has no effect.").format(name=name), remedy)


def check_names() -> Iterator[Finding]:
    """Check that the server answers to the names under which others reach it."""
    address, hosts = settings().address, settings().hosts
    if address in ANY_ADDRESS and not hosts:
        words = _("It listens on {address}, but answers only to localhost.").format(address=address)
        yield warning(_("Names"), words, _("Set DASHBOARD_HOSTS to the names under which it is reached."))
    url_host = settings().url.partition("://")[2].split("/")[0].rsplit(":", 1)[0].strip("[]").lower()
    if url_host and url_host not in (*LOOPBACK, *hosts, address):
        words = _("Links lead to {host}, but the server does not answer to that name.").format(host=url_host)
        yield warning(_("Names"), words, _("Add it to DASHBOARD_HOSTS, or correct DASHBOARD_URL."))


def check_access() -> Iterator[Finding]:
    """Check that it is said who may open the app and change the data, and that signing in has all that it takes."""
    part = _("Access")
    try:
        check_listening(settings().address)
        check_sign_in()
    except DashboardError as error:
        yield fault(part, str(error), _("See 'Sharing it: who may' in the README."))
        return
    if settings().editing and is_shared(settings().address):
        words = _("Everyone who reaches the server may add, correct and withdraw incidents.")
        yield warning(part, words, _("Unset DASHBOARD_EDITING unless that is meant."))


def check_states() -> Iterator[Finding]:
    """Check that no state is on both sides of the eastern flank."""
    both = sorted({*settings().flank} & {*settings().other_side})
    if both:
        words = _("{states} stands in DASHBOARD_FLANK and in DASHBOARD_OTHER_SIDE.").format(states=listing(both))
        remedy = _("Take it out of one of them, and run 'python -m dashboard borders'.")
        yield fault(_("States"), words, remedy)


def check_marking() -> Iterator[Finding]:
    """Check that the marking is a label of TLP where it nearly is one."""
    label = label_meant(settings().marking)
    if label:
        words = _("DASHBOARD_MARKING is {marking!r}.").format(marking=settings().marking)
        yield warning(_("Marking"), words, _("Perhaps {label} is meant.").format(label=label))


def check_template() -> Iterator[Finding]:
    """Check that the template of slides is there."""
    template = settings().template
    if template and not template.is_file():
        words = _("DASHBOARD_TEMPLATE names {file}, which is not there.").format(file=template)
        yield fault(_("Template"), words, _("Correct the path, or unset it for the template of our own."))
