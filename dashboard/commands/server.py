"""The commands for the server: it is started, and its set-up looked at."""

import argparse
import json
import os
from dataclasses import asdict

from dashboard.access.listening import check_listening
from dashboard.settings import PROJECT, settings

# Libraries are imported where they are needed, so that each command starts quickly.


def serve(options: argparse.Namespace) -> int:
    """Start the web app."""
    address, port = options.address or settings().address, options.port or settings().port
    check_listening(address)
    os.chdir(PROJECT)  # where Streamlit finds .streamlit/config.toml
    from dashboard.access.gate import asks_who, check_sign_in

    check_sign_in()
    from dashboard.app import app
    from dashboard.guard import VIEWS_MB, allows_editing
    from dashboard.operations.log import set_up_log

    uploads_mb = settings().import_mb if asks_who() or allows_editing(address) else VIEWS_MB
    set_up_log()
    app.run(config={"server.address": address, "server.port": port, "server.maxUploadSize": uploads_mb})
    return 0


def doctor(options: argparse.Namespace) -> int:
    """Print what is wrong with the set-up; 1 where there is a fault."""
    from dashboard.operations.doctor import examine
    from dashboard.operations.findings import State, in_words, summary

    findings = list(examine())
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for line in in_words(findings):
            print(line)
        print(summary(findings))
    return 1 if any(finding.state == State.FAULT for finding in findings) else 0
