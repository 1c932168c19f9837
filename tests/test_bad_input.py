"""Bad input, as a user or a stranger gives it: a clear finding with its place and remedy, and nothing written."""

from __future__ import annotations

import os
import re
import stat
import threading
import time
from pathlib import Path

import pytest

from tcolang.cli.main import run
from tcolang.semantics.problems.examples import SPEC

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in a folder of its own, where the command runs."""
    project = tmp_path / "project"
    project.mkdir()
    monkeypatch.chdir(project)
    return project


def _put(folder: Path, text: str, **others: str) -> None:
    (folder / "spec.tco").write_text(text, encoding="utf-8")
    for name, other in others.items():
        (folder / f"{name}.tco").write_text(other, encoding="utf-8")


def _told(words: list[str], capsys: Capture) -> tuple[int, str]:
    """The exit code and all that was said; without a traceback, and with nothing that a terminal would obey."""
    code = run(words)
    out, err = capsys.readouterr()
    said = out + err
    assert "Traceback" not in said and "internal error" not in said, said
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", said), ascii(said)
    return code, said


def _written(folder: Path) -> dict[str, tuple[int, float]]:
    return {str(p): (p.lstat().st_size, p.lstat().st_mtime) for p in folder.rglob("*")}


def _errors(folder: Path, capsys: Capture, *words: str) -> list[tuple[str, int]]:
    """Code and line of each error that `tco check` finds; `tco report` refuses the same spec."""
    before = _written(folder)
    code, said = _told(["check", "--output-format", "concise", *(words or ["spec.tco"])], capsys)
    found = re.findall(r"^(\S+?):([0-9]+):[0-9]+: error\[(TCO[0-9]{3})\]", said, re.MULTILINE)
    assert code == (1 if found else 0), said
    if not words:
        assert _told(["report", "spec.tco", "--samples", "40"], capsys)[0] == code
        assert _told(["test", "spec.tco", "--samples", "40"], capsys)[0] == code
        shown = _told(["check", "spec.tco"], capsys)[1]
        assert shown.count("error[TCO") == len(found) and shown.count("= why: ") >= len(found)
    assert _written(folder) == before
    return [(problem, int(line)) for _, line, problem in found]


def _line(text: str, passage: str) -> int:
    assert passage in text
    return text[: text.index(passage)].count("\n") + 1


def _changed(old: str, new: str) -> str:
    assert old in SPEC
    return SPEC.replace(old, new, 1)


# What a spec says


@pytest.mark.parametrize(
    ("code", "text", "passage"),
    [
        ("TCO201", _changed("100k requests/month", "100k requests/mnth"), "requests/mnth"),
        ("TCO006", _changed("100k requests/month", "100K requests/month"), "100K"),
        ("TCO006", _changed("1M tokens\n  output", "1K tokens\n  output"), "1K tokens"),
        ("TCO401", _changed("small = 100%", "small = 90%"), "serve chat"),
        ("TCO403", f"{SPEC}\noption idle {{\n  cost fee as other = 5 USD/month\n}}\n", "option idle"),
        ("TCO205", f"{SPEC}\nlet sum = 5 EUR + 3 USD\n", "5 EUR"),
        ("TCO233", f"{SPEC}\nassume drift = -1 to 2\nlet ratio = 10 / drift\n", "10 / drift"),
        ("TCO208", f"{SPEC}\nassume drift = 0 to 2\nlet ratio = 10 / drift\n", "0 to 2"),
        ("TCO013", f"{SPEC}\nlet price = 230k to 280k USD * 2\n", "280k USD * 2"),
        ("TCO008", f"{SPEC}\nlet rent = 5 USD/m^2\n", "USD/m^2"),
        ("TCO008", _changed("0.40 USD per 1M tokens", "0.40 USD/1M-tokens"), "USD/1M-tokens"),
        ("TCO204", f"{SPEC}\nrole ml {{\n  salary = 90k USD/year\n}}\n", "90k USD/year"),
        ("TCO301", _changed("input_price = 0.40", "input_price from 2026-03 = 0.40"), "input_price from"),
        ("TCO023", f"{SPEC}\nlet price = 1e1000000 USD\n", "1e1000000"),
        ("TCO023", f"{SPEC}\nlet price = {'9' * 65} USD\n", "9999"),
        ("TCO023", f"{SPEC}\nunit heap = 1e300 requests\nlet price = 1e300 heaps\n", "1e300 heaps"),
        ("TCO021", f"{SPEC}\nlet price = {'(' * 65}5 USD{')' * 65}\n", "(((("),
        ("TCO016", f"{SPEC}\nlet pri\u202ece = 5 USD\n", "let pri"),
        ("TCO016", f'{SPEC}\nlet price = 5 USD note "\u2066a list\u2069"\n', "\u2066a list"),
        ("TCO225", f"{SPEC}\nlet fee = 5 money/month\n", "money/month"),
        ("TCO418", _changed("horizon = 12 months", "horizon = 12 months\n  discount_rate = -1%/year"), "-1%/year"),
        ("TCO408", _changed("horizon = 12 months", "horizon = 601 months"), "601 months"),
    ],
)
def test_one_mistake_is_one_error_at_its_line(
    folder: Path, capsys: Capture, code: str, text: str, passage: str
) -> None:
    _put(folder, text)
    assert _errors(folder, capsys) == [(code, _line(text, passage))]


def test_the_remedy_for_a_unit_glued_to_a_number_can_be_pasted(folder: Path, capsys: Capture) -> None:
    _put(folder, _changed("0.40 USD per 1M tokens", "0.40 USD/1M-tokens"))
    assert "`USD per 1M tokens`" in _told(["check", "spec.tco"], capsys)[1]


def test_a_range_in_a_product_is_shown_with_its_parentheses(folder: Path, capsys: Capture) -> None:
    _put(folder, f"{SPEC}\nlet price = 230k to 280k USD * 2\n")
    assert "`(230k to 280k USD) * 2`" in _told(["check", "spec.tco"], capsys)[1]


def test_a_salary_without_its_fte_is_told_what_it_lacks(folder: Path, capsys: Capture) -> None:
    _put(folder, f"{SPEC}\nrole ml {{\n  salary = 90k USD/year\n}}\n")
    assert "not stated per FTE" in _told(["check", "spec.tco"], capsys)[1]


OVERRIDE = 'override self_host_or_api.volume_low_below = 5M tokens/day because "our bill" by "CTO" until 2030-01-01'


@pytest.mark.parametrize(
    ("line", "what", "remedy"),
    [
        (OVERRIDE.replace(" until 2030-01-01", ""), "the end date is missing", "`until 2026-12-31` at the end"),
        (OVERRIDE.replace(" until", ""), "the end date is missing", "`until` before `2030-01-01`"),
        (OVERRIDE.replace(' by "CTO"', ""), "the owner is missing", '`by "CTO"` before `until`'),
        (OVERRIDE.replace(' because "our bill"', ""), "the reason is missing", '`because "our bill"` before `by`'),
        ('without self_host_or_api.focus because "x" by "CTO"', "the end date is missing", "`until 2026-12-31`"),
        ('allow TCO303 "x"', "the end date is missing", "`until 2026-12-31`"),
    ],
)
def test_a_departure_is_told_which_part_it_lacks_and_where_to_write_it(
    folder: Path, capsys: Capture, line: str, what: str, remedy: str
) -> None:
    text = f"{SPEC}\n{line}\n"
    _put(folder, text)
    assert _errors(folder, capsys) == [("TCO025", _line(text, line))]
    said = _told(["check", "spec.tco"], capsys)[1]
    assert what in said and remedy in said


def test_an_empty_spec(folder: Path, capsys: Capture) -> None:
    for text in ("", "\n\n", "# later\n", "\ufeff"):
        _put(folder, text)
        assert [code for code, _ in _errors(folder, capsys)] == ["TCO019"]


def test_a_spec_that_asks_nothing_is_checked_and_not_reported(folder: Path, capsys: Capture) -> None:
    _put(folder, "tco 1\n\nlet price = 5 USD\n")
    assert _told(["check", "spec.tco"], capsys)[0] == 0
    code, said = _told(["report", "spec.tco"], capsys)
    assert code == 2 and "no decision" in said


def test_three_broken_statements_are_three_errors(folder: Path, capsys: Capture) -> None:
    _put(folder, f"{SPEC}\nlet a = 5 USD +\nlet b: 5 USD\nlet c = (1\n")
    assert [code for code, _ in _errors(folder, capsys)] == ["TCO001", "TCO004", "TCO010"]


# Circles


def test_a_circle_of_values_through_three_files_is_shown_edge_by_edge(folder: Path, capsys: Capture) -> None:
    imports = "tco 1\n\nimport prices as prices\n"
    _put(
        folder,
        SPEC.replace("tco 1\n", imports, 1) + "\nlet total = prices.list * 2\n",
        prices="tco 1\n\nlet list = 5 USD\nlet again = first + 1\nlet first = 2 * second\nlet second = again - 1\n",
    )
    assert _errors(folder, capsys) == [("TCO140", 4)]
    said = _told(["check", "spec.tco"], capsys)[1]
    assert "prices.again → prices.first → prices.second → prices.again" in said
    assert [line for line in (4, 5, 6) if f"prices.tco:{line}:" in said] == [4, 5, 6]
    assert "`prices.first` reads `prices.second`" in said


def test_a_circle_of_imports_is_shown_edge_by_edge(folder: Path, capsys: Capture) -> None:
    text = SPEC.replace("tco 1\n", "tco 1\n\nimport a as a\n", 1)
    _put(
        folder,
        text,
        a="tco 1\n\nimport b as b\n\nlet x = b.y\n",
        b="tco 1\n\nimport c as c\n\nlet y = c.z\n",
        c="tco 1\n\nimport a as a\n\nlet z = a.x\n",
    )
    assert [code for code, _ in _errors(folder, capsys)] == ["TCO122"]
    said = _told(["check", "spec.tco"], capsys)[1]
    assert "a.tco → b.tco → c.tco → a.tco" in said
    assert all(f"{name}.tco:3:8" in said for name in "abc")


def test_a_circle_through_a_component_an_option_and_formulas(folder: Path, capsys: Capture) -> None:
    _put(folder, _changed("100k requests/month", "base_load * 2") + "\nlet base_load = chat.requests / 3\n")
    assert [code for code, _ in _errors(folder, capsys)] == ["TCO140"]


# Files


def test_a_missing_file_and_one_that_may_be_meant(folder: Path, capsys: Capture) -> None:
    for command in ("check", "report", "test"):
        code, said = _told([command, "missing.tco"], capsys)
        assert code == 2 and "missing.tco" in said and "no such file" in said
    _put(folder, SPEC)
    assert "did you mean `spec.tco`?" in _told(["report", "spek.tco"], capsys)[1]
    assert "name a spec in it: spec.tco" in _told(["report", "."], capsys)[1]


def test_a_link_to_what_is_not_there_says_where_it_leads(folder: Path, capsys: Capture) -> None:
    (folder / "spec.tco").symlink_to("gone\x1b.tco")
    code, said = _told(["check", "spec.tco"], capsys)
    assert code == 2 and "there is no such file; the link leads to gone\\u{1b}.tco" in said


def test_a_missing_import_is_one_error_where_it_is_asked_for(folder: Path, capsys: Capture) -> None:
    text = SPEC.replace("tco 1\n", "tco 1\n\nimport prices as our\n", 1).replace("0.40 USD per 1M tokens", "our.price")
    _put(folder, text)
    assert _errors(folder, capsys) == [("TCO121", 3)]


def test_a_folder_instead_of_a_spec(folder: Path, capsys: Capture) -> None:
    (folder / "prices.tco").mkdir()
    code, said = _told(["report", "prices.tco"], capsys)
    assert code == 2 and "folder" in said
    _put(folder, SPEC.replace("tco 1\n", "tco 1\n\nimport prices as our\n", 1))
    assert _errors(folder, capsys) == [("TCO121", 3)]


def test_a_binary_file(folder: Path, capsys: Capture) -> None:
    (folder / "spec.tco").write_bytes(b"\x7fELF\x02\x01\x00\x00")
    for command in ("check", "report", "test"):
        code, said = _told([command, "spec.tco"], capsys)
        assert code in (1, 2) and "not a text" in said
    (folder / "spec.tco").write_bytes("tco 1\n".encode("utf-16"))
    assert "UTF-16" in _told(["check", "spec.tco"], capsys)[1]
    (folder / "spec.tco").write_bytes(b"tco 1\n\nlet price = 5 \xff\n")
    assert "not UTF-8" in _told(["check", "spec.tco"], capsys)[1]


@pytest.mark.parametrize("command", ["check", "fmt", "test"])
def test_one_file_that_cannot_be_read_does_not_hide_the_others(command: str, folder: Path, capsys: Capture) -> None:
    _put(folder, SPEC)
    (folder / "a.tco").write_bytes("tco 1\n".encode("utf-16"))
    (folder / "z.tco").write_text("tco 1\n\nlet price = \n", encoding="utf-8")
    code, said = _told([command, "a.tco", "spec.tco", "z.tco"], capsys)
    assert code == 2 and "z.tco:3" in said and "cannot read a.tco: it is UTF-16" in said
    assert "3 files" not in said and "3 specs" not in said
    assert _told([command, "."], capsys)[0] == 2
    code, said = _told([command, "a.tco", "z.tco", "gone.tco"], capsys)
    assert code == 2 and "cannot read gone.tco" in said and "z.tco:3" not in said


def test_nothing_that_can_be_read_is_no_clean_check(folder: Path, capsys: Capture) -> None:
    for name in ("a.tco", "b.tco"):
        (folder / name).write_bytes("tco 1\n".encode("utf-16"))
    code, said = _told(["check", "a.tco", "b.tco"], capsys)
    assert code == 2 and "cannot read a.tco" in said and "cannot read b.tco" in said and "checked" not in said


def test_a_file_one_byte_above_the_limit(folder: Path, capsys: Capture) -> None:
    room = 1024**2 - len(SPEC.encode())
    _put(folder, f"{SPEC}#{'x' * (room - 2)}\n")
    assert _told(["check", "spec.tco"], capsys)[0] == 0
    _put(folder, f"{SPEC}#{'x' * (room - 1)}\n")
    code, said = _told(["check", "spec.tco"], capsys)
    assert code == 2 and "1,048,576" in said and "TCO_LIMIT_FILE_BYTES" in said


@pytest.mark.parametrize("opening", ['"""', 'let x = "'])
def test_a_text_that_is_not_closed_is_read_once(opening: str, folder: Path, capsys: Capture) -> None:
    """In the square of its length it would take minutes of processor time."""
    _put(folder, f"tco 1\n\nlet y = 1\n{opening}" + '\\"' * 400_000 + "\n")
    before = time.process_time()
    assert _told(["check", "spec.tco"], capsys)[0] == 1
    assert time.process_time() - before < 20


def test_a_text_that_every_line_opens_anew_is_not_read_to_its_end_each_time(folder: Path, capsys: Capture) -> None:
    _put(folder, 'tco 1\n\nlet x = """\n' + '\\"""\n' * 150_000)
    before = time.process_time()
    assert _told(["check", "spec.tco"], capsys)[0] == 1
    assert time.process_time() - before < 60


def test_links_that_lead_out_of_the_project_are_not_followed(folder: Path, capsys: Capture) -> None:
    outside = folder.parent / "outside"
    outside.mkdir()
    (outside / "secret.tco").write_text("tco 1\n\nlet price = 5 USD\n", encoding="utf-8")
    (folder / "file.tco").symlink_to(outside / "secret.tco")
    (folder / "inner").symlink_to(outside, target_is_directory=True)
    for path in ("file", "inner.secret"):
        _put(folder, SPEC.replace("tco 1\n", f"tco 1\n\nimport {path} as our\n", 1))
        assert _errors(folder, capsys) == [("TCO121", 3)]
        assert "outside" in _told(["check", "spec.tco"], capsys)[1]
    code, said = _told(["report", "file.tco"], capsys)
    assert code == 2 and "outside" in said and "price" not in said


def test_a_pipe_is_not_waited_for(folder: Path, capsys: Capture) -> None:
    os.mkfifo(folder / "prices.tco")
    done: list[list[tuple[str, int]]] = []
    _put(folder, SPEC.replace("tco 1\n", "tco 1\n\nimport prices as our\n", 1))
    worker = threading.Thread(target=lambda: done.append(_errors(folder, capsys)), daemon=True)
    worker.start()
    worker.join(timeout=60)
    assert done == [[("TCO121", 3)]]
    assert stat.S_ISFIFO((folder / "prices.tco").lstat().st_mode)


# The command line


def test_a_billion_samples_are_refused_before_anything_is_drawn(folder: Path, capsys: Capture) -> None:
    _put(folder, _changed("100k requests/month", "50k to 150k requests/month"))
    for samples in ("1000000000", "1_000_001"):
        before = _written(folder)
        code, said = _told(["report", "spec.tco", "--samples", samples], capsys)
        assert code == 1 and "error[TCO482]" in said and "samples" in said and "1,000,000" in said
        assert _written(folder) == before
    for samples in ("0", "-5", "1e9", "١٢٣", "many"):
        assert _told(["report", "spec.tco", "--samples", samples], capsys)[0] == 2


def test_a_report_that_cannot_be_written_leaves_nothing_behind(folder: Path, capsys: Capture) -> None:
    _put(folder, SPEC)
    (folder / "taken").mkdir()
    before = _written(folder)
    for target in ("taken", "no/such/folder/report.md"):
        code, said = _told(["report", "spec.tco", "--samples", "40", "-o", target], capsys)
        assert code == 2 and "error:" in said
    assert _written(folder) == before


def test_a_report_that_fails_leaves_the_old_one(folder: Path, capsys: Capture) -> None:
    _put(folder, _changed("small = 100%", "small = 90%"))
    (folder / "report.md").write_text("old", encoding="utf-8")
    assert _told(["report", "spec.tco", "-o", "report.md"], capsys)[0] == 1
    assert (folder / "report.md").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["evil\x1b[2Jname", "turned\u202eoct", "two\nlines"])
def test_names_of_files_are_shown_and_not_obeyed(folder: Path, capsys: Capture, name: str) -> None:
    assert _told(["report", f"{name}.tco"], capsys)[0] == 2
    assert _told(["check", f"{name}.tco"], capsys)[0] == 2
    (folder / f"{name}.tco").write_text(_changed("small = 100%", "small = 90%"), encoding="utf-8")
    code, said = _told(["check", f"{name}.tco"], capsys)
    assert code == 1 and "TCO401" in said
    assert _told(["report", f"{name}.tco"], capsys)[0] == 1


def test_texts_of_a_stranger_are_shown_and_not_obeyed(folder: Path, capsys: Capture) -> None:
    _put(folder, SPEC + '\nlet price = 5 USD note "\x1b]0;owned\x07"\n')
    code, said = _told(["check", "spec.tco"], capsys)
    assert code == 1 and "\\u{1b}" in said


@pytest.mark.parametrize("command", ["check", "report", "test", "fmt", "graph", "sensitivity", "explain", "break-even"])
def test_places_are_seen_from_where_the_command_runs(folder: Path, capsys: Capture, command: str) -> None:
    (folder / "costs").mkdir()
    (folder / "costs" / "spec.tco").write_text("tco 1\n\nlet price = (\n", encoding="utf-8")
    more = {"explain": ["api.tco"], "break-even": ["a", "b"]}.get(command, [])
    code, said = _told([command, "costs/spec.tco", *more], capsys)
    assert code == 1 and "--> costs/spec.tco:3:13" in said, said
    if command == "report":
        (folder / "costs" / "spec.tco").write_text(SPEC, encoding="utf-8")
        code, said = _told(["report", "costs/spec.tco", "--set", "a"], capsys)
        assert code == 2 and "--> --set:1:4" in said
