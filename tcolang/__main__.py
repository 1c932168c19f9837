"""`python -m tcolang`, the same as `tco`; in a folder of a stranger's, `python -P -m tcolang`."""

from __future__ import annotations

import sys


def main() -> int:
    # `-m` without `-P` searches the working directory first, where a `numpy.py` would run as if it were numpy.
    if not sys.flags.safe_path:
        del sys.path[0]
    from tcolang.cli.main import run

    return run()


if __name__ == "__main__":
    sys.exit(main())
