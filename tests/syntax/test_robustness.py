"""Whatever the text: parsing returns, and every finding has a place in it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tcolang.base.limits import Limits
from tcolang.base.source import SourceFile
from tcolang.syntax.parse import parse_expression, statement_index
from tests.syntax.reading import SAMPLES, read

TEXTS = [path.read_text(encoding="utf-8") for path in SAMPLES]
_PIECES = (
    *(
        "tco 1\n",
        "let ",
        "option x {\n",
        "}\n",
        "(",
        ")",
        "[",
        "]",
        "{",
        '"',
        '"""',
        "\\",
        "#",
        "##",
        "\n",
        "\r\n",
        " ",
    ),
    *("=", "==", ":", "??", "to", "per", "5", "1e9", "2026-01", "2026-13", "EUR/h", "K", "%", "^", ".", ",", "$", "−"),
)


def _check(text: str) -> None:
    outcome = read(text)
    for finding in outcome.diagnostics:
        assert finding.span is not None
        assert 0 <= finding.span.start <= finding.span.end <= len(text)
        assert finding.message
    if not outcome.value.items:
        assert outcome.diagnostics or text.lstrip("\ufeff").lstrip().startswith(("tco", "#"))
    index = statement_index(SourceFile("spec.tco", text))
    assert all(a.end <= b.start for a, b in pairwise(index))


@given(st.text())
def test_any_text(text: str) -> None:
    _check(text)


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map("".join))
def test_any_pieces_of_specs(text: str) -> None:
    _check("tco 1\n" + text)


@given(
    st.sampled_from(TEXTS),
    st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 20), st.sampled_from(["", *_PIECES])), max_size=4),
)
def test_samples_with_parts_cut_out_and_put_in(text: str, edits: list[tuple[int, int, str]]) -> None:
    for place, length, piece in edits:
        start = place % (len(text) + 1)
        text = text[:start] + piece + text[start + length :]
    _check(text)


@given(st.lists(st.sampled_from(_PIECES), max_size=20).map("".join))
def test_any_formula(text: str) -> None:
    outcome = parse_expression(SourceFile("--set", text), 0, len(text), Limits())
    assert (outcome.value is None) == bool(outcome.diagnostics)
