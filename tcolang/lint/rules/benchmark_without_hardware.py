"""A throughput whose source does not say what it was measured on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import altered, complete
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, stated
from tcolang.semantics.types import QuantityType
from tcolang.units.dimension import base

_COUNTED = r"[0-9]+ ?[x×-]? ?[a-z]{0,3}[0-9]{2,4}[a-z]*\b"
_NAMED = r"\b(?:[ablmht][0-9]{1,3}[a-z]?|mi[0-9]{3}[a-z]?|gpus?|cards?|nodes?)\b"
_HARDWARE = re.compile(f"{_COUNTED}|{_NAMED}", re.IGNORECASE)


def _check(subject: Subject) -> Iterator[Seen]:
    rate = base("token") / base("time")
    for key, value in stated(subject):
        if not (isinstance(value.type, QuantityType) and value.type.dimension == rate):
            continue
        provenance = value.segments[-1].provenance
        told = f"{provenance.source.title if provenance.source else ''} {provenance.note}".strip()
        if told and not _HARDWARE.search(told):
            yield Seen(f"`{key}` does not say on which and how many GPUs it was measured", value.span)


BENCHMARK_WITHOUT_HARDWARE = LintRule(
    "TCO458",
    "benchmark-without-hardware",
    Severity.INFO,
    "A throughput belongs to a number of GPUs of one model. The same figure read for one GPU or for eight is "
    "a factor of eight in cost.",
    remedy='name it in the title of the source, as in `source bench "70B, FP8, 8 x H100, 64 streams"`',
    check=_check,
    bad=altered("; throughput of one server with 8 x H100", ""),
    good=complete(),
)
