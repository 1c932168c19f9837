"""Findings about files that a program is made of."""

from __future__ import annotations

from tcolang.base.problem import Problem, Severity
from tcolang.semantics.problems.examples import added, changed, imports, plain

ERROR = Severity.ERROR

IMPORT_NOT_FOUND = Problem(
    "TCO121",
    "import-not-found",
    ERROR,
    "An import names a file of the project, from the project's folder, with dots for slashes and without `.tco`. "
    "Files outside of the project are never read.",
    bad=changed("tco 1", imports("prices")),
    good=changed("tco 1", imports("prices"), "", ("prices.tco", "tco 1\n\nlet discount = 10%\n")),
)
IMPORT_CYCLE = Problem(
    "TCO122",
    "import-cycle",
    ERROR,
    "Files that import each other in a circle have no order in which they could be read.",
    bad=changed(
        "tco 1",
        imports("a"),
        "",
        ("a.tco", "tco 1\n\nimport b as b\n\nlet x = 1\n"),
        ("b.tco", "tco 1\n\nimport a as a\n\nlet y = 2\n"),
    ),
    good=changed(
        "tco 1",
        imports("a"),
        "",
        ("a.tco", "tco 1\n\nimport b as b\n\nlet x = b.y\n"),
        ("b.tco", "tco 1\n\nlet y = 2\n"),
    ),
)
SAME_STEM = Problem(
    "TCO123",
    "same-file-name",
    ERROR,
    "Values of an imported file, and their random draws, are named after the file, so file names must differ.",
    bad=changed(
        "tco 1",
        "tco 1\n\nimport eu.prices as eu\nimport us.prices as us",
        "",
        ("eu/prices.tco", "tco 1\n\nlet x = 1\n"),
        ("us/prices.tco", "tco 1\n\nlet x = 2\n"),
    ),
    good=changed(
        "tco 1",
        "tco 1\n\nimport eu.prices_eu as eu\nimport us.prices_us as us",
        "",
        ("eu/prices_eu.tco", "tco 1\n\nlet x = 1\n"),
        ("us/prices_us.tco", "tco 1\n\nlet x = 2\n"),
    ),
)
_DEEP = tuple((f"m{i}.tco", f"tco 1\n\nimport m{i + 1} as next\n") for i in range(40))
TOO_MANY_IMPORTS = Problem(
    "TCO124",
    "too-many-imports",
    ERROR,
    "A program may have 1,000 files, and imports may be 32 deep: a spec from a stranger costs bounded time.",
    bad=changed("tco 1", imports("m0"), "", *_DEEP, ("m40.tco", "tco 1\n")),
    good=changed("tco 1", imports("m0"), "", *_DEEP[:5], ("m5.tco", "tco 1\n\nlet x = 1\n")),
)
PACK_NOT_FOUND = Problem(
    "TCO125",
    "pack-not-found",
    ERROR,
    "`use` names a rule pack that ships with tcolang, or one in the project's folder.",
    bad=added("use self_host_or_apy\n"),
    good=plain(),
)
