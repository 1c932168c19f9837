"""Classes of values that are declared by their fields alone, as with `dataclasses`, but cheap to declare.

`dataclass` writes the source of six methods for each class and compiles it each time that Python starts: half a
millisecond a class, so that two hundred of them take ten times as long as Python itself. Here all classes share the
same methods, which look the fields up, or copies of one that differ in the names of their parameters; a record is made
as fast as a dataclass, and type checkers take it for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import attrgetter
from types import FunctionType
from typing import Any, NamedTuple, NoReturn, TypeVar, dataclass_transform

R = TypeVar("R")
_NOTHING: Any = object()


class FrozenError(AttributeError):
    """An attribute of a record was to be changed: make another record, with `replace`."""


class _Field(NamedTuple):
    default: Any = _NOTHING
    default_factory: Callable[[], Any] | None = None
    compare: bool = True
    repr: bool = True


def field(
    *,
    default: Any = _NOTHING,
    default_factory: Callable[[], Any] | None = None,
    compare: bool = True,
    repr: bool = True,
) -> Any:
    """A field of which more is to be said than its type: without `compare` it does not count for equality."""
    return _Field(default, default_factory, compare, repr)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[R]) -> type[R]:
    """Frozen and slotted: made from its fields, by place or by name; equal to one of its class with equal fields.

    `__post_init__` runs at the end of making, as in a dataclass. A field of a base class is not one of the record.
    """
    fields = _fields(cls)
    compared = _values_of([name for name, known in fields.items() if known.compare])
    shown = [name for name, known in fields.items() if known.repr]

    def equal(self: object, other: object) -> bool:
        return compared(self) == compared(other) if type(other) is type(self) else NotImplemented

    def digest(self: object) -> int:
        return hash(compared(self))

    def text(self: object) -> str:
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in shown)})"

    methods = {"__eq__": equal, "__hash__": digest, "__repr__": text, "__setattr__": _frozen, "__delattr__": _frozen}
    return _slotted(cls, fields, methods)


@dataclass_transform(eq_default=False, field_specifiers=(field,))
def state(cls: type[R]) -> type[R]:
    """Slotted, and changed while something is under way; equal to itself alone."""
    return _slotted(cls, _fields(cls), {})


def replace(one: R, /, **changes: Any) -> R:
    """A record like `one` with some fields changed."""
    names: tuple[str, ...] = type(one).__match_args__  # type: ignore[attr-defined]
    values = [changes.pop(name) if name in changes else getattr(one, name) for name in names]
    return type(one)(*values, **changes)


def _fields(cls: type) -> dict[str, _Field]:
    """In the order in which they are declared; what is annotated as a ClassVar is none."""
    found = {}
    for name, annotation in vars(cls).get("__annotations__", {}).items():
        if "ClassVar[" not in str(annotation):
            stated = vars(cls).get(name, _NOTHING)
            found[name] = stated if isinstance(stated, _Field) else _Field(stated)
    return found


def _slotted(cls: type[R], fields: Mapping[str, _Field], methods: Mapping[str, object]) -> type[R]:
    """The class with room for its fields and nothing else; slots have to be there when a class is made."""
    left_out = {*fields, "__dict__", "__weakref__"}
    body = {name: value for name, value in vars(cls).items() if name not in left_out}
    names = tuple(fields)
    of_all = {"__qualname__": cls.__qualname__, "__slots__": names, "__match_args__": names}
    metaclass: Any = type(cls)
    made: type[R] = metaclass(cls.__name__, cls.__bases__, {**methods, **body, **of_all})
    type.__setattr__(made, "__init__", _initialiser(made, fields))
    return made


def _initialiser(cls: type, fields: Mapping[str, _Field]) -> Callable[..., None]:
    """As if written out for this class: one that is shared by all with as many fields, under other names."""
    finish = vars(cls).get("__post_init__")
    puts = [_put(vars(cls)[name].__set__, known.default_factory) for name, known in fields.items()]
    shared: Any = _making(len(fields), finish is not None)(finish, *puts)
    names = ("self", *fields)
    # What may be left out stands last, as a function demands; behind it, all have to be named.
    optional = [known.default_factory is not None or known.default is not _NOTHING for known in fields.values()]
    needed = len(optional) - next((i for i, given in enumerate(reversed(optional)) if not given), len(optional))
    if any(optional[:needed]):
        raise TypeError(f"{cls.__name__} has a field without a default behind one that has a default")
    defaults = tuple(known.default for known in fields.values())[needed:]
    return FunctionType(
        shared.__code__.replace(co_varnames=names, co_name="__init__", co_qualname=f"{cls.__qualname__}.__init__"),
        {},
        "__init__",
        defaults,
        shared.__closure__,
    )


def _put(slot: Callable[[object, Any], None], factory: Callable[[], Any] | None) -> Callable[[object, Any], None]:
    """Fills a slot; what is left out is made by `factory`, for each record anew."""
    if factory is None:
        return slot

    def put(self: object, value: Any) -> None:
        slot(self, factory() if value is _NOTHING else value)

    return put


@cache
def _making(count: int, finishes: bool) -> Callable[..., FunctionType]:
    """A function of what fills each slot, which returns an initialiser of as many values."""
    puts, values = [f"put{i}" for i in range(count)], [f"value{i}" for i in range(count)]
    lines = [f"  {put}(self, {value})" for put, value in zip(puts, values, strict=True)]
    last = ["  finish(self)"] if finishes else ["  pass"]
    head = f"def making(finish, {', '.join(puts)}):\n def initialise(self, {', '.join(values)}):"
    made: dict[str, Callable[..., FunctionType]] = {}
    exec("\n".join([head, *lines, *last, " return initialise"]), made)  # noqa: S102 (of numbers alone)
    return made["making"]


def _values_of(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Reads the fields of that name as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _frozen(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenError(f"`{name}` of a {type(self).__name__} cannot be changed")
