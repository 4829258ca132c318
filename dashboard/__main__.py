"""Command line of the incursion map; see ``python -m dashboard --help``."""

import sys

from dashboard.commands.parser import Run, make_parser
from dashboard.errors import DashboardError


def main(arguments: list[str] | None = None) -> int:
    """Run a command; gives its exit code."""
    options = make_parser().parse_args(arguments)
    run: Run = options.run
    try:
        return run(options)
    except DashboardError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the output has seen enough
        sys.stderr.close()
        return 0


if __name__ == "__main__":
    sys.exit(main())
