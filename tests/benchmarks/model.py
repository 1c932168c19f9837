"""One model of many formulas, and the same model as a spec, as chunked numpy, as C, and as what each peer takes.

Every formula is an array of months × futures. It reads the formula before it, one of up to seven earlier ones, and an
input or two, so that a program that frees what nobody reads any more holds few of them at a time.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

INPUTS = 10
"""Each is drawn once for a future, evenly between `LOW` and `HIGH`."""
LOW, HIGH = 0.97, 1.03
GROWTH = 0.0005
"""A month, of the factor `g`."""
BACK = 8
"""Formulas that are read later are read within so many."""

_SHAPES = (
    "(f{p} + f{q}) * x{a} * 0.5",
    "f{p} * x{a} / x{b}",
    "f{q} + (f{p} - f{q}) * x{a} * 0.3",
    "f{p} * 0.75 + f{q} * 0.25 * x{b}",
    "f{p} * g",
)


def expressions(count: int) -> list[str]:
    """The formulas f0, f1, … in signs that all languages here share. What is asked for is the last one, added up over
    the months."""
    found = ["x0 * g"]
    for i in range(1, count):
        earlier = max(0, i - 2 - 3 * i % (BACK - 2))
        turn, kind = divmod(i, len(_SHAPES))
        shape = _SHAPES[kind]
        found.append(shape.format(p=i - 1, q=earlier, a=(3 * i + turn) % INPUTS, b=(3 * i + turn + 4) % INPUTS))
    return found


def spec(count: int, months: int) -> str:
    """With one option, as a decision has to have one; it is not asked for."""
    inputs = "".join(f"assume x{i} = uniform({LOW}, {HIGH})\n" for i in range(INPUTS))
    formulas = "".join(f"let f{i} = {text}\n" for i, text in enumerate(expressions(count)))
    growth = f"let g = grow(1, {GROWTH * 100:g}%/month)\n"
    return head(months) + inputs + growth + formulas + f"let answer = total(f{count - 1})\n" + OPTION


def head(months: int) -> str:
    return f"tco 1\n\ndecision bench {{\n  currency = USD\n  start = 2026-01\n  horizon = {months} months\n}}\n\n"


OPTION = """\
workload chat {
  requests = 1M requests/month
  input_tokens = 1_000 tokens/request
  output_tokens = 200 tokens/request
  data_class = internal
}

hosted_model vendor_model {
  vendor = "API"
  input_price = 1 USD per 1M tokens
  output_price = 4 USD per 1M tokens
}

option api {
  serve chat {
    vendor_model = 100%
  }
}
"""

# As numpy, and as C


def numpy_source(count: int) -> str:
    """A module with `piece(g, x, taken)`: chunked numpy as one writes it by hand, every operation into a buffer that is
    used again. `g` has the shape (months, 1), each of the list `x` (1, futures), each of the list `taken` the shape of
    the result."""
    lines = ["import numpy as np", "", "", "def piece(g, x, taken):"]
    lines += [f"    x{i} = x[{i}]" for i in range(INPUTS)]
    lines += [f"    t{i} = taken[{i}]" for i in range(BUFFERS)]
    place = _Places()
    for i, text in enumerate(expressions(count)):
        lines += [f"    {line}" for line in place.written(i, ast.parse(text, mode="eval").body)]
    return "\n".join([*lines, f"    return {place.of[f'f{count - 1}']}.sum(axis=0)", ""])


BUFFERS = BACK + 4
_CALLS = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}


class _Places:
    """Which buffer holds which formula."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}
        self.temporaries: set[str] = set()

    def written(self, number: int, expression: ast.expr) -> list[str]:
        for gone in [name for name in self.of if int(name[1:]) < number - BACK]:
            del self.of[gone]
        lines: list[str] = []
        self.temporaries = set()
        self.of[f"f{number}"] = self._operand(expression, lines)
        return lines

    def _operand(self, expression: ast.expr, lines: list[str]) -> str:
        match expression:
            case ast.Name(id=name):
                return self.of.get(name, name)
            case ast.Constant(value=value):
                return repr(value)
            case ast.BinOp(left=left, op=operator, right=right):
                one, other = self._operand(left, lines), self._operand(right, lines)
                out = next((name for name in (one, other) if name in self.temporaries), None) or self._free()
                lines.append(f"np.{_CALLS[type(operator)]}({one}, {other}, out={out})")
                self.temporaries -= {one, other}
                self.temporaries.add(out)
                return out
            case _:
                raise TypeError(ast.dump(expression))

    def _free(self) -> str:
        taken = {*self.of.values(), *self.temporaries}
        return next(f"t{i}" for i in range(BUFFERS) if f"t{i}" not in taken)


def c_source(count: int) -> str:
    """A function `evaluate(futures, months, g, x, out)`, all formulas in one loop; `x` has a row for each input."""
    inputs = [f"const double *restrict x{i}_ = x + {i} * n;" for i in range(INPUTS)]
    body = [f"const double x{i} = x{i}_[s];" for i in range(INPUTS)]
    body += [f"const double f{i} = {text};" for i, text in enumerate(expressions(count))]
    return "\n".join(
        [
            "void evaluate(long n, long months, const double *restrict growth, const double *restrict x,",
            "              double *restrict out) {",
            *inputs,
            "for (long s = 0; s < n; s++) out[s] = 0.0;",
            "for (long first = 0; first < n; first += 512) {",
            "const long last = first + 512 < n ? first + 512 : n;",
            "for (long m = 0; m < months; m++) {",
            "const double g = growth[m];",
            "for (long s = first; s < last; s++) {",
            *body,
            f"out[s] += f{count - 1};",
            "}",
            "}",
            "}",
            "}",
            "",
        ]
    )


# As peers take it


def squiggle_source(count: int) -> str:
    """`inputs` and `growth` are lists that whoever runs it puts in front."""
    lines = [f"x{i} = SampleSet.fromList(inputs[{i}])" for i in range(INPUTS)]
    lines += ["month(g) = {"]
    lines += [f"  f{i} = {text}" for i, text in enumerate(expressions(count))]
    lines += [f"  f{count - 1}", "}", "answer = List.reduce(growth, 0, {|sum, g| sum + month(g)})"]
    return "\n".join([*lines, "mean(answer)", ""])


def python_source(count: int, arguments: str) -> str:
    """A module with `month(arguments)`: the formulas as they stand, on whatever the arguments are."""
    lines = [f"def month({arguments}):"]
    lines += [f"    f{i} = {text}" for i, text in enumerate(expressions(count))]
    return "\n".join([*lines, f"    return f{count - 1}", ""])


def read_by(expression: str) -> Iterator[str]:
    """The names in a formula, each once, in order."""
    yield from dict.fromkeys(node.id for node in ast.walk(ast.parse(expression)) if isinstance(node, ast.Name))
