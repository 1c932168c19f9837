"""Each format of findings: valid by the schema of whoever reads it, exact in its places, and deaf to hostile text."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tcolang.base.diagnostics import Diagnostic, Edit, Fix, Label
from tcolang.base.problem import Problem, Severity, spec
from tcolang.base.source import SourceFile, Span
from tcolang.cli.finding_format import Findings
from tcolang.cli.fingerprints import with_fingerprints
from tcolang.cli.outputs import format_names, outputs_of

SCHEMAS = Path(__file__).parents[2] / "schemas"
NASTY = "50% of\r\n::error::x, {0} [a](b) <b> ]]> & \x1b[31m \u202e é𐐀"
FILE = SourceFile("a, b:c%d/é.tco", "tco 1\nlet é𐐀 = 1K\nlet y = 2\n")


def _problem(code: str, severity: Severity) -> Problem:
    return Problem(code, "some-name", severity, "Because {x} [y](z) 5%.", spec("tco 1\n"), spec("tco 1\n"))


def _findings() -> Findings:
    span = Span(FILE, 15, 17)
    fix = Fix((Edit(Span(FILE, 16, 17), "k"),), safe=True)
    label = (Label(Span(FILE, 22, 23), NASTY),)
    diagnostics = [
        Diagnostic(_problem("TCO901", Severity.ERROR), NASTY, span, NASTY, label, NASTY, fix),
        Diagnostic(_problem("TCO902", Severity.WARNING), "over two lines", Span(FILE, 10, 25)),
        Diagnostic(_problem("TCO903", Severity.INFO), "an empty place", Span(FILE, 5, 5)),
        Diagnostic(_problem("TCO904", Severity.WARNING), "nowhere", None),
    ]
    return Findings(with_fingerprints(diagnostics), ("clean.tco", FILE.path), "a, b:c%d")


def _many(count: int) -> Findings:
    file = SourceFile("many.tco", "tco 1\n" + "let x = 1\n" * count)
    problem = _problem("TCO902", Severity.WARNING)
    places = [Span(file, file.line_starts[line], file.line_starts[line] + 3) for line in range(1, count + 1)]
    error = Diagnostic(_problem("TCO901", Severity.ERROR), "worst", places[-1])
    return Findings(with_fingerprints([*(Diagnostic(problem, "m", p) for p in places), error]), ("many.tco",), ".")


def _written(name: str, found: Findings) -> str:
    return outputs_of([name])[0].format.render(found)


def _json(name: str, found: Findings | None = None) -> Any:
    return json.loads(_written(name, _findings() if found is None else found))


NOTHING = Findings((), ("clean.tco",), ".")
HALF_READ = Findings((), ("clean.tco",), ".", ("cannot read [b].tco: it is UTF-16",))


@pytest.mark.parametrize("name", format_names())
def test_a_format_has_the_name_of_its_file_and_no_text_can_break_out_of_it(name: str) -> None:
    (output,) = outputs_of([name])
    assert output.format.name == name and output.format.summary
    text = _written(name, _findings())
    assert text.endswith("\n") and not text.endswith("\n\n")
    if name not in ("json", "rdjson", "gitlab", "sarif"):
        assert "\x1b" not in text and "\u202e" not in text
    if name != "github":
        assert not [line for line in text.splitlines() if line.lstrip().startswith(("::error", "::x"))]
    assert _written(name, _findings()) == text


def test_sarif_is_valid_by_its_schema() -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    validator.check_schema(schema)
    for found in (_findings(), _many(5_100), NOTHING, HALF_READ):
        validator.validate(_json("sarif", found))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({"version": "2.1.0", "runs": [{"tool": {}}]})


def test_the_schema_of_sarif_is_the_one_that_was_published_and_has_its_notice() -> None:
    """Its terms: it may be copied as it is, together with the notice."""
    digest = sha256((SCHEMAS / "sarif-2.1.0.json").read_bytes()).hexdigest()
    assert f"{digest}  sarif-2.1.0.json" in (SCHEMAS / "README.md").read_text(encoding="utf-8")
    notice = (SCHEMAS / "sarif-2.1.0.NOTICES.txt").read_text(encoding="utf-8")
    assert "Copyright (c) OASIS Open 2023" in notice and "may not be modified in any way" in notice
    assert notice.count("[OASIS ") == 3 and 'The name "OASIS" is a trademark' in notice, "the section in full"


def test_sarif_places_are_relative_and_end_behind_the_last_character() -> None:
    (run,) = _json("sarif")["runs"]
    first, second, third, fourth = run["results"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a%2C%20b%3Ac%25d/%C3%A9.tco", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 10, "endLine": 2, "endColumn": 12}
    two_lines = second["locations"][0]["physicalLocation"]["region"]
    assert (two_lines["startLine"], two_lines["endLine"]) == (2, 3)
    empty = third["locations"][0]["physicalLocation"]["region"]
    assert empty["startColumn"] == empty["endColumn"] == 6
    assert "locations" not in fourth
    assert run["columnKind"] == "unicodeCodePoints"
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note", "warning"]


def test_sarif_rules_have_pages_and_results_fingerprints_of_their_own() -> None:
    (run,) = _json("sarif")["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert "primaryLocationLineHash" not in result["partialFingerprints"]
    assert all("This is reported:" in rule["help"]["markdown"] for rule in rules)
    assert run["automationDetails"]["id"] == "tcolang/a, b:c%d/"
    assert "{{0}} \\[a\\](b)" in run["results"][0]["message"]["text"]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 2, "startColumn": 11, "endLine": 2, "endColumn": 12},
            "insertedContent": {"text": "k"},
        }
    ]


def test_sarif_has_at_most_5000_results_the_worst_among_them() -> None:
    (run,) = _json("sarif", _many(5_100))["runs"]
    assert len(run["results"]) == 5_000
    assert run["results"][-1]["level"] == "error"
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("101 findings")


def test_sarif_says_which_specs_could_not_be_read() -> None:
    (run,) = _json("sarif", HALF_READ)["runs"]
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    (notice,) = invocation["toolExecutionNotifications"]
    assert notice == {"level": "error", "message": {"text": "cannot read \\[b\\].tco: it is UTF-16"}}


def test_gitlab_is_valid_by_its_schema_and_every_fingerprint_is_another() -> None:
    schema = json.loads((SCHEMAS / "gitlab-code-quality.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for found in (_findings(), _many(300), NOTHING):
        issues = _json("gitlab", found)
        jsonschema.validate(issues, schema)
        assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert [issue["severity"] for issue in _json("gitlab")] == ["major", "minor", "info", "minor"]
    assert _json("gitlab")[3]["location"] == {"path": "clean.tco", "lines": {"begin": 1, "end": 1}}
    assert _json("gitlab", NOTHING) == []


def test_github_escapes_what_would_be_another_command() -> None:
    lines = _written("github", _findings()).splitlines()
    assert len(lines) == 4
    assert lines[0].startswith(
        "::error title=TCO901 some-name,file=a%2C b%3Ac%25d/é.tco,line=2,endLine=2,col=10,endColumn=11::50%25 of\\u{d}%0A"
    )
    assert "col=" not in lines[1] and "line=2,endLine=3" in lines[1]
    assert lines[2].startswith("::warning title=TCO904 some-name::nowhere")
    assert lines[3].startswith("::notice ") and "col=6,endColumn=6" in lines[3]


def test_github_shows_ten_of_a_level_and_counts_the_rest_in_a_last_line() -> None:
    lines = _written("github", _many(25)).splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", *["::warning"] * 10, "::notice"]
    assert lines[-1] == "::notice title=tcolang::and 15 warnings more: `tco check` shows all"


def test_junit_is_xml_with_a_case_for_each_finding_and_each_clean_file() -> None:
    root = ET.fromstring(_written("junit", _findings()))
    assert root.attrib == {"name": "tco check", "tests": "5", "failures": "3"}
    suites = {suite.attrib["name"]: suite for suite in root}
    assert set(suites) == {"", "clean.tco", FILE.path}
    assert suites["clean.tco"].attrib["failures"] == "0" and len(suites["clean.tco"]) == 1
    failures = root.findall(".//failure")
    assert len(failures) == 3 and "]]> & \\u{1b}[31m" in (failures[1].text or "")
    names = [case.attrib["name"] for case in root.iter("testcase")]
    assert len(set(names)) == len(names)


def test_rdjson_counts_columns_in_bytes() -> None:
    first = _json("rdjson")["diagnostics"][0]
    # `let é𐐀 = ` has 4 + 2 + 4 + 3 bytes before the number.
    assert first["location"]["range"] == {"start": {"line": 2, "column": 14}, "end": {"line": 2, "column": 16}}
    assert first["suggestions"] == [
        {"range": {"start": {"line": 2, "column": 15}, "end": {"line": 2, "column": 16}}, "text": "k"}
    ]
    assert first["severity"] == "ERROR" and first["code"] == {"value": "TCO901"}
    assert "location" not in _json("rdjson")["diagnostics"][3]


def test_json_has_everything() -> None:
    content = _json("json")
    assert content["summary"] == {"error": 1, "warning": 2, "info": 1}
    first, *_, last = content["findings"]
    assert first["message"] == NASTY and first["labels"][0]["line"] == 3
    assert (first["line"], first["column"], first["end_line"], first["end_column"]) == (2, 10, 2, 12)
    assert first["fix"]["safe"] is True and first["fix"]["edits"][0]["text"] == "k"
    assert last["path"] is None and last["fix"] is None


def test_concise_and_full_say_nothing_where_there_is_nothing() -> None:
    assert [_written(name, NOTHING) for name in ("concise", "full", "github")] == ["", "", ""]
