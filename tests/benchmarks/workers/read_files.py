"""Reads and hashes the files of a folder: `read_files FOLDER`."""

from __future__ import annotations

import os
import sys
from hashlib import sha256


def main(folder: str) -> None:
    for entry in os.scandir(folder):
        with open(entry.path, "rb") as file:  # noqa: PTH123 (the least that there is to do)
            sha256(file.read()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
