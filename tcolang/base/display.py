"""Untrusted text on a terminal: nothing in it is obeyed, and its columns are counted as they are shown."""

from __future__ import annotations

from unicodedata import category, combining, east_asian_width

_TAB = 4
_CUT = "…"
_ORDER = "##["
_BRACKET = "\\u{5b}"


def visible(text: str) -> str:
    """With control characters, and those that change the direction or order of writing, spelled out as `\\u{1b}`; and
    without `##[`, which orders something wherever it stands in the log of a build."""
    shown = text if text.isascii() and text.isprintable() else "".join(map(_visible_character, text))
    return shown.replace(_ORDER, f"##{_BRACKET}")


def no_order(line: str) -> str:
    """A line without two colons at its beginning, after any blanks: in the log of a build they order something."""
    return line.replace("::", "\\u{3a}:", 1) if line.lstrip().startswith("::") else line


def one_line(text: str) -> str:
    """Visible, with a blank for each newline and what surrounds it."""
    return visible(" ".join(filter(None, (line.strip() for line in text.splitlines()))))


def clipped(line: str, start: int, end: int, widest: int) -> tuple[str, int, int]:
    """A line as shown, in at most `widest` columns around `start`; the columns before and under `start` to `end`."""
    # No character is cut off by its neighbours here: what is further away than that cannot be shown.
    first = max(0, start - widest)
    cells = _cells(line[first : start + 2 * widest], first)
    position, stop = start - first, min(end - first, len(cells))
    widths = [_width(cell) for cell in cells]
    if first == 0 and len(line) <= len(cells) and sum(widths) <= widest:
        return "".join(cells), sum(widths[:position]), sum(widths[position:stop])
    low, high = _window(widths, position, widest - 2 * len(_CUT))
    before = _CUT if first + low > 0 else ""
    after = _CUT if first + high < len(line) else ""
    shown = f"{before}{''.join(cells[low:high])}{after}"
    return shown, len(before) + sum(widths[low:position]), sum(widths[position : min(stop, high)])


def _window(widths: list[int], position: int, room: int) -> tuple[int, int]:
    """The cells to show: a third of the room before the position, the rest from there on."""
    low, used = position, 0
    while low > 0 and used + widths[low - 1] <= room // 3:
        low -= 1
        used += widths[low]
    high = position
    while high < len(widths) and used + widths[high] <= room:
        used += widths[high]
        high += 1
    while low > 0 and used + widths[low - 1] <= room:
        low -= 1
        used += widths[low]
    return low, high


def _cells(text: str, offset: int) -> list[str]:
    """What each character is shown as; tabs go to the next stop as long as no part of the line is left out."""
    cells: list[str] = []
    column = 0
    for index, character in enumerate(text):
        cell = (
            _BRACKET
            if character == "[" and text[max(index - 2, 0) : index] == "##"
            else " " * (_TAB - column % _TAB if offset == 0 else _TAB)
            if character == "\t"
            else _visible_character(character)
        )
        cells.append(cell)
        column += _width(cell)
    return cells


def _visible_character(character: str) -> str:
    unsafe = category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")
    return f"\\u{{{ord(character):x}}}" if unsafe else character


def _width(cell: str) -> int:
    if len(cell) != 1:
        return len(cell)
    if combining(cell) or category(cell) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(cell) in "WF" else 1
