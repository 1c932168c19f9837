"""A component that no option uses."""

from __future__ import annotations

from collections.abc import Iterator

from tcolang.base.problem import Severity
from tcolang.lint.examples import complete, more
from tcolang.lint.reads import reads
from tcolang.lint.rule import LintRule, Seen
from tcolang.lint.subject import Subject, own_components, reached


def _check(subject: Subject) -> Iterator[Seen]:
    """In the file that is checked: a catalogue holds more than one spec uses."""
    if not subject.model.options:
        return
    used = {key for option in subject.model.options for key in reached(subject, option)}
    used |= {route.workload for option in subject.model.options for route in option.routes}
    used |= {key.rpartition(".")[0] for key in reads(subject)}
    for component in own_components(subject):
        if component.key not in used and component.span.file == subject.program.main:
            yield Seen(f"no option uses `{component.key}`", component.span)


UNUSED_COMPONENT = LintRule(
    "TCO602",
    "unused-component",
    Severity.INFO,
    "What no option reaches costs nothing and answers nothing. Either it was forgotten in an option, or it is"
    " left over.",
    remedy="route to it, staff with it or name it in `uses`; or remove it",
    check=_check,
    bad=more('storage backups "Backups" {\n  size = 500 GB\n  price = 0.02 USD/GB-month source quotes\n}\n'),
    good=complete(),
)
