"""Classes of values that are declared by their fields alone, as with `dataclasses`, but cheap to declare.

`dataclass` writes the source of six methods for each class and compiles it each time that Python starts: half a
millisecond a class, so that two hundred of them take ten times as long as Python itself. Here all classes share the
same methods, which look the fields up, and small ones copies of one initialiser; a record is made as fast as a
dataclass, and type checkers take it for one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple, NoReturn, TypeVar, dataclass_transform

from tcolang.base.initialisers import written_out

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
    setters = tuple(vars(cls)[name].__set__ for name in fields)
    finish = vars(cls).get("__post_init__")
    if finish is None and not any(known.default_factory for known in fields.values()):
        optional = [known.default is not _NOTHING for known in fields.values()]
        needed = optional.index(True) if any(optional) else len(optional)
        if all(optional[needed:]):
            defaults = tuple(known.default for known in fields.values())[needed:]
            quick: Callable[..., None] | None = written_out(cls.__qualname__, setters, tuple(fields), defaults)
            if quick is not None:
                return quick
    return _general_initialiser(cls, fields, setters, finish)


def _general_initialiser(
    cls: type,
    fields: Mapping[str, _Field],
    setters: Sequence[Callable[[object, Any], None]],
    finish: Callable[[object], None] | None,
) -> Callable[..., None]:
    """For any number of fields, and for those that take more than to be filled."""
    count = len(setters)
    complete = _completer(cls.__name__, fields)

    def initialise(self: object, *values: Any, **named: Any) -> None:
        if named or len(values) != count:
            values = complete(values, named)
        for put, value in zip(setters, values):  # noqa: B905 (as many, and `strict` takes time)
            put(self, value)
        if finish is not None:
            finish(self)

    return initialise


def _completer(class_: str, fields: Mapping[str, _Field]) -> Callable[[Sequence[Any], dict[str, Any]], tuple[Any, ...]]:
    """Makes the values of all fields from those given by place and by name; raises `TypeError` as a wrong call does."""
    names = tuple(fields)
    defaults = {name: known.default for name, known in fields.items() if known.default is not _NOTHING}
    factories = {name: known.default_factory for name, known in fields.items() if known.default_factory is not None}

    def complete(values: Sequence[Any], named: dict[str, Any]) -> tuple[Any, ...]:
        if len(values) > len(names):
            raise TypeError(f"{class_} has {len(names)} fields, and {len(values)} values were given")
        found = list(values)
        for name in names[len(values) :]:
            if name in named:
                found.append(named.pop(name))
            elif name in defaults:
                found.append(defaults[name])
            elif name in factories:
                found.append(factories[name]())
            else:
                raise TypeError(f"{class_} lacks a value for its field `{name}`")
        if named:
            name = next(iter(named))
            raise TypeError(f"{class_} was given `{name}` {'twice' if name in fields else 'and has no such field'}")
        return tuple(found)

    return complete


def _values_of(names: Sequence[str]) -> Callable[[object], tuple[Any, ...]]:
    """Reads the fields of that name as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda one: tuple(getattr(one, name) for name in names)


def _frozen(self: object, name: str, *_: object) -> NoReturn:
    raise FrozenError(f"`{name}` of a {type(self).__name__} cannot be changed")
