"""Long chains of everything go through every command; limits hold at N - 1, N and N + 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from tcolang import pipeline
from tcolang.base.limits import Limits
from tcolang.base.record import replace
from tcolang.cli.main import run
from tests.projects import BASE, FEW, added, changed, codes, model_of, number, program_of

LONG = 10_000


def _reported(text: str) -> float:
    """The mean cost of the only option, from a whole report."""
    made = pipeline.results(program_of(text), FEW)
    assert made.value is not None and not made.failed
    return made.value.decision.options[0].cost.mean


def test_a_sum_of_ten_thousand_terms() -> None:
    terms = " + ".join(["box.price"] * (LONG - 1))
    text = added(f"let sum = {terms} - 3 EUR/month")
    assert number("sum", text) == 100 * (LONG - 1) - 3


def test_a_cost_line_of_ten_thousand_terms() -> None:
    terms = " + ".join(["0.01 EUR/month"] * (LONG - 1) + ["once(5 EUR, at = 2026-02)"])
    text = changed(("    box = 100%\n  }\n", f"    box = 100%\n  }}\n  cost long as other = {terms}\n"))
    assert _reported(text) == pytest.approx(1200 + 12 * 0.01 * (LONG - 1) + 5)


def test_a_product_of_a_thousand_factors() -> None:
    factors = " * ".join(["1.001"] * 999 + ["box.price"])
    text = added(f"let product = {factors}")
    assert number("product", text) == pytest.approx(100 * 1.001**999)
    line = (
        f"    box = 100%\n  }}\n  cost long as other = {' * '.join(['1.001'] * 998 + ['once(5 EUR, at = 2026-02)'])}\n"
    )
    assert _reported(changed(("    box = 100%\n  }\n", line))) == pytest.approx(1200 + 5 * 1.001**998)


def test_ten_thousand_formulas_one_after_another() -> None:
    for names in (range(LONG), reversed(range(LONG))):
        lines = [f"let x{i} = x{i - 1} + 1" if i else "let x0 = box.price / 1 EUR/month" for i in names]
        text = added(*lines)
        assert number(f"x{LONG - 1}", text) == 100 + LONG - 1


def test_ten_thousand_choices_one_after_another() -> None:
    lines = [f"let x{i}: colour = x{i - 1}" if i else "let x0: colour = red" for i in reversed(range(LONG))]
    text = added("choice colour: one of red, blue", *lines, f"let last = if x{LONG - 1} == red then 1 else 2")
    assert number("last", text) == 1


def test_thousands_of_formulas_in_a_kind() -> None:
    count = 3000
    lines = [
        f"  let x{i} = x{i - 1} + 1" if i else "  let x0 = served.sum(requests) / 1 request/month" for i in range(count)
    ]
    words = [f"  let w{i}: colour = w{i - 1}" if i else "  let w0 = shade" for i in range(count)]
    body = "\n".join([*reversed(lines), *reversed(words)])
    kind = (
        f"kind deep : deployment {{\n  custody: custody = own_site\n  shade: colour\n"
        f"{body}\n  cost all as other = x{count - 1} * 1 EUR/month\n}}\n"
    )
    text = changed(
        ("box = 100%", "d1 = 100%"), more=f"choice colour: one of red, blue\n\n{kind}\ndeep d1 {{\n  shade = blue\n}}\n"
    )
    assert number("own.tco_nominal", text) == 12 * (1000 + count - 1)


def test_squares_of_squares_take_no_longer_than_they_are_long() -> None:
    """Each is read twice by the next, so following every path would take for ever."""
    lines = [f"let x{i} = x{i - 1} * x{i - 1} / 1" for i in range(1, 200)]
    assert number("x199", added("let x0 = 1", *lines)) == 1
    assert number("y", added("let x0 = 1", *lines, "let y = 5 / x199")) == 5


def test_a_unit_of_thousands_of_others() -> None:
    lines = [f"unit n{i} = 1.0001 n{i - 1}" if i else "unit n0 = 1 request" for i in reversed(range(40))]
    assert number("x", added(*lines, "let x = 1 n39 / 1 request")) == pytest.approx(1.0001**39)
    deep = [f"unit n{i} = 1.000001 n{i - 1}" if i else "unit n0 = 1 request" for i in reversed(range(400))]
    assert set(codes(added(*deep))) == {"TCO222", "TCO201"}, "its factor has too many digits"


def test_a_factor_of_many_units() -> None:
    units = [f"unit u{i}" for i in range(300)]
    product = " * ".join(f"1 u{i}" for i in range(300))
    assert codes(added(*units, f"let x = {product}")) == []


def test_many_options_and_many_components() -> None:
    boxes = [f"flat box{i} {{\n  price = {i} EUR/month\n}}\n" for i in range(300)]
    options = [f"option o{i} {{\n  serve chat {{\n    box{i} = 100%\n  }}\n}}\n" for i in range(300)]
    model = model_of(added(*boxes, *options))
    assert len(model.options) == 301
    assert number("o7.tco", added(*boxes, *options)) == 12 * 7


def test_the_commands_take_a_long_spec(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [
        f"let x{i} = {'x' + str(i - 1) if i else 'box.price'} + {' + '.join(['1 EUR/month'] * 50)}" for i in range(200)
    ]
    spec = tmp_path / "spec.tco"
    spec.write_text(added(*lines, "expect x199 == 10_100 EUR/month"), encoding="utf-8")
    (tmp_path / "quiet.tco").write_text('tco 1\n\npack quiet version "1.0.0"\n', encoding="utf-8")
    few = ["--samples", "40"]
    for words in (["check"], ["report", *few], ["test", *few], ["explain", *few]):
        told = [words[0], str(spec), *(["x199", "--depth", "3"] if words[0] == "explain" else []), *words[1:]]
        assert run(told) == 0, capsys.readouterr().err
        assert "internal error" not in capsys.readouterr().err


# Limits


def test_the_limit_of_values() -> None:
    nodes = len(model_of(BASE).nodes)
    # What has turned out to be unknown was a value as well while the model was built.
    count = next(n for n in range(nodes, nodes + 20) if codes(BASE, limits=Limits(nodes=n)) == [])
    for most, found in ((count - 1, ["TCO143"]), (count, []), (count + 1, [])):
        assert codes(BASE, limits=Limits(nodes=most)) == found
    assert codes(added("let one = 1"), limits=Limits(nodes=count)) == ["TCO143"]


def test_a_model_that_is_too_large_is_not_built_to_its_end() -> None:
    """A few hundred kilobytes that would be millions of values."""
    formulas = "\n".join(f"  let f{i} = served.sum(requests) * {i}" for i in range(1_000))
    kind = f"kind wide : deployment {{\n  custody: custody = own_site\n{formulas}\n}}\n\nwide w {{\n}}\n"
    options = [f"option o{i} {{\n  serve chat {{\n    w = 100%\n  }}\n}}\n" for i in range(3_000)]
    assert codes(added(kind, *options)) == ["TCO143"]


@pytest.mark.parametrize("count", [4, 5, 6])
def test_the_limit_of_imported_files(count: int) -> None:
    files = [(f"f{i}.tco", f"tco 1\n\nlet x = {i}\n") for i in range(count)]
    imports = "\n".join(f"import f{i} as f{i}" for i in range(count))
    text = changed(("use quiet", f"{imports}\n\nuse quiet"))
    assert codes(text, *files, limits=Limits(imported_files=5)) == ([] if count <= 5 else ["TCO124"])


@pytest.mark.parametrize("depth", [4, 5, 6])
def test_the_limit_of_the_depth_of_imports(depth: int) -> None:
    files = [(f"f{i}.tco", f"tco 1\n\nimport f{i + 1} as next\n\nlet x = next.x\n") for i in range(1, depth)]
    files.append((f"f{depth}.tco", "tco 1\n\nlet x = 3\n"))
    text = changed(("use quiet", "import f1 as first\n\nuse quiet"), more="let y = first.x\n")
    assert codes(text, *files, limits=Limits(import_depth=5)) == ([] if depth <= 5 else ["TCO124"])


@pytest.mark.parametrize("months", [59, 60, 61])
def test_the_limit_of_the_horizon(months: int) -> None:
    text = changed(("12 months", f"{months} months"))
    assert codes(text, limits=Limits(horizon_months=60)) == ([] if months <= 60 else ["TCO408"])


@pytest.mark.parametrize("samples", [999, 1000, 1001])
def test_the_limit_of_samples(samples: int) -> None:
    program = program_of(changed(("100 EUR/month", "80 to 110 EUR/month")))
    settings = replace(FEW, samples=samples, limits=Limits(samples=1000))
    found = [finding.problem.code for finding in pipeline.results(program, settings).diagnostics]
    assert found == ([] if samples <= 1000 else ["TCO482"])


@pytest.mark.parametrize("terms", [99, 100, 101])
def test_the_limit_of_terms(terms: int) -> None:
    text = added(f"let x = {' + '.join(['1'] * terms)}", f"let y = {' * '.join(['1'] * terms)}")
    assert codes(text, limits=Limits(chain=100)) == ([] if terms <= 100 else ["TCO022", "TCO022"])
