"""What can be wrong with the text of a spec: codes TCO001 to TCO025."""

from __future__ import annotations

from tcolang.base.problem import Example, Problem, Severity, spec


def _error(code: str, name: str, why: str, bad: str | Example, good: str | Example) -> Problem:
    """Where an example is a line, the edition line is added to make it a spec."""
    return Problem(code, name, Severity.ERROR, why, _example(bad), _example(good))


def _example(text: str | Example) -> Example:
    return text if isinstance(text, Example) else spec(f"tco 1\n\n{text}\n")


UNEXPECTED_TOKEN = _error(
    "TCO001",
    "unexpected-token",
    "A line has one form, which the chapter on its statement shows. What stands here fits none that begins like this.",
    "let price = 5 EUR +",
    "let price = 5 EUR + 2 EUR",
)
EDITION_LINE = _error(
    "TCO002",
    "edition-line",
    "The first statement names the edition of the language, so that a spec means the same under every later version.",
    spec("let price = 5 EUR\n"),
    "let price = 5 EUR",
)
UNKNOWN_EDITION = _error(
    "TCO003",
    "unknown-edition",
    "A spec of another edition may mean something else by the same words, so it is not read at all.",
    spec("tco 2\n\nlet price = 5 EUR\n"),
    "let price = 5 EUR",
)
COLON_FOR_EQUALS = _error(
    "TCO004",
    "colon-for-equals",
    "`=` gives a value, `:` gives a type: `price: money = 5 EUR`.",
    "let price: 5 EUR",
    "let price = 5 EUR",
)
EQUALITY_SIGN = _error(
    "TCO005",
    "equality-sign",
    "`=` gives a name its value, `==` asks whether two values are equal.",
    "let price == 5 EUR",
    "let price = 5 EUR",
)
MAGNITUDE_SUFFIX = _error(
    "TCO006",
    "magnitude-suffix",
    "A number has one of four magnitudes, glued to it: k is a thousand, M a million, B a billion, T a trillion. "
    "Others are read in several ways: m is a thousand to some and a million to others, K may be 1,024.",
    "let price = 0.2 USD per 1K tokens",
    "let price = 0.2 USD per 1k tokens",
)
GLUED_WORDS = _error(
    "TCO007",
    "glued-words",
    "Two words, or a number and a keyword, need a blank between them, or they would be one.",
    "let low = 5 EUR\nlet is_low = low < 6 EUR andlow > 1 EUR",
    "let low = 5 EUR\nlet is_low = low < 6 EUR and low > 1 EUR",
)
UNIT_OPERATOR = _error(
    "TCO008",
    "unit-operator",
    "A unit is one word after its number, in which `-` multiplies and one `/` divides. What is glued to it would "
    "belong to the unit for one reader and to the formula for another.",
    "let price = 1.50 USD/1M-tokens",
    "let price = 1.50 USD per 1M tokens",
)
INTERPOLATION = _error(
    "TCO009",
    "interpolation",
    "Braces in a text hold a formula whose value is printed; a brace that is meant as such is written twice.",
    'let price = 5 EUR\nexpect price < 6 EUR because "the price is {price"',
    'let price = 5 EUR\nexpect price < 6 EUR because "the price is {price}"',
)
UNCLOSED_BRACKET = _error(
    "TCO010",
    "unclosed-bracket",
    "Every `(`, `[` and `{` needs its counterpart before the next statement.",
    "let price = (5 EUR + 2 EUR",
    "let price = (5 EUR + 2 EUR)",
)
UNCLOSED_TEXT = _error(
    "TCO011",
    "unclosed-text",
    'A text ends on its line, with the quote it began with. One of several lines stands between `"""` and `"""`.',
    'let price = 5 EUR note "list price',
    'let price = 5 EUR note "list price"',
)
TEXT_ESCAPE = _error(
    "TCO012",
    "text-escape",
    'In a text a backslash stands only before `"`, `\\`, `n` (a new line) and `t` (a tab).',
    'let price = 5 EUR note "C:\\prices"',
    'let price = 5 EUR note "C:\\\\prices"',
)
INTERVAL_END = _error(
    "TCO013",
    "interval-end",
    "`a to b` is the range of one value, from its 5th to its 95th percentile. Its ends are numbers, so that a reader "
    "sees the range; a formula with a range in it has the range in parentheses.",
    "let price = 230k to 280k EUR * 2",
    "let price = (230k to 280k EUR) * 2",
)
EXPONENT = _error(
    "TCO014",
    "exponent",
    "The exponent of `^` is a whole number, written as such: the unit of the result depends on it.",
    "let growth = 1.2 ^ 0.5",
    "let growth = 1.2 ^ 2",
)
IMPOSSIBLE_DATE = _error(
    "TCO015",
    "impossible-date",
    "A date is YYYY-MM or YYYY-MM-DD, and exists.",
    "assume price from 2026-02-30 = 5 EUR",
    "assume price from 2026-02-28 = 5 EUR",
)
INVALID_CHARACTER = _error(
    "TCO016",
    "invalid-character",
    "Outside of texts and comments a spec has plain ASCII characters, so that nothing looks like what it is not. "
    "Characters that cannot be seen, or turn the direction of writing, are refused everywhere.",
    "let price = 5 EUR \u2212 2 EUR",
    "let price = 5 EUR - 2 EUR",
)
CURRENCY_SIGN = _error(
    "TCO017",
    "currency-sign",
    "A currency is the unit of its amount and is named by its ISO code: `$` is the dollar of twenty countries.",
    "let price = $5",
    "let price = 5 USD",
)
COLUMN_ONE = _error(
    "TCO018",
    "column-one",
    "Statements start in the first column and what belongs to them is indented, so that no error hides another.",
    "  let price = 5 EUR",
    "let price = 5 EUR",
)
EMPTY_FILE = _error(
    "TCO019",
    "empty-file",
    "A spec has at least its edition line; what it asks stands in a decision, with its workloads and options.",
    spec("# To be written.\n"),
    "let price = 5 EUR",
)
BINARY_FILE = _error(
    "TCO020",
    "binary-file",
    "A spec is a text in UTF-8. A zero byte is in no text.",
    spec("tco 1\n\nlet price = 5\0EUR\n"),
    "let price = 5 EUR",
)
NESTING_LIMIT = _error(
    "TCO021",
    "nesting-limit",
    "A formula that is nested deeply cannot be read, and costs time and memory that a stranger must not have.",
    f"let price = {'(' * 120}5 EUR{')' * 120}",
    "let price = (5 EUR)",
)
CHAIN_LIMIT = _error(
    "TCO022",
    "chain-limit",
    "A formula of more terms than the limit costs time and memory that a stranger must not have.",
    f"let one = 1\nlet sum = one{' + one' * 10_000}",
    f"let one = 1\nlet sum = one{' + one' * 20}",
)
NUMBER_LIMIT = _error(
    "TCO023",
    "number-limit",
    "A number has at most 64 characters, and an exponent of at most 300: no larger one can be computed with.",
    "let price = 1e1000000 EUR",
    "let price = 1e9 EUR",
)
STRAY_DOCUMENTATION = _error(
    "TCO024",
    "stray-documentation",
    "`##` documents the statement or member that follows it, and shows in reports. A remark that documents nothing "
    "is a `#` comment.",
    "let price = 5 EUR\n\n## The end.",
    "let price = 5 EUR\n\n# The end.",
)
DEPARTURE_INCOMPLETE = _error(
    "TCO025",
    "departure-incomplete",
    "What departs from a rule says why, who answers for it where a pack is changed, and until when, so that somebody "
    "looks again.",
    'allow TCO303 "the price is promised"\nlet price = 5 EUR',
    'allow TCO303 "the price is promised" until 2030-01-01\nlet price = 5 EUR',
)
