"""The arguments of one rule told once, with the workloads of which they hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tcolang.report.arguments import Argument
from tcolang.report.blocks import Code, Prose, listed, prose
from tcolang.report.words import cited

_SUBJECT = "\0"


def grouped(arguments: Iterable[Argument]) -> Iterator[tuple[str, Prose]]:
    """The id of each rule and what it says, in the order in which the rules first speak.

    Sentences that differ in nothing but the workload are told for the first one and hold for the others; those with
    figures of their own follow each other.
    """
    rules: dict[tuple[str, str], list[Argument]] = {}
    for argument in arguments:
        rules.setdefault((argument.rule, argument.where), []).append(argument)
    for (rule, where), said in rules.items():
        yield rule, prose(*_sentences(said), cited(rule, where))


def _sentences(arguments: Iterable[Argument]) -> Iterator[Prose]:
    alike: dict[str, list[Argument]] = {}
    for argument in arguments:
        alike.setdefault(_pattern(argument), []).append(argument)
    for place, (first, *others) in enumerate(alike.values()):
        yield f" {first.text}" if place else first.text
        if others:
            yield prose(" The same holds for ", listed(tuple(Code(each.workload) for each in others)), ".")


def _pattern(argument: Argument) -> str:
    """The sentence without the name of its workload, where that is a word of its own."""
    if not argument.workload:
        return argument.text
    return re.sub(rf"(?<![\w.]){re.escape(argument.workload)}(?!\w)", _SUBJECT, argument.text)
