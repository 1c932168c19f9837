"""Options: who serves what, with which people and what else is paid."""

from __future__ import annotations

from tcolang.base.diagnostics import Label
from tcolang.base.suggest import did_you_mean
from tcolang.semantics.check import check
from tcolang.semantics.components import attribute_values, stated, stated_once
from tcolang.semantics.costs import cost_line
from tcolang.semantics.paths import Found, find_owner
from tcolang.semantics.problems import names as name_problems
from tcolang.semantics.problems import options as problems
from tcolang.semantics.program import Assignment, CostLine, Exclusion, Option, Route, Serve, Value
from tcolang.semantics.results import OPTION_FUNCTIONS, OPTION_RESULTS
from tcolang.semantics.scope import FileScope, KindDraft, Scope, Tables, is_poison
from tcolang.semantics.terms import Apply, Constant, OfComponent
from tcolang.semantics.types import NUMBER_TYPE, SHARE_TYPE, QuantityType, ReferenceType
from tcolang.semantics.values import value_of
from tcolang.syntax import items, nodes
from tcolang.units.dimension import base
from tcolang.units.unit import Unit

STRUCTURAL = ("uses", "bridge")


def option(block: items.Block, file: FileScope, tables: Tables) -> Option:
    """One option, its parts checked; parts that are wrong are left out after a finding."""
    scope = Scope(tables, file, "value")
    parts = _Parts(block, scope)
    kind = tables.kinds.get("option")
    known = [*(kind.attributes if kind else ()), *STRUCTURAL]
    facts = {name: lines for name, lines in parts.lines.items() if name not in STRUCTURAL}
    values = attribute_values(facts, kind.attributes if kind else {}, scope, "an option", known)
    for name in STRUCTURAL:
        stated_once(parts.lines.get(name, ()), scope)
    bridge, bridge_stated = _bridge(parts, scope)
    if not any(isinstance(member, items.Nested) and member.word.text == "serve" for member in block.members):
        scope.report(
            problems.NOTHING_SERVED,
            f"option `{block.name.text}` serves no workload",
            block.name.span,
            help="add `serve WORKLOAD { DEPLOYMENT = 100% }`",
        )
    return Option(
        block.name.text,
        file.stem,
        block.title,
        tuple(parts.serves),
        tuple(parts.staff),
        _uses(parts, scope),
        parts.costs,
        tuple(parts.without),
        values,
        bridge,
        bridge_stated,
        block.doc,
        block.name.span,
    )


class _Parts:
    """The members of an option's block, sorted by what they are."""

    def __init__(self, block: items.Block, scope: Scope) -> None:
        self.lines: dict[str, list[items.Attribute]] = {}
        self.serves: list[Serve] = []
        self.staff: list[Assignment] = []
        self.costs: dict[str, CostLine] = {}
        self.without: list[Exclusion] = []
        kind = scope.tables.kinds.get("option")
        self.taken = {*OPTION_RESULTS, *OPTION_FUNCTIONS, *STRUCTURAL, "live", *(kind.attributes if kind else ())}
        inner = scope.within(option=block.name.text)
        for member in block.members:
            self._take(member, inner)
        self._excluded(scope)

    def _take(self, member: items.Member, scope: Scope) -> None:
        match member:
            case items.Nested(word=word) if word.text == "serve":
                self._serve(member, scope)
            case items.Nested(word=word) if word.text == "staff" and self.staff:
                scope.report(
                    name_problems.SET_TWICE,
                    "an option has one `staff`",
                    word.span,
                    labels=(Label(self.staff[0].span, "the first is here"),),
                    help="put all roles into one `staff`",
                )
            case items.Nested(word=word) if word.text == "staff":
                self.staff += _staff(member, scope)
            case items.CostLine() if member.name.text in self.taken:
                scope.report(
                    name_problems.DECLARED_TWICE,
                    f"`{member.name.text}` is a name that every option has, or that this one has already",
                    member.name.span,
                    help="choose another name",
                )
            case items.CostLine():
                self.taken.add(member.name.text)
                self.costs[member.name.text] = cost_line(member, scope.within(place="cost"))
            case items.Without():
                found = _exclusion(member, scope)
                self.without += [found] if found else []
            case items.Attribute() if len(member.path.names) == 1:
                self.lines.setdefault(member.path.text, []).append(member)
            case items.Allow():
                pass
            case _:
                scope.report(
                    name_problems.NOT_HERE,
                    "an option holds `serve`, `staff`, `cost`, `without` and lines `name = value`",
                    member.span,
                    help=did_you_mean(member.span.text.split()[0], ["serve", "staff", "cost", "without", "uses"]),
                )

    def _excluded(self, scope: Scope) -> None:
        """Lines of the option itself that are left out are there, and each line is left out once."""
        seen: dict[tuple[str | None, str], Exclusion] = {}
        for exclusion in self.without:
            first = seen.setdefault((exclusion.component, exclusion.cost), exclusion)
            if first is not exclusion:
                scope.report(
                    name_problems.SET_TWICE,
                    f"`{exclusion.cost}` is left out twice",
                    exclusion.span,
                    labels=(Label(first.span, "left out here first"),),
                    help="keep one of them, with the reason that counts",
                )
            elif exclusion.component is None and exclusion.cost not in self.costs:
                scope.report(
                    problems.NO_SUCH_COST,
                    f"the option has no cost line `{exclusion.cost}` of its own",
                    exclusion.span,
                    help=did_you_mean(exclusion.cost, self.costs) or "a line of a component is `COMPONENT.LINE`",
                )

    def _serve(self, member: items.Nested, scope: Scope) -> None:
        found = _serve(member, scope)
        if found is None:
            return
        twice = next((s for s in self.serves if s.workload == found.workload), None)
        if twice is not None:
            scope.report(
                problems.SERVED_TWICE,
                f"`{found.workload}` is served twice",
                member.span,
                labels=(Label(twice.span, "served here first"),),
                help="put all its routes into one `serve`",
            )
            return
        self.serves.append(found)


def _serve(member: items.Nested, scope: Scope) -> Serve | None:
    if member.path is None:
        scope.report(name_problems.NOT_HERE, "`serve` names a workload", member.word.span, help="`serve chat { … }`")
        return None
    by_load = member.by is not None and member.by.text == "load"
    if member.by is not None and not by_load:
        scope.report(
            problems.BY_LOAD,
            f"workloads cannot be split by `{member.by.text}`",
            member.by.span,
            help="`by load`: the first route takes what its replicas can carry, the rest spills; or state shares",
        )
        return None
    workload = _component(member.path, scope, "workload", "`serve`")
    found = [
        _route(group, scope, sized=by_load and number == 0) for number, group in enumerate(_by_path(member, scope))
    ]
    routes = [route for route in found if route is not None]
    if workload is None:
        return None
    if _routed_twice(routes, scope) or (not routes and found):
        return None
    if not by_load:
        _shares(routes, member, scope)
    elif len(routes) == len(found) and not _is_by_load(routes):
        scope.report(
            problems.BY_LOAD_ROUTES,
            "by load, a first route has a size and a second takes the rest",
            member.word.span,
            help="`onprem = 6` and `api = rest`",
        )
        return None
    return Serve(workload, by_load, tuple(routes), member.word.span)


def _routed_twice(routes: list[Route], scope: Scope) -> bool:
    """Whether a deployment has two routes of one workload: their shares would be one number."""
    seen: dict[str, Route] = {}
    twice = False
    for route in routes:
        first = seen.setdefault(route.deployment, route)
        if first is not route:
            twice = True
            scope.report(
                problems.SERVED_TWICE,
                f"`{route.deployment}` serves this workload twice",
                route.span,
                labels=(Label(first.span, "it does here first"),),
                help="add the two shares",
            )
    return twice


def _by_path(member: items.Nested, scope: Scope) -> list[list[items.Attribute] | items.Nested]:
    """The lines of each deployment together, since a share or size may have a history."""
    groups: dict[str, list[items.Attribute] | items.Nested] = {}
    for inner in member.members:
        if isinstance(inner, items.Nested):
            groups[f"{inner.path.text if inner.path else inner.word.text} {len(groups)}"] = inner
        elif isinstance(inner, items.Attribute):
            known = groups.setdefault(inner.path.text, [])
            assert isinstance(known, list)
            known.append(inner)
        else:
            scope.report(
                name_problems.NOT_HERE, "`serve` holds routes `DEPLOYMENT = share`", inner.span, help="`api = 100%`"
            )
    return list(groups.values())


def _is_by_load(routes: list[Route]) -> bool:
    return len(routes) == 2 and routes[0].size is not None and routes[1].share is None and routes[1].size is None


def _route(group: list[items.Attribute] | items.Nested, scope: Scope, *, sized: bool) -> Route | None:
    if isinstance(group, items.Nested):
        return _route_block(group, scope, sized=sized)
    deployment = _component(group[0].path, scope, "deployment", "a route")
    if deployment is None:
        return None
    share, size = _share_or_size(group, scope, sized=sized)
    return Route(deployment, share, size, {}, group[0].path.span)


def _route_block(member: items.Nested, scope: Scope, *, sized: bool) -> Route | None:
    """`onprem { share = 20%  success_rate = 95% }`: a route with attributes of its own."""
    path = member.path or nodes.Path(tuple(member.word.text.split(".")), member.word.span)
    found = _found(path, scope, "deployment", "a route")
    if found is None:
        return None
    lines = stated(member.members, scope, "a route")
    own = lines.pop("size" if sized else "share", None)
    kind = found.kinds[0]
    for name in [n for n in ("size", "share") if n in lines and n not in kind.attributes]:
        scope.report(
            name_problems.NOT_HERE,
            f"this route has no {name}",
            lines.pop(name)[0].path.span,
            help="`serve chat by load` gives the first route a size; otherwise each route has a share",
        )
    values = attribute_values(lines, kind.attributes, scope, f"a route to a {kind.name}", kind.member_names())
    assert isinstance(found.owner, OfComponent)
    share, size = _share_or_size(own, scope, sized=sized) if own else (None, None)
    return Route(found.owner.key, share, size, values, member.word.span)


def _share_or_size(lines: list[items.Attribute], scope: Scope, *, sized: bool) -> tuple[Value | None, Value | None]:
    """Neither for `rest`."""
    if any(isinstance(line.value, nodes.Path) and line.value.names == ("rest",) for line in lines):
        stated_once(lines, scope)
        return None, None
    inner = scope.within(place="route")
    name = lines[0].path.text
    if sized:
        return None, value_of(lines, inner, NUMBER_TYPE, None, name)
    return value_of(lines, inner, SHARE_TYPE, None, name), None


def _shares(routes: list[Route], member: items.Nested, scope: Scope) -> None:
    """They add to 100 %, or one of them is the rest."""
    rests = [route for route in routes if route.share is None]
    if len(rests) > 1:
        help_ = f"state a share: `{rests[1].span.text.partition('=')[0].strip()} = 20%`"
        scope.report(problems.TWO_RESTS, "only one route can take the `rest`", rests[1].span, help=help_)
        return
    if rests or not routes:
        if not routes and not member.members:
            scope.report(problems.SHARES, "`serve` has no routes", member.word.span, help="`api = 100%`")
        return
    if any(is_optimal(route.share) or _set_twice(route.share) for route in routes):
        return
    total = 0.0
    for route in routes:
        term = route.share.segments[0].term if route.share else None
        if not isinstance(term, Constant) or route.share is None or len(route.share.segments) > 1:
            if route.share is not None and not any(_is_poison(s.term) for s in route.share.segments):
                scope.report(
                    problems.SHARES,
                    "shares that vary cannot be seen to add to 100%",
                    route.span,
                    help="give the last route `rest`",
                )
            return
        if _is_poison(term):
            return
        total += term.value
    if abs(total - 1) > 1e-9:
        scope.report(
            problems.SHARES,
            f"the shares add up to {total * 100:.10g}%, not to 100%",
            member.word.span,
            help=f"{abs(1 - total) * 100:.10g}% is {'missing' if total < 1 else 'too much'}; `rest` takes what is left",
        )


def _set_twice(stated: Value | None) -> bool:
    """Which has been reported."""
    return stated is not None and any(segment.since is None for segment in stated.segments[1:])


def is_optimal(stated: Value | None) -> bool:
    """Whether a share or size is to be found."""
    return stated is not None and any(
        isinstance(s.term, Apply) and s.term.function == "optimal" for s in stated.segments
    )


def _is_poison(term: object) -> bool:
    return not isinstance(getattr(term, "type", None), QuantityType)


def _staff(member: items.Nested, scope: Scope) -> list[Assignment]:
    by_role: dict[str, list[items.Attribute]] = {}
    for inner in member.members:
        if isinstance(inner, items.Attribute):
            role = _component(inner.path, scope, "staffing", "`staff`")
            if role is not None:
                by_role.setdefault(role, []).append(inner)
        else:
            scope.report(
                name_problems.NOT_HERE, "`staff` holds lines `ROLE = N FTE`", inner.span, help="`mlops = 1 FTE`"
            )
    unit = scope.tables.units.parse("FTE")
    shown = unit if isinstance(unit, Unit) else None
    type_ = QuantityType(base("FTE"))
    return [Assignment(r, value_of(lines, scope, type_, shown, r), lines[0].span) for r, lines in by_role.items()]


def _component(path: nodes.Path, scope: Scope, role: str, where: str) -> str | None:
    found = _found(path, scope, role, where)
    return found.owner.key if found is not None and isinstance(found.owner, OfComponent) else None


def _found(path: nodes.Path, scope: Scope, role: str, where: str) -> Found | None:
    """The component a path names, if it has the role; a finding otherwise."""
    found = find_owner(path, scope)
    if found is None or not isinstance(found.owner, OfComponent):
        if not is_poison(check(path, scope, ReferenceType(role, role=True))):
            _wrong_role(path, scope, role, where, "something else")
        return None
    if role and found.kinds[0].role != role:
        _wrong_role(path, scope, role, where, f"a {found.kinds[0].name}")
        return None
    return found


def _wrong_role(path: nodes.Path, scope: Scope, role: str, where: str, is_: str) -> None:
    names = sorted(d.key for d in scope.tables.components.values() if d.kind.role == role)
    scope.report(
        name_problems.WRONG_KIND,
        f"{where} names a component with the role `{role}`, and `{path.text}` is {is_}",
        path.span,
        help=f"there are: {', '.join(names[:12])}" if names else f"declare one of a kind with the role `{role}`",
    )


def _uses(parts: _Parts, scope: Scope) -> tuple[str, ...]:
    found: list[str] = []
    for line in parts.lines.get("uses", []):
        listed = line.value.items if isinstance(line.value, nodes.ListOf) else (line.value,)
        for item in listed:
            key = _component(item, scope, "", "`uses`") if isinstance(item, nodes.Path) else None
            if key is None and not isinstance(item, nodes.Path):
                scope.report(
                    name_problems.WRONG_KIND, "`uses` lists components", item.span, help="`uses = [vector_store, logs]`"
                )
            found += [key] if key else []
    return tuple(dict.fromkeys(found))


def _bridge(parts: _Parts, scope: Scope) -> tuple[str | None, bool]:
    lines = parts.lines.get("bridge", [])
    if not lines:
        return None, False
    value = lines[0].value
    if isinstance(value, nodes.Path) and value.names == ("none",):
        return None, True
    if not isinstance(value, nodes.Path):
        scope.report(
            name_problems.WRONG_KIND, "`bridge` names a deployment, or is `none`", value.span, help="`bridge = none`"
        )
        return None, True
    return _component(value, scope, "deployment", "`bridge`"), True


def _exclusion(member: items.Without, scope: Scope) -> Exclusion | None:
    because = member.because.plain
    if because is None:
        scope.report(
            name_problems.NOT_HERE,
            "the reason for leaving a cost out is told as it is written",
            member.because.span,
            help="write the figure into the text, without braces",
        )
        because = ""
    names = member.path.names
    if len(names) == 1:
        return Exclusion(None, names[0], because, member.path.span)
    path = nodes.Path(names[:-1], member.path.span)
    found = _found(path, scope, "", "`without`")
    if found is None or not isinstance(found.owner, OfComponent):
        return None
    kind: KindDraft = found.kinds[0]
    if names[-1] not in kind.cost_items:
        scope.report(
            problems.NO_SUCH_COST,
            f"a {kind.name} has no cost line `{names[-1]}`",
            member.path.span,
            help=did_you_mean(names[-1], kind.cost_items) or f"its cost lines: {', '.join(kind.cost_items) or 'none'}",
        )
        return None
    return Exclusion(found.owner.key, names[-1], because, member.path.span)
