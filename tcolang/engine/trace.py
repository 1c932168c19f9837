"""Finds out what a function does to arrays: it is called with an array module that takes notes.

A function that looks at the numbers before it goes on cannot be written down; it is called as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, NoReturn

from tcolang.base.record import state
from tcolang.engine.tape import Tape

_OF_ONE = ("negative", "absolute", "rint", "ceil", "floor", "exp", "log", "log1p", "expm1", "sqrt")
_OF_TWO = ("add", "subtract", "multiply", "divide", "maximum", "minimum", "power", "copysign")
_COMPARING = ("less", "less_equal", "greater", "greater_equal", "equal", "not_equal")
_TELLING = ("isnan", "isfinite", "logical_and", "logical_or", "logical_not")

NUMBERS = frozenset((*_OF_ONE, *_OF_TWO))
"""Functions of the array module that make numbers of numbers, elementwise."""

FLAGS = frozenset((*_COMPARING, *_TELLING))
"""Those that tell yes or no."""

_GUARDS = frozenset(("nan_where_impossible", "nan_where_unknown"))
_SHORT: Mapping[str, str] = {"abs": "absolute"}
_WIDE = 2**31 - 1
"""In place of the number of futures."""


class Untraceable(Exception):  # noqa: N818 (no error: there is another way to go)
    """The function needs the numbers themselves."""


@state
class Tracer:
    """In place of numpy. Its arrays are `Traced`."""

    tape: Tape
    months: int
    nan: float = float("nan")

    def __getattr__(self, name: str) -> Callable[..., Traced]:
        name = _SHORT.get(name, name)
        if name in NUMBERS or name in FLAGS or name in _GUARDS:
            return partial(self.call, name)
        raise Untraceable(name)

    def call(self, name: str, *arguments: object) -> Traced:
        if any(argument is NotImplemented for argument in arguments):
            raise Untraceable
        read = [self.place(argument) for argument in arguments]
        if name in NUMBERS or name in _GUARDS:
            # Arithmetic with yes and no counts them as 1 and 0.
            read = [self._numeric(place) for place in read]
        return Traced(self, self.tape.apply(name, tuple(read), flag=name in FLAGS))

    @property
    def maximum(self) -> _Accumulated:
        return _Accumulated(self)

    def where(self, condition: object, then: object, otherwise: object) -> Traced:
        read = (self.place(condition), self._numeric(self.place(then)), self._numeric(self.place(otherwise)))
        return Traced(self, self.tape.apply("where", read))

    def clip(self, value: object, low: object, high: object) -> Traced:
        return self.call("minimum", self.call("maximum", value, low), high)

    def cumsum(self, value: Traced, axis: int) -> Traced:
        if axis != 0:
            raise Untraceable
        return Traced(self, self.tape.apply("cumsum", (value.place,)))

    def broadcast_to(self, value: Traced, shape: tuple[int, int]) -> Traced:
        """With a row per month."""
        if shape != (self.months, value.shape[1]):
            raise Untraceable
        made = self.tape.instructions[value.place]
        if made.monthly:
            return value
        return Traced(self, self.tape.put("rows", (value.place,), monthly=True, wide=made.wide, flag=made.flag))

    def broadcast_arrays(self, *values: object) -> tuple[Traced, ...]:
        """Arrays that are combined later need no common shape."""
        return tuple(Traced(self, self.place(value)) for value in values)

    def zeros(self, shape: tuple[int, int]) -> Traced:
        if shape != (1, 1):
            raise Untraceable
        return Traced(self, self.tape.fixed(0.0))

    def as_number(self, value: Traced) -> Traced:
        return Traced(self, self._numeric(value.place))

    def row(self, value: Traced, month: int) -> Traced:
        made = self.tape.instructions[value.place]
        if not made.monthly:
            return value
        return Traced(self, self.tape.put("row", (value.place,), month, wide=made.wide, flag=made.flag))

    def place(self, value: object) -> int:
        if isinstance(value, Traced):
            return value.place
        if isinstance(value, int | float):
            return self.tape.fixed(float(value))
        raise Untraceable

    def _numeric(self, place: int) -> int:
        return self.tape.apply("as_number", (place,)) if self.tape.instructions[place].flag else place


@state
class _Accumulated:
    """`maximum` is called, and has a method."""

    module: Tracer

    def __call__(self, one: object, other: object) -> Traced:
        return self.module.call("maximum", one, other)

    def accumulate(self, value: Traced, axis: int) -> Traced:
        if axis != 0:
            raise Untraceable
        return Traced(self.module, self.module.tape.apply("highest", (value.place,)))


@state
class Traced:
    """An array of which nothing is known but its shape."""

    module: Tracer
    place: int

    @property
    def shape(self) -> tuple[int, int]:
        made = self.module.tape.instructions[self.place]
        return (self.module.months if made.monthly else 1, _WIDE if made.wide else 1)

    def astype(self, kind: type) -> Traced:
        if kind is not float:
            raise Untraceable
        return self.module.as_number(self)

    def __getitem__(self, rows: object) -> Traced:
        """One row."""
        if not isinstance(rows, slice):
            raise Untraceable
        first, last, step = rows.indices(self.shape[0])
        if last - first != 1 or step != 1:
            raise Untraceable
        return self.module.row(self, first)

    def __add__(self, other: object) -> Traced:
        return self.module.call("add", self, other)

    def __radd__(self, other: object) -> Traced:
        return self.module.call("add", other, self)

    def __sub__(self, other: object) -> Traced:
        return self.module.call("subtract", self, other)

    def __rsub__(self, other: object) -> Traced:
        return self.module.call("subtract", other, self)

    def __mul__(self, other: object) -> Traced:
        return self.module.call("multiply", self, other)

    def __rmul__(self, other: object) -> Traced:
        return self.module.call("multiply", other, self)

    def __truediv__(self, other: object) -> Traced:
        return self.module.call("divide", self, other)

    def __rtruediv__(self, other: object) -> Traced:
        return self.module.call("divide", other, self)

    def __neg__(self) -> Traced:
        return self.module.call("negative", self)

    def __abs__(self) -> Traced:
        return self.module.call("absolute", self)

    def __lt__(self, other: object) -> Traced:
        return self.module.call("less", self, other)

    def __le__(self, other: object) -> Traced:
        return self.module.call("less_equal", self, other)

    def __gt__(self, other: object) -> Traced:
        return self.module.call("greater", self, other)

    def __ge__(self, other: object) -> Traced:
        return self.module.call("greater_equal", self, other)

    def __eq__(self, other: object) -> Traced:  # type: ignore[override]
        return self.module.call("equal", self, other)

    def __ne__(self, other: object) -> Traced:  # type: ignore[override]
        return self.module.call("not_equal", self, other)

    def __and__(self, other: object) -> Traced:
        return self.module.call("logical_and", self, other)

    def __or__(self, other: object) -> Traced:
        return self.module.call("logical_or", self, other)

    def __invert__(self) -> Traced:
        return self.module.call("logical_not", self)

    def __bool__(self) -> NoReturn:
        raise Untraceable

    def __setitem__(self, rows: object, value: object) -> NoReturn:
        raise Untraceable

    def __getattr__(self, name: str) -> Any:
        raise Untraceable(name)

    __hash__ = None  # type: ignore[assignment]
    __float__ = __int__ = __iter__ = __len__ = __bool__
