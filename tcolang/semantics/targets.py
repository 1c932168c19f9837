"""What a scenario, a test or a question may set: which names, and of what type."""

from __future__ import annotations

from tcolang.base.suggest import closest
from tcolang.semantics.paths import Found, find_owner
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import options as problems
from tcolang.semantics.scope import Declared, Scope
from tcolang.semantics.terms import OfComponent, OfDecision, OfOption
from tcolang.semantics.types import DateType, GrowthType, QuantityType, Type
from tcolang.syntax import items, nodes
from tcolang.units.dimension import base
from tcolang.units.unit import Unit

TIMING: dict[str, Type] = {"start": DateType(), "horizon": QuantityType(base("time"))}
"""The months of a decision, which a scenario states as a whole: no node holds them, and all nodes have as many."""


def overridable(path: nodes.Path, scope: Scope) -> tuple[str, Type, Unit | None] | None:
    """The key, type and unit of what a scenario may set; a finding and None otherwise."""
    # Names are looked up as an expectation sees them: that a result is named here is said below, once.
    scope = scope.within(place="expect")
    declared = _assumption(path, scope)
    if declared is not None:
        if declared.sort == "let":
            _refused(path, scope, "a formula, and formulas are never overridden")
            return None
        assumption = scope.tables.assumptions.get(declared.key)
        # One that depends on itself has been reported.
        return (declared.key, assumption.value.type, assumption.value.unit) if assumption is not None else None
    staff = _staff(path, scope)
    if staff is not None:
        unit = scope.tables.units.parse("FTE")
        return staff, QuantityType(base("FTE")), unit if isinstance(unit, Unit) else None
    owner = find_owner(nodes.Path(path.names[:-1], path.span), scope) if len(path.names) > 1 else None
    if owner is None:
        _refused(path, scope, "nothing that can be overridden")
        return None
    return _attribute(owner, path, scope)


def _attribute(owner: Found, path: nodes.Path, scope: Scope) -> tuple[str, Type, Unit | None] | None:
    name = path.names[-1]
    if isinstance(owner.owner, OfDecision) and name == "discount_rate":
        return f"decision.{name}", GrowthType(), None
    if isinstance(owner.owner, OfDecision) and name in TIMING:
        return f"decision.{name}", TIMING[name], None
    for kind in owner.kinds:
        attribute = kind.attributes.get(name)
        if attribute is None:
            continue
        match owner.owner:
            case OfComponent(key):
                return f"{key}.{name}", attribute.type, attribute.unit
            case OfOption(option, None):
                return f"{option}.{name}", attribute.type, attribute.unit
            case OfDecision():
                return f"decision.{name}", attribute.type, attribute.unit
    worked_out = any(name in kind.formulas or name in kind.costs for kind in owner.kinds)
    meant = None if worked_out else closest(name, (one for kind in owner.kinds for one in kind.attributes))
    help_ = f"did you mean `{path.text.removesuffix(name)}{meant}`?" if meant is not None else ""
    _refused(path, scope, "not an attribute that can be overridden", help_)
    return None


def _assumption(path: nodes.Path, scope: Scope) -> Declared | None:
    file = scope.file
    if len(path.names) == 2 and path.names[0] in file.loaded.imports:
        inner = scope.tables.files.get(file.loaded.imports[path.names[0]])
        found = inner.values.get(path.names[1]) if inner else None
    elif len(path.names) == 2 and path.names[0] in scope.tables.files:
        found = scope.tables.files[path.names[0]].values.get(path.names[1])
    else:
        found = file.values.get(path.names[0]) if len(path.names) == 1 else None
    return found if found is not None and found.sort in ("assume", "let") else None


def _staff(path: nodes.Path, scope: Scope) -> str | None:
    """`self_host.staff.mlops`"""
    if len(path.names) < 3 or path.names[1] != "staff" or path.names[0] not in scope.tables.options:
        return None
    found = find_owner(nodes.Path(path.names[2:], path.span), scope)
    if found is None or not isinstance(found.owner, OfComponent) or found.owner.key not in _roles(path.names[0], scope):
        return None
    return f"{path.names[0]}.staff.{found.owner.key}"


def _roles(option: str, scope: Scope) -> list[str]:
    """The roles that an option assigns people to."""
    there = scope.within(file=scope.tables.option_files[option])
    blocks = [m for m in scope.tables.options[option].members if isinstance(m, items.Nested) and m.word.text == "staff"]
    lines = [line.path for block in blocks for line in block.members if isinstance(line, items.Attribute)]
    owners = [found.owner for path in lines if (found := find_owner(path, there)) is not None]
    return [owner.key for owner in owners if isinstance(owner, OfComponent)]


def _refused(path: nodes.Path, scope: Scope, why: str, meant: str = "") -> None:
    known = scope.file.values
    problem = problems.NOT_OVERRIDABLE if path.names[0] in known or len(path.names) > 1 else name_problems.UNKNOWN_NAME
    of_decision = path.text in (*TIMING, "discount_rate") and scope.tables.decision is not None
    scope.report(
        problem,
        f"`{path.text}` is {why}",
        path.span,
        help=f"`decision.{path.text}` is the name of it"
        if of_decision
        else meant or "a scenario sets an `assume`, an attribute of a component or option, or `OPTION.staff.ROLE`",
    )
