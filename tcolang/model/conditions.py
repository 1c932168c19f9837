"""Conditions of rules and expectations, over operands that name nodes."""

from __future__ import annotations

from tcolang.base.record import field, state
from tcolang.base.source import Span
from tcolang.model.costmodel import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Holds,
    Near,
    Negated,
    OneOf,
    Operand,
    Question,
    Told,
)
from tcolang.model.drafts import Context, Draft, Drafts, zero
from tcolang.model.instantiate import instantiate, subject
from tcolang.semantics.problems.names import TOO_EARLY
from tcolang.semantics.program import Provenance
from tcolang.semantics.scope import natural_unit
from tcolang.semantics.terms import (
    Apply,
    AttributeOf,
    Listing,
    NodeValue,
    OfDecision,
    OfOption,
    ResultOf,
    Sentence,
    Symbol,
    Term,
)
from tcolang.semantics.types import ChoiceType
from tcolang.units.table import UnitMistake
from tcolang.units.unit import Unit

COMPARATORS = ("==", "!=", "<", "<=", ">", ">=")


@state
class Operands:
    """Makes operands; equal terms share a node, so that a rule over many options costs little."""

    drafts: Drafts
    keys: dict[Term, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    written: dict[int, Unit | None] = field(default_factory=dict)

    def condition(self, term: Term, context: Context) -> Condition:
        """A tree whose leaves are comparisons and flags."""
        if not isinstance(term, Apply):
            return Holds(self.operand(term, context))
        inner = term.arguments
        match term.function:
            case "and":
                return AllOf(tuple(self.condition(a, context) for a in inner))
            case "or":
                return AnyOf(tuple(self.condition(a, context) for a in inner))
            case "not":
                return Negated(self.condition(inner[0], context))
            case "in":
                return OneOf(self.operand(inner[0], context), tuple(self.operand(a, context) for a in inner[1:]))
            case "approx":
                left, right = self._pair(inner[0], inner[1], context)
                within = self.operand(inner[2], context)
                return Near(left, right, within, bool(term.setting("relative")))
            case name if name in COMPARATORS:
                left, right = self._pair(inner[0], inner[1], context)
                order = inner[0].type.values if isinstance(inner[0].type, ChoiceType) else ()
                return Compare(name, left, right, order)  # type: ignore[arg-type]
            case _:
                return Holds(self.operand(term, context))

    def _pair(self, left: Term, right: Term, context: Context) -> tuple[Operand, Operand]:
        """Both sides in one unit: that of the side which has been given one."""
        one, other = self.operand(left, context), self.operand(right, context)
        units = [o.unit for o in (one, other) if o.key and self._declared(o.key)]
        written = [u for t in (left, right) if (u := self._written(t)) is not None]
        unit = next(iter([*units, *written]), None)
        if unit is None:
            return one, other
        return _in_unit(one, unit), _in_unit(other, unit)

    def _written(self, term: Term) -> Unit | None:
        """A rule is asked for each option, and its text is the same each time."""
        if id(term) not in self.written:
            self.written[id(term)] = _written_unit(term, self.drafts)
        return self.written[id(term)]

    def _declared(self, key: str) -> bool:
        draft = self.drafts.made.get(key)
        return draft is not None and draft.sort in ("input", "assumption", "default")

    def operand(self, term: Term, context: Context, unit: Unit | None = None) -> Operand:
        """One value, as a rule or text reads it."""
        made = instantiate(term, context, self.drafts)
        text = term.span.text
        late = _late_inside(made)
        if late is not None:
            self.drafts.report(
                TOO_EARLY,
                f"`{_line(late.span.text)}` is known only once the decision is made, and nothing is worked out from it",
                late.span,
                help="compare it as it stands, in a comparison of its own",
            )
            made = zero(term.type, term.span)
        if isinstance(made, Symbol):
            return Operand(made.type, None, text, term.span, symbol=made.value)
        if isinstance(made, AttributeOf):
            return Operand(made.type, natural_unit(made.type), text, term.span, late=self._late(made, context))
        if isinstance(made, ResultOf):
            asked = self._question(made)
            none = (f"{text}: their costs do not cross in that span",)
            return Operand(made.type, natural_unit(made.type), text, term.span, late=asked, missing=none)
        if isinstance(made, Listing) and all(isinstance(i, Symbol) for i in made.items):
            symbols = tuple(i.value for i in made.items if isinstance(i, Symbol))
            return Operand(made.type, None, text, term.span, symbols=symbols)
        key = made.key if isinstance(made, NodeValue) else self._node(made)
        self.drafts.settle()
        draft = self.drafts.made.get(key)
        shown = unit or (draft.unit if draft else None) or natural_unit(term.type)
        return Operand(term.type, shown, text, term.span, key=key)

    def _question(self, term: ResultOf) -> str:
        assert isinstance(term.owner, OfOption)
        second, over, low, high = (a.value for a in term.arguments if isinstance(a, Symbol))
        name = f"break_even({term.owner.option}, {second}, {over}, {low}, {high})"
        asked = Question(name, term.owner.option, second, over, float(low), float(high))
        if asked not in self.questions:
            self.questions.append(asked)
        return name

    def _late(self, term: AttributeOf, context: Context) -> str:
        if isinstance(term.owner, OfDecision):
            decision = self.drafts.program.decision
            return f"{decision.name if decision else 'decision'}.{term.name}"
        return f"{subject(term.owner, context, self.drafts).option}.{term.name}"

    def _node(self, term: Term) -> str:
        # Looked up once: to hash a term takes as long as its formula is.
        fresh = f"(operand {len(self.keys) + 1})"
        key = self.keys.setdefault(term, fresh)
        if key is fresh:
            # Named after what is drawn, so that a rule more or less moves no number.
            draw = f"{_stem(term.span)} {_line(term.span.text)}"
            self.drafts.made[key] = Draft(
                key, "rule", term, term.type, natural_unit(term.type), draw, Provenance(), "", term.span.text, term.span
            )
        return key

    def told(self, sentence: Sentence, context: Context) -> Told:
        """A text; what stands in braces is shown in the unit it is converted to, if it is."""
        parts: list[str | Operand] = []
        units = iter(sentence.units)
        for part in sentence.parts:
            if isinstance(part, str):
                parts.append(part)
                continue
            written = next(units)
            found = self.drafts.program.units.parse(written) if written else None
            unit = None if isinstance(found, UnitMistake) or _foreign(found, self.drafts) else found
            parts.append(self.operand(part, context, unit))
        return Told(tuple(parts))


def _written_unit(term: Term, drafts: Drafts) -> Unit | None:
    """`35%` and `10M tokens/day` are shown as they are written."""
    words = term.span.text.split()
    found = drafts.program.units.parse(words[-1]) if len(words) == 2 and words[0][:1].isdigit() else None
    return found if isinstance(found, Unit) and not _foreign(found, drafts) else None


def _foreign(unit: Unit | None, drafts: Drafts) -> bool:
    """Whether it names a currency that values have been exchanged from."""
    return unit is not None and unit.currency is not None and drafts.home not in ("", unit.currency)


def _late_inside(term: Term) -> Term | None:
    """A result of the decision that is a part of something, if there is one."""
    stack = list(term.arguments) if isinstance(term, Apply) else []
    while stack:
        part = stack.pop()
        if isinstance(part, AttributeOf | ResultOf):
            return part
        stack += part.arguments if isinstance(part, Apply) else ()
    return None


def _stem(span: Span) -> str:
    return span.file.path.rsplit("/", 1)[-1].removesuffix(".tco")


def _line(text: str) -> str:
    return " ".join(text.split())


def _in_unit(operand: Operand, unit: Unit) -> Operand:
    from tcolang.base.record import replace

    return operand if operand.symbol is not None else replace(operand, unit=unit)
