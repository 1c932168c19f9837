"""Initialisers of one to seven fields, each to be copied with the names of its class: see `record`.

They are written out because source that is made while the program runs has no place in it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import FunctionType
from typing import Any, TypeAlias

Put: TypeAlias = Callable[[object, Any], None]
"""Fills one slot of a record."""


def _one(put_a: Put) -> Any:
    def initialise(self: object, a: Any) -> None:
        put_a(self, a)

    return initialise


def _two(put_a: Put, put_b: Put) -> Any:
    def initialise(self: object, a: Any, b: Any) -> None:
        put_a(self, a)
        put_b(self, b)

    return initialise


def _three(put_a: Put, put_b: Put, put_c: Put) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)

    return initialise


def _four(put_a: Put, put_b: Put, put_c: Put, put_d: Put) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any, d: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)

    return initialise


def _five(put_a: Put, put_b: Put, put_c: Put, put_d: Put, put_e: Put) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any, d: Any, e: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)
        put_e(self, e)

    return initialise


def _six(put_a: Put, put_b: Put, put_c: Put, put_d: Put, put_e: Put, put_f: Put) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)
        put_e(self, e)
        put_f(self, f)

    return initialise


def _seven(put_a: Put, put_b: Put, put_c: Put, put_d: Put, put_e: Put, put_f: Put, put_g: Put) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)
        put_e(self, e)
        put_f(self, f)
        put_g(self, g)

    return initialise


def _eight(put_a: Put, put_b: Put, put_c: Put, put_d: Put, put_e: Put, put_f: Put, put_g: Put, put_h: Put) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, h: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)
        put_e(self, e)
        put_f(self, f)
        put_g(self, g)
        put_h(self, h)

    return initialise


def _nine(
    put_a: Put, put_b: Put, put_c: Put, put_d: Put, put_e: Put, put_f: Put, put_g: Put, put_h: Put, put_i: Put
) -> Any:
    def initialise(self: object, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, h: Any, i: Any) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)
        put_e(self, e)
        put_f(self, f)
        put_g(self, g)
        put_h(self, h)
        put_i(self, i)

    return initialise


def _ten(
    put_a: Put,
    put_b: Put,
    put_c: Put,
    put_d: Put,
    put_e: Put,
    put_f: Put,
    put_g: Put,
    put_h: Put,
    put_i: Put,
    put_j: Put,
) -> Any:
    def initialise(
        self: object, a: Any, b: Any, c: Any, d: Any, e: Any, f: Any, g: Any, h: Any, i: Any, j: Any
    ) -> None:
        put_a(self, a)
        put_b(self, b)
        put_c(self, c)
        put_d(self, d)
        put_e(self, e)
        put_f(self, f)
        put_g(self, g)
        put_h(self, h)
        put_i(self, i)
        put_j(self, j)

    return initialise


_BY_COUNT = (_one, _two, _three, _four, _five, _six, _seven, _eight, _nine, _ten)


def written_out(name: str, puts: tuple[Put, ...], fields: tuple[str, ...], defaults: tuple[Any, ...]) -> Any:
    """The initialiser of a class: its parameters are called as the fields, the last of them may be left out. None where
    there are no fields, or more than are written out."""
    if not 0 < len(puts) <= len(_BY_COUNT):
        return None
    shared = _BY_COUNT[len(puts) - 1](*puts)
    code = shared.__code__.replace(co_varnames=("self", *fields), co_name="__init__", co_qualname=f"{name}.__init__")
    return FunctionType(code, {}, "__init__", defaults, shared.__closure__)
