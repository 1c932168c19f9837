from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

import pytest

from tcolang.base.problem import Problem
from tcolang.base.registry import collect


def package(root: Path, name: str, **modules: str) -> None:
    for module, text in {"__init__": "", **modules}.items():
        path = root.joinpath(name, *module.split("__in__")).with_suffix(".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def problem(code: str, name: str = "p") -> str:
    return (
        "from tcolang.base.problem import Problem, Severity, spec\n"
        f"VALUE = Problem('{code}', '{name}', Severity.ERROR, '', spec(''), spec(''))\n"
    )


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path


def test_values_are_found_at_any_depth_and_sorted_by_key(root: Path) -> None:
    package(root, "reg_sorted", a=problem("TCO900"), sub__in____init__="", sub__in__b=problem("TCO100"))
    found = collect("reg_sorted", Problem, key=attrgetter("code"))
    assert [p.code for p in found] == ["TCO100", "TCO900"]


def test_the_name_is_the_key_unless_another_is_given(root: Path) -> None:
    package(root, "reg_named", a=problem("TCO100", "zebra"), b=problem("TCO200", "ant"))
    assert [p.name for p in collect("reg_named", Problem)] == ["ant", "zebra"]


def test_one_value_seen_in_two_modules_is_one_value(root: Path) -> None:
    package(root, "reg_again", a=problem("TCO100"), b="from reg_again.a import VALUE\n")
    assert len(collect("reg_again", Problem)) == 1


def test_two_values_with_one_key_are_refused_naming_both_modules(root: Path) -> None:
    package(root, "reg_twice", a=problem("TCO100", "same"), b=problem("TCO200", "same"))
    with pytest.raises(RuntimeError, match=r"`same`: in reg_twice\.a and in reg_twice\.b"):
        collect("reg_twice", Problem)


def test_main_modules_are_not_run(root: Path) -> None:
    package(root, "reg_main", a=problem("TCO100"), __main__="raise SystemExit('was run')\n")
    assert len(collect("reg_main", Problem)) == 1


def test_a_single_module_can_be_collected_from(root: Path) -> None:
    package(root, "reg_single", a=problem("TCO100"))
    assert len(collect("reg_single.a", Problem)) == 1


def plug_in(root: Path, entry: str) -> None:
    info = root / "plugged-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: plugged\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[tcolang.trial]\n{entry}\n", encoding="utf-8")


def test_entry_points_add_values(root: Path) -> None:
    package(root, "reg_core", a=problem("TCO100", "core"))
    package(root, "reg_plug", extra=problem("TCO200", "added"))
    plug_in(root, "added = reg_plug.extra:VALUE")
    assert [p.name for p in collect("reg_core", Problem, group="tcolang.trial")] == ["added", "core"]
    assert [p.name for p in collect("reg_core", Problem)] == ["core"]


def test_an_entry_point_of_another_type_is_refused(root: Path) -> None:
    package(root, "reg_core2", a=problem("TCO100"))
    package(root, "reg_plug2", extra="VALUE = 3\n")
    plug_in(root, "wrong = reg_plug2.extra:VALUE")
    with pytest.raises(RuntimeError, match=r"reg_plug2\.extra:VALUE"):
        collect("reg_core2", Problem, group="tcolang.trial")


@dataclass(frozen=True)
class Nowhere:
    name: str


def test_a_package_without_such_values_gives_none(root: Path) -> None:
    package(root, "reg_empty", a=problem("TCO100"))
    assert collect("reg_empty", Nowhere) == ()
