"""What a user had better know, on standard error."""

from __future__ import annotations

import sys

from tcolang.base.display import one_line


class Notes:
    """Each is told once."""

    def __init__(self) -> None:
        self.told: set[str] = set()

    def tell(self, text: str) -> None:
        if text not in self.told:
            self.told.add(text)
            print(one_line(f"note: {text}"), file=sys.stderr)
