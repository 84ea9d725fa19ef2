"""``python -m ishowtts_desktop`` and the installed command."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line; see `ishowtts_desktop.cli.main`."""
    from ishowtts_desktop.cli.main import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
