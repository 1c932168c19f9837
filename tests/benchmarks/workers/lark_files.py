"""What Lark takes to read files by the same grammar, in one process: `lark_files PATH...`."""

from __future__ import annotations

import sys
from pathlib import Path

import lark

GRAMMAR = Path(__file__).parents[3] / "tcolang/syntax/grammar.lark"


def main(paths: list[str]) -> None:
    grammar = GRAMMAR.read_text(encoding="utf-8") + "\nfile: _NL? statement+\n"
    parser = lark.Lark(grammar, parser="lalr", start="file", maybe_placeholders=True)
    for path in paths:
        for file in sorted(Path(path).glob("*.tco")) if Path(path).is_dir() else [Path(path)]:
            parser.parse(file.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main(sys.argv[1:])
