"""The command ``token``: the tokens of the systems that read from the app."""

import argparse

from dashboard.language import _, day
from dashboard.settings import settings

# Libraries are imported where they are needed, so that each command starts quickly.


def token(options: argparse.Namespace) -> int:
    """Make a token, list all, or revoke one."""
    from dashboard.core.record.tokens import Tokens

    tokens = Tokens(settings().record)
    if options.action == "add":
        made = tokens.add(options.name)
        print(_("The token of {name}. It is not shown again:").format(name=options.name))
        print(made)
    elif options.action == "revoke":
        tokens.revoke(options.name)
        print(_("The token of {name} is revoked: its next request is refused.").format(name=options.name))
    else:
        known = tokens.known()
        for one in known:
            used = _("last used on {day}").format(day=day(one.used.date())) if one.used else _("not used yet")
            print(_("{name}: made on {day}, {used}").format(name=one.name, day=day(one.made.date()), used=used))
        if not known:
            print(_("No system has a token. 'token add NAME' makes one."))
    return 0
