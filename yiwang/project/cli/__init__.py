"""The command `yiwang`: every act of an operator, one module each.

Owns *access* (how a command reaches the database), *progress* and the operator's *language*. Importing it is light:
Django is loaded by the commands that need it, so `yiwang --help` answers at once.
"""

import sys


def main() -> None:
    """Entry point: one sentence and exit code 2 for what the operator can mend, a traceback for what we must."""
    from yiwang.plumbing.stops import CannotGoOn
    from yiwang.project.cli.language import _

    for stream in (sys.stdout, sys.stderr):
        # Chinese on a terminal that knows none must not be a traceback.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        from yiwang.project.cli.commands import app

        app()
    except CannotGoOn as stop:
        print(_(stop.message) % stop.figures, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as broken:
        if not _is_lost_database(broken):
            raise
        print(
            _("The database was lost in the middle of the work (%(why)s): begin again.")
            % {"why": str(broken).strip().split("\n", 1)[0]},
            file=sys.stderr,
        )
        sys.exit(2)


def _is_lost_database(broken: Exception) -> bool:
    # Named, not imported: neither Django nor the driver need be loaded for a command that fails early.
    return type(broken).__name__ in {"OperationalError", "PoolTimeout", "InterfaceError"}
