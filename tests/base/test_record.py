"""Records against dataclasses of the same fields, which are the second way of declaring the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, ClassVar, Generic, TypeVar

import pytest

from tcolang.base.record import field, record, replace, state

V = TypeVar("V")


@record
class Point:
    """What the tests make."""

    kind: ClassVar[str] = "point"
    x: float
    y: float = 2.0
    tags: tuple[str, ...] = field(default_factory=tuple)
    span: str = field(default="", compare=False, repr=False)

    @property
    def doubled(self) -> float:
        return 2 * self.x


def twin() -> Any:
    @dataclass(frozen=True, slots=True)
    class Point:
        kind: ClassVar[str] = "point"
        x: float
        y: float = 2.0
        tags: tuple[str, ...] = dataclass_field(default_factory=tuple)
        span: str = dataclass_field(default="", compare=False, repr=False)

    Point.__qualname__ = "Point"
    return Point


@record
class Single:
    value: float


@record
class Empty:
    pass


@record
class Box(Generic[V]):
    content: V


@record
class Sorted:
    items: tuple[int, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", tuple(sorted(self.items)))


@state
class Draft:
    name: str
    notes: list[str] = field(default_factory=list)


MAKINGS: list[Callable[[Any], Any]] = [
    lambda cls: cls(1.0),
    lambda cls: cls(1.0, 3.0),
    lambda cls: cls(x=1.0, y=3.0),
    lambda cls: cls(1.0, tags=("a",)),
    lambda cls: cls(1.0, 3.0, ("a",), "here"),
    lambda cls: cls(1.0, 3.0, ("a",), span="there"),
]


@pytest.mark.parametrize("make", MAKINGS)
def test_a_record_has_the_fields_and_the_text_of_a_dataclass(make: Callable[[Any], Any]) -> None:
    made, expected = make(Point), make(twin())
    assert repr(made) == repr(expected)
    assert hash(made) == hash(expected)
    assert [getattr(made, name) for name in Point.__match_args__] == [
        getattr(expected, name) for name in ("x", "y", "tags", "span")
    ]


def test_records_are_equal_where_dataclasses_are() -> None:
    other = twin()
    equal = [[make(Point) == again(Point) for again in MAKINGS] for make in MAKINGS]
    assert equal == [[make(other) == again(other) for again in MAKINGS] for make in MAKINGS]
    others: list[object] = [Box(1.0), 1.0, (1.0,)]
    assert Single(1.0) not in others
    assert Empty() == Empty()
    nan = float("nan")
    assert Single(nan) == Single(nan)


@pytest.mark.parametrize(
    "make",
    [
        lambda cls: cls(),
        lambda cls: cls(1.0, 2.0, (), "", 5),
        lambda cls: cls(1.0, x=2.0),
        lambda cls: cls(1.0, z=2.0),
    ],
)
def test_wrong_arguments_are_refused(make: Callable[[Any], Any]) -> None:
    for cls in (twin(), Point):
        with pytest.raises(TypeError):
            make(cls)


def test_a_record_is_frozen_and_has_no_room_for_more() -> None:
    point: Any = Point(1.0)
    for name in ("x", "other"):
        with pytest.raises(AttributeError, match=name):
            setattr(point, name, 1.0)
    with pytest.raises(AttributeError, match="x"):
        del point.x
    assert not hasattr(point, "__dict__")
    assert point == Point(1.0)


def test_replace_makes_another_record() -> None:
    point = Point(1.0, tags=("a",), span="here")
    moved = replace(point, x=4.0)
    assert (moved.x, moved.y, moved.tags, moved.span) == (4.0, 2.0, ("a",), "here")
    assert point.x == 1.0
    with pytest.raises(TypeError, match="z"):
        replace(point, z=1.0)


def test_classes_keep_what_else_they_have() -> None:
    assert Point(3.0).doubled == 6.0
    assert Point.kind == "point"
    assert Point.__doc__ == "What the tests make."
    assert Box("a").content == "a"
    assert Sorted((2, 1)).items == (1, 2)
    match Point(1.0, 5.0):
        case Point(x, y):
            assert (x, y) == (1.0, 5.0)


def test_a_state_changes_and_is_equal_to_itself_alone() -> None:
    one, other = Draft("a"), Draft("a")
    one.notes.append("n")
    one.name = "b"
    assert (one.name, one.notes, other.notes) == ("b", ["n"], [])
    assert Draft("a") != other
    assert replace(other, name="c").notes is other.notes
