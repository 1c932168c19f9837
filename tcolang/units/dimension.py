"""What a quantity measures, apart from the unit it is written in."""

from __future__ import annotations

from tcolang.base.record import record

BASES = ("money", "time", "token", "request", "GPU", "FTE", "data", "energy")


@record
class Dimension:
    """A product of powers of base dimensions: `exponents` are sorted by base, and none is zero. No exponents: a number.

    Make one with `base`, `*`, `/` and `**`.
    """

    exponents: tuple[tuple[str, int], ...] = ()

    @property
    def is_number(self) -> bool:
        return not self.exponents

    def exponent(self, base: str) -> int:
        """Zero where the base has no part in it."""
        return dict(self.exponents).get(base, 0)

    def __mul__(self, other: Dimension) -> Dimension:
        return _combined(self, other, 1)

    def __truediv__(self, other: Dimension) -> Dimension:
        return _combined(self, other, -1)

    def __pow__(self, exponent: int) -> Dimension:
        return _dimension({base: power * exponent for base, power in self.exponents})

    def __str__(self) -> str:
        """`money/token`, `1/time`, `GPU-time`, `money/time^2`; `number` for none."""
        if self.is_number:
            return "number"
        shown = sorted(self.exponents, key=_place)
        over = "-".join(_power(base, power) for base, power in shown if power > 0)
        under = "-".join(_power(base, -power) for base, power in shown if power < 0)
        return f"{over or '1'}/{under}" if under else over


NUMBER = Dimension()


def base(name: str) -> Dimension:
    """The dimension of one of `BASES`, or of a unit of the user's own."""
    return Dimension(((name, 1),))


def _combined(one: Dimension, other: Dimension, sign: int) -> Dimension:
    powers = dict(one.exponents)
    for name, power in other.exponents:
        powers[name] = powers.get(name, 0) + sign * power
    return _dimension(powers)


def _dimension(powers: dict[str, int]) -> Dimension:
    return Dimension(tuple(sorted((name, power) for name, power in powers.items() if power)))


def _place(exponent: tuple[str, int]) -> tuple[int, str]:
    """Money first, and the user's own after the eight."""
    name = exponent[0]
    return (BASES.index(name) if name in BASES else len(BASES), name)


def _power(name: str, power: int) -> str:
    return name if power == 1 else f"{name}^{power}"
