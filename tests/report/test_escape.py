"""Whatever a text says, it is shown as it stands and does nothing. Judged by a Markdown parser of somebody else."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tcolang.base.display import one_line
from tcolang.report import escape

HOSTILE = (
    "<script>alert(1)</script>",
    "a | b || c",
    "`code` and ``more``",
    "@octocat and octo@example.com",
    "#1 and org/repo#12 and GH-7",
    "*bold* _italic_ **both** __both__ ~~struck~~",
    "[text](https://example.com) ![image](javascript:alert(1)) [ref]: x",
    "https://evil.example/ and www.evil.example and HTTP://EVIL.example",
    "&lt;b&gt; &#60; &amp;",
    "# heading\n\n- item\n\n```\nfence\n```",
    "- not a list",
    "1. not a list",
    "--- ",
    "===",
    "> quote",
    "\\* backslash \\\\ \\|",
    "\x1b[31mred\x1b[0m \x07 \x9b31m",
    "\u202eesrever\u202c \u2066isolated\u2069 \u200b",
    "$x^2$ and $$y$$",
    "</details></summary>",
    "<!-- hidden -->",
    "%%{init: {}}%% end",
)

_PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@given(st.text())
@pytest.mark.parametrize("place", ["| h |\n| --- |\n| {} |\n", "- {}\n", "{}\n", "# {}\n", "**x** ({}), y\n"])
def test_any_text_is_shown_as_it_stands(place: str, text: str) -> None:
    check_shown(place, text)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["| h |\n| --- |\n| {} |\n", "- {}\n", "{}\n", "# {}\n"])
def test_hostile_text_is_shown_as_it_stands(place: str, text: str) -> None:
    check_shown(place, text)


def check_shown(place: str, text: str) -> None:
    rendered = _PARSER.parse(place.format(escape.markdown(text)))
    before, _, after = _words(_PARSER.parse(place.format("SPLIT"))).partition("SPLIT")
    assert _words(rendered) == f"{before}{one_line(text)}{after}".strip()
    assert _kinds(rendered) <= _kinds(_PARSER.parse(place.format("SPLIT"))) | {"html_inline", "text"}


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("@octocat", r"@\w"),
        ("repo#12", r"#\d"),
        ("GH-7", r"GH-\d"),
        ("https://evil.example", "://"),
        ("www.evil.example", r"www\."),
    ],
)
def test_nobody_is_called_and_nothing_is_linked(text: str, never: str) -> None:
    assert re.search(never, text)
    assert not re.search(never, escape.markdown(text))


@given(st.text())
@example("a`b")
@example("a|b")
@example("`")
def test_code_is_shown_as_it_stands(text: str) -> None:
    rendered = _PARSER.parse(f"| h |\n| --- |\n| x {escape.markdown_code(text)} |\n")
    assert _words(rendered) == f"hx {one_line(text)}".strip()


def test_only_addresses_of_the_web_are_links() -> None:
    assert escape.markdown_link("a*b", "https://example.com/x?y=1") == r"[a\*b](https://example.com/x?y=1)"
    for url in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "https://a b",
        "https://a\nb",
        "",
        "http://[::1",
    ):
        assert "](" not in escape.markdown_link("title", url)


def test_a_link_cannot_end_its_own_brackets() -> None:
    link = escape.markdown_link("t](javascript:x) [", "https://example.com/a)b(c?x=1&copy=2$")
    (inline,) = (token for token in _PARSER.parse(link) if token.type == "inline")
    targets = [child.attrs["href"] for child in inline.children or () if child.type == "link_open"]
    assert targets == ["https://example.com/a%29b%28c?x=1&copy=2%24"]


@given(st.text())
@example('" --> x')
@example("`" * 3)
def test_a_string_in_a_diagram_stays_inside_its_quotes(text: str) -> None:
    shown = escape.mermaid(text)
    assert not set('"`<>[]{}\n\r\\') & set(shown)
    assert ";" not in re.sub(r"#\d+;", "", shown)


@given(st.text())
def test_nothing_controls_a_terminal(text: str) -> None:
    shown = escape.terminal(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", shown)


def test_html_has_no_tags() -> None:
    assert escape.html("<b> & 'x'") == "&lt;b&gt; &amp; &#x27;x&#x27;"


@given(st.text())
def test_json_is_ascii_and_reads_back(text: str) -> None:
    written = escape.json({"text": text})
    assert written.isascii() and not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", written)
    assert json.loads(written) == {"text": text}


def test_json_has_no_nan() -> None:
    with pytest.raises(ValueError, match="JSON"):
        escape.json({"x": float("nan")})


def _words(tokens: list[Token]) -> str:
    """What a reader sees of it."""
    shown: list[str] = []
    for token in tokens:
        for child in token.children or ():
            if child.type in ("text", "text_special", "code_inline"):
                shown.append(child.content)
            else:
                assert child.type in ("strong_open", "strong_close") or child.content == "<!-- -->", child
    return "".join(shown).strip()


def _kinds(tokens: list[Token]) -> set[str]:
    return {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
