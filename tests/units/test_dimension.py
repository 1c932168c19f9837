from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.units.dimension import BASES, NUMBER, Dimension, base

MONEY, TIME, TOKEN = base("money"), base("time"), base("token")


@st.composite
def dimensions(draw: st.DrawFn) -> Dimension:
    result = NUMBER
    for name in draw(st.lists(st.sampled_from((*BASES, "seat", "page")), max_size=5)):
        result = result * base(name) ** draw(st.integers(-3, 3))
    return result


@given(dimensions(), dimensions(), dimensions())
def test_dimensions_are_a_commutative_group(a: Dimension, b: Dimension, c: Dimension) -> None:
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)
    assert a / a == NUMBER
    assert a * b / b == a
    assert hash(a * b / b) == hash(a)


@given(dimensions(), st.integers(-4, 4), st.integers(-4, 4))
def test_powers_add_up(a: Dimension, m: int, n: int) -> None:
    assert a**m * a**n == a ** (m + n)
    assert a**0 == NUMBER


@given(dimensions())
def test_exponents_are_sorted_and_never_zero(a: Dimension) -> None:
    assert list(a.exponents) == sorted(a.exponents)
    assert all(power for _, power in a.exponents)
    assert a.is_number == (a == NUMBER)


@pytest.mark.parametrize(
    ("dimension", "text"),
    [
        (NUMBER, "number"),
        (MONEY / TOKEN, "money/token"),
        (NUMBER / TIME, "1/time"),
        (MONEY / (base("GPU") * TIME), "money/time-GPU"),
        (base("seat") * base("energy") * MONEY, "money-energy-seat"),
        (MONEY / TIME**2, "money/time^2"),
        (base("FTE"), "FTE"),
    ],
)
def test_it_reads_as_a_reader_would_say_it(dimension: Dimension, text: str) -> None:
    assert str(dimension) == text


def test_the_power_of_one_base() -> None:
    assert (MONEY / TIME).exponent("time") == -1
    assert MONEY.exponent("token") == 0
