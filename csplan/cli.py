"""The same verbs as the website, for the terminal.

Each command reads like its story: find the folder, do the thing, say the outcome in words or, with --json, as one JSON
document on standard output. A person's mistake is one sentence and an exit code, never a traceback. What a command
needs is imported inside it, so that `csplan` answers at once.
"""

import os
import sys
from pathlib import Path

from csplan import commands  # noqa: F401  read in so that every command is named
from csplan.cycle import clock
from csplan.errors import CsplanError
from csplan.terminal import options, parser

FAULT_OF_OURS = 70


def main(arguments: list[str] | None = None) -> None:
    """Run a command. Refusals leave by their own exit code; what we did not foresee by 70, with its trace kept whole."""
    said = parser().parse_args(arguments)
    options.data = Path(getattr(said, "data", None) or os.environ.get("CSPLAN_DATA") or "var").resolve()
    options.partnership = getattr(said, "partnership", None)
    options.as_at = getattr(said, "as_at", None) or os.environ.get("CSPLAN_AS_AT")
    options.as_json, options.quiet = getattr(said, "json", False), getattr(said, "quiet", False)
    try:
        clock.start(options.as_at)
        sys.exit(said.act(said) or 0)
    except CsplanError as e:
        print(e, file=sys.stderr)
        sys.exit(e.exit_code)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(2)
    except Exception:
        import traceback

        traceback.print_exc()
        print("This is a fault of csplan's, not yours. Please report it with the lines above.", file=sys.stderr)
        sys.exit(FAULT_OF_OURS)
