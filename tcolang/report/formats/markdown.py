"""The report as Markdown, for pull requests: it opens with a screen that decides, the rest folds behind it."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tcolang.report import escape, mermaid
from tcolang.report.blocks import Code, Link, Strong
from tcolang.report.document import document
from tcolang.report.escape import Encoded
from tcolang.report.output import OutputFormat, Style
from tcolang.report.results import Results

if TYPE_CHECKING:
    from jinja2 import Environment


def render(results: Results, style: Style) -> str:
    """The style makes no difference."""
    text = _environment().get_template("report.md.j2").render(document=document(results))
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"


def encoded(value: object) -> Encoded:
    """What a template prints passes through here, so that none can print anything as it stands in a spec."""
    match value:
        case Encoded():
            return value
        case tuple():
            return Encoded("".join(map(encoded, value)))
        case Code(text):
            return escape.markdown_code(text)
        case Strong(text):
            after = " " if text.endswith(" ") else ""
            return Encoded(f"**{escape.markdown(text)}**{after}")
        case Link(text, url):
            return escape.markdown_link(text, url)
        case _:
            return _between_spaces(str(value))


def _between_spaces(text: str) -> Encoded:
    """A piece keeps the blank at its ends, which the encoder of a whole line would drop."""
    if not text.strip():
        return Encoded(" " if text else "")
    before = " " if text[0].isspace() else ""
    after = " " if text[-1].isspace() else ""
    return Encoded(f"{before}{escape.markdown(text)}{after}")


@cache
def _environment() -> Environment:
    from jinja2 import DictLoader, Environment, StrictUndefined

    folder = files("tcolang.report").joinpath("templates")
    templates = {entry.name: entry.read_text("utf-8") for entry in folder.iterdir() if entry.name.endswith(".md.j2")}
    environment = Environment(
        loader=DictLoader(templates),
        undefined=StrictUndefined,
        finalize=encoded,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    charts = {"diagram": mermaid.diagram, "legend": mermaid.legend, "left_out": mermaid.left_out}
    charts["from_the_top"] = mermaid.from_the_top
    environment.filters.update(charts, html=escape.html, code=Code)
    return environment


MARKDOWN = OutputFormat("markdown", ".md", "text/markdown", render)
