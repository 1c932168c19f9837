"""Every stated figure that is read is listed with its source, in the digits of the spec; nothing else is."""

from __future__ import annotations

from functools import cache

from tcolang import pipeline
from tcolang.report.blocks import Heading, Table
from tcolang.report.pages.assumptions import assumptions
from tests.projects import FEW, program_of
from tests.report.test_pages import plain

CATALOGUE = """tco 1

source list "Price list" {
  checked = 2026-03-14
  grade = estimated
}

assume unread: number = 3 source list

hosted_model small "Small model" {
  vendor = "Vendor"
  input_price = 0.1375 USD per 1M tokens source list
  output_price = 0.38 USD per 1M tokens source list
}

hosted_model unused "Unused model" {
  vendor = "Vendor"
  input_price = 7.77 USD per 1M tokens source list
  output_price = 7.77 USD per 1M tokens source list
}
"""

SPEC = """tco 1

import catalogue as our

decision chatbot "Which one?" {
  currency = USD
  start = 2027-01
  horizon = 12 months
  options = [api, own]
}

assume asked: request/month = 123_456 requests/month note "counted"

workload chat "Chat" {
  requests = asked
  input_tokens = 1_234 tokens/request
  output_tokens = 100 to 200 tokens/request note "a sample"
}

cloud_node node "One machine" {
  gpus = 8 GPU
  memory = 80 GB/GPU
  custody = cloud_tenant
  price = 5.672 USD/hour note "quote 17"
}

rented_pool pool "Rented" {
  node = node
  vendor = "Cloud"
  prefill = 2 * 5k tokens/second
  decode = 1k tokens/second
}

option api "API" {
  serve chat {
    our.small = 100%
  }
}

option own "Own" {
  serve chat {
    pool = 100%
  }
}
"""


@cache
def listed() -> dict[str, list[list[str]]]:
    """The rows of each table, by its heading."""
    made = pipeline.results(program_of(SPEC, ("catalogue.tco", CATALOGUE)), FEW)
    assert made.value is not None
    found: dict[str, list[list[str]]] = {}
    title = ""
    for block in assumptions(made.value).blocks:
        if isinstance(block, Heading):
            title = plain(block.prose)
        elif isinstance(block, Table):
            found[title] = [[plain(cell) for cell in row] for row in block.rows]
    return found


def test_each_stated_figure_has_its_value_source_date_and_grade() -> None:
    rows = {row[0]: row[1:] for row in listed()["Stated in the spec"]}
    place = SPEC.partition("price = 5.672")[0].count("\n") + 1
    assert rows["node.price"][:5] == ["5.672 USD/hour", "certain", "quote 17", "—", "assumed"]
    assert rows["node.price"][5].endswith(f":{place}")
    assert rows["catalogue.small.input_price"] == [
        "0.1375 USD per 1M tokens", "certain", "Price list", "2026-03-14", "estimated", "catalogue.tco:12",
    ]  # fmt: skip
    assert rows["asked"][:3] == ["123,456 requests/month", "certain", "counted"]
    assert rows["chat.input_tokens"][:3] == ["1,234 tokens/request", "certain", "no source"]
    assert rows["chat.output_tokens"][1:3] == ["log-normal, P5–P95", "a sample"]


def test_they_stand_as_in_the_files_and_only_what_is_read() -> None:
    names = [row[0] for row in listed()["Stated in the spec"]]
    assert names == [
        "asked", "chat.requests", "chat.input_tokens", "chat.output_tokens", "node.gpus", "node.price", "pool.prefill",
        "pool.decode", "catalogue.small.input_price", "catalogue.small.output_price",
    ]  # fmt: skip


def test_what_the_rules_assume_comes_last() -> None:
    tables = listed()
    assert list(tables) == ["Stated in the spec", "Defaults of the standard library", "Of the rules"]
    assert {row[0].split(".")[0] for row in tables["Of the rules"]} == {"self_host_or_api"}
    assert ["self_host_or_api.volume_low_below", "10M tokens/day"] in [row[:2] for row in tables["Of the rules"]]
