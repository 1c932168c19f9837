"""Costs of running models oneself that are nowhere in an option."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tcolang.lint.rule import Seen
from tcolang.lint.subject import Subject, running_models
from tcolang.model.costmodel import OptionModel


def missing(subject: Subject, categories: Iterable[str], what: str, pack_rule: str = "") -> Iterator[Seen]:
    """Each option that runs models and has no line of these categories, unless one was left out with a reason, or the
    rule of a pack that asks for it was switched off with one."""
    wanted = set(categories)
    if pack_rule and any(s.value is None and s.target.endswith(f"/{pack_rule}") for s in subject.program.switches):
        return
    for option in running_models(subject):
        if not wanted & {*option.categories, *_left_out(subject, option)}:
            yield Seen(f"option `{option.name}` runs models of its own and pays nothing for {what}", option.span)


def _left_out(subject: Subject, option: OptionModel) -> Iterator[str]:
    for line in option.left_out:
        component = subject.program.components.get(line.component)
        kind = subject.program.kinds.get(component.kind) if component is not None else None
        own = subject.program.options[option.name].costs
        cost = kind.costs.get(line.name) if kind is not None else own.get(line.name)
        if cost is not None:
            yield cost.category
