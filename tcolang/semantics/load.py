"""From a path to the parsed files of a project: the spec, what it imports, the standard kinds it uses, its packs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal, TypeAlias

from tcolang.base.diagnostics import Diagnostic, Label, Outcome
from tcolang.base.limits import Limits
from tcolang.base.record import field, record
from tcolang.base.source import SourceFile, Span
from tcolang.base.suggest import did_you_mean
from tcolang.base.world import Unread, World, rules_directory, standard_directory
from tcolang.semantics.parsed import project_module, shared_index, shared_module, shared_statements
from tcolang.semantics.problems import modules as problems
from tcolang.semantics.problems import names as name_problems
from tcolang.syntax import items, nodes
from tcolang.syntax.parse import Statement

Origin = Literal["main", "import", "std", "pack"]
DEFAULT_PACK = "self_host_or_api"
RESERVED_STEMS = ("std", "fx", "decision", "serve", "staff", "assigned", "bridge", "load", "carried", "peak")
"""Values of an imported file are called after it, and these words come first in the names of other values, or second
in those of an option."""

Place: TypeAlias = tuple[SourceFile, Statement]


@record
class Loaded:
    """A parsed file. `imports` maps aliases to stems; `std` stands for all standard files at once."""

    stem: str
    origin: Origin
    module: items.Module
    imports: Mapping[str, str] = field(default_factory=dict)


@record
class Project:
    """The spec first. `standard_names` lists all standard kinds, also those that are not used."""

    files: tuple[Loaded, ...]
    standard_names: frozenset[str]

    @property
    def main(self) -> Loaded:
        return self.files[0]


def load(world: World, file: SourceFile) -> Outcome[Project]:
    """Reads and parses all that `file` needs. A file that cannot be had is a finding where it is asked for."""
    loading = _Loading(world)
    main = loading.module(file, file.path, "main")
    loading.follow_imports(main)
    loading.packs(main)
    library = _library(world.limits)
    for file_, statements in tuple(library.used_by(loading.files)):
        loading.standard(file_, statements)
    return Outcome(Project(tuple(loading.files), library.kinds), tuple(loading.findings))


class _Loading:
    """The state of one load: files so far, by path, and what was found wrong."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.findings: list[Diagnostic] = []
        self.files: list[Loaded] = []
        self.by_path: dict[str, Loaded] = {}
        self.stems: dict[str, items.Import | None] = {}
        self.edges: dict[str, list[tuple[str, items.Import]]] = {}

    def module(self, file: SourceFile, path: str, origin: Origin) -> Loaded:
        if origin == "pack":
            outcome = shared_module(file, self.world.limits)
        else:
            outcome = project_module(self.world, file, shared=origin == "import")
        self.findings += outcome.diagnostics
        imports = {
            item.alias.text: _stem(item.path.names) for item in outcome.value.items if isinstance(item, items.Import)
        }
        loaded = Loaded(_stem_of(path), origin, outcome.value, imports)
        self.files.append(loaded)
        self.by_path[path] = loaded
        self.stems.setdefault(loaded.stem, None)
        return loaded

    def follow_imports(self, main: Loaded) -> None:
        """Breadth first in order of writing, without recursion; cycles are reported once each."""
        self._follow(main, main.module.file.path)
        for cycle in self._cycles():
            self.findings.append(_cycle_finding(cycle))

    def _follow(self, main: Loaded, main_path: str) -> None:
        queue = [(main, main_path, 0)]
        for loaded, path, depth in queue:
            for item in loaded.module.items:
                if not isinstance(item, items.Import) or item.path.names[0] == "std":
                    continue
                target = "/".join(item.path.names) + ".tco"
                self.edges.setdefault(path, []).append((target, item))
                if target in self.by_path:
                    continue
                imported = self._import(item, target, depth + 1)
                if imported:
                    queue.append((imported, target, depth + 1))

    def _import(self, item: items.Import, target: str, depth: int) -> Loaded | None:
        limits = self.world.limits
        if depth > limits.import_depth or len(self.files) > limits.imported_files:
            what = f"{limits.import_depth} deep" if depth > limits.import_depth else f"{limits.imported_files} files"
            self.findings.append(
                Diagnostic(
                    problems.TOO_MANY_IMPORTS,
                    f"imports go beyond the limit of {what}",
                    item.path.span,
                    help="import the file that declares what is needed itself, not one that imports it",
                )
            )
            return None
        stem = item.path.names[-1]
        if stem in RESERVED_STEMS:
            self.findings.append(_reserved(stem, item.path.span))
            return None
        if stem in self.stems:
            self.findings.append(_same_stem(item.path.span, stem, self.stems[stem]))
            return None
        reading = self.world.read(target)
        if isinstance(reading, Unread):
            self.findings.append(
                Diagnostic(
                    problems.IMPORT_NOT_FOUND,
                    f"cannot import `{item.path.text}`: {reading.sentence}",
                    item.path.span,
                    help=f"paths start at the project's folder: this asks for `{target}`",
                )
            )
            return None
        self.stems[stem] = item
        return self.module(SourceFile(target, reading), target, "import")

    def _cycles(self) -> list[list[tuple[str, items.Import]]]:
        from tcolang.base.cycles import one_cycle, strong_components

        graph = {path: [target for target, _ in edges] for path, edges in self.edges.items()}
        cycles = []
        for component in strong_components(graph):
            if len(component) > 1 or component[0] in graph[component[0]]:
                path = one_cycle(component, graph)
                cycles.append([self._edge(a, b) for a, b in zip(path, path[1:] + path[:1], strict=True)])
        return cycles

    def _edge(self, path: str, target: str) -> tuple[str, items.Import]:
        return next((path, item) for aim, item in self.edges[path] if aim == target)

    def packs(self, main: Loaded) -> None:
        """Those that are used, or that a pack builds on; the default where none is named and there is something to
        decide."""
        uses = [item.path for item in main.module.items if isinstance(item, items.Use)]
        uses += _extended(main)
        decides = any(isinstance(item, items.Block) and item.kind.text == "decision" for item in main.module.items)
        wanted = [(path.text, path.span) for path in uses]
        if not wanted and decides:
            wanted = [(DEFAULT_PACK, main.module.items[0].span)]
        seen: set[str] = set()
        for name, span in wanted:
            if name in seen:
                continue
            seen.add(name)
            pack = self._pack(name, span)
            if pack:
                wanted += [(path.text, path.span) for path in _extended(pack)]

    def standard(self, file: SourceFile, statements: tuple[Statement, ...]) -> None:
        """Some statements of a standard file."""
        outcome = shared_statements(file, statements, self.world.limits)
        self.findings += outcome.diagnostics
        self.files.append(Loaded(_stem_of(file.path), "std", outcome.value))

    def _pack(self, name: str, span: Span) -> Loaded | None:
        path = name.replace(".", "/") + ".tco"
        shipped = _shipped_pack(path, self.world.limits)
        reading = shipped.text if shipped is not None else self.world.read(path)
        if isinstance(reading, Unread):
            names = sorted(p.stem for p in rules_directory().glob("*.tco"))
            self.findings.append(
                Diagnostic(
                    problems.PACK_NOT_FOUND,
                    f"there is no rule pack `{name}`",
                    span,
                    help=did_you_mean(name, names) or f"packs that ship with tcolang: {', '.join(names)}",
                )
            )
            return None
        shown = shipped.path if shipped is not None else path
        stem = _stem_of(shown)
        if stem in RESERVED_STEMS:
            self.findings.append(_reserved(stem, span))
            return None
        if stem in self.stems:
            self.findings.append(_same_stem(span, stem, self.stems[stem]))
            return None
        return self.module(shipped or SourceFile(shown, reading), shown, "pack")


@record
class _Library:
    """The standard files, of which only the statements that a project mentions are parsed. `statements` are by name,
    `kinds` the names of all kinds."""

    sources: tuple[SourceFile, ...]
    statements: Mapping[str, tuple[Place, ...]]
    kinds: frozenset[str]

    def used_by(self, files: list[Loaded]) -> Iterator[tuple[SourceFile, tuple[Statement, ...]]]:
        """Every kind that a block or a reference names, and every other statement whose name is a word somewhere in
        what is used so far; a few too many do no harm."""
        queue = [("kind", name) for name in ("decision", "option", "workload")] + [("", "custody"), ("", "fx")]
        for loaded in files:
            queue += _mentioned(loaded.module.file.text)
        wanted: dict[str, set[Statement]] = {file.path: set() for file in self.sources}
        seen: set[tuple[str, str]] = set()
        for sort, word in queue:
            if word not in self.statements or (sort, word) in seen:
                continue
            seen.add((sort, word))
            for file, statement in self.statements[word]:
                if (statement.word == "kind") == (sort == "kind") and statement not in wanted[file.path]:
                    wanted[file.path].add(statement)
                    queue += _mentioned_in(file, statement)
        for file in self.sources:
            if wanted[file.path]:
                yield file, tuple(sorted(wanted[file.path], key=lambda s: s.start))


@lru_cache(maxsize=4)
def _library(limits: Limits) -> _Library:
    shipped = World(standard_directory(), limits)
    texts = {path.name: shipped.read(path.name) for path in sorted(standard_directory().glob("*.tco"))}
    sources = tuple(
        SourceFile(f"std/{name}", text, shipped=True) for name, text in texts.items() if isinstance(text, str)
    )
    statements: dict[str, tuple[Place, ...]] = {}
    for file in sources:
        for one in shared_index(file):
            name = one.name if one.word != "fx" else "fx"
            if name:
                statements[name] = (*statements.get(name, ()), (file, one))
    kinds = frozenset(name for name, places in statements.items() for _, s in places if s.word == "kind")
    return _Library(sources, statements, kinds)


@lru_cache(maxsize=1024)
def _mentioned_in(file: SourceFile, statement: Statement) -> list[tuple[str, str]]:
    return _mentioned(file.text[statement.start : statement.end])


@lru_cache(maxsize=64)
def _shipped_pack(path: str, limits: Limits) -> SourceFile | None:
    text = World(rules_directory(), limits).read(path)
    return SourceFile(f"rules/{path}", text, shipped=True) if isinstance(text, str) else None


def _mentioned(text: str) -> list[tuple[str, str]]:
    """`("kind", name)` where a block begins or a reference is typed, `("", word)` for every word; comments, texts and
    documentation mention nothing."""
    bare = _TOLD.sub(" ", text)
    kinds = dict.fromkeys(_KIND.findall(bare))
    words = dict.fromkeys(re.findall(r"[A-Za-z_]\w*", bare))
    return [("kind", name) for pair in kinds for name in pair if name] + [("", word) for word in words]


# A text that is not closed ends all the same: to look for its end from each quote in it takes the square of its length.
_TOLD = re.compile(r'"""(?:[^"\\]|\\[\s\S]|"(?!""))*+(?:"""|\\?\Z)|"(?:\\.|[^"\\\n])*+"?|#[^\n]*')
_KIND = re.compile(r"(?m)^([A-Za-z_]\w*)[ \t]+[A-Za-z_]|:[ \t]*an?[ \t]+([A-Za-z_]\w*)")


def _extended(pack: Loaded) -> list[nodes.Path]:
    """The packs on which it builds."""
    return [item.extends for item in pack.module.items if isinstance(item, items.Pack) and item.extends]


def _stem(names: tuple[str, ...]) -> str:
    return "std" if names[0] == "std" else names[-1]


def _stem_of(path: str) -> str:
    return path.rsplit("/", 1)[-1].removesuffix(".tco")


def _reserved(stem: str, span: Span) -> Diagnostic:
    return Diagnostic(
        name_problems.RESERVED,
        f"a file of a program cannot be called `{stem}.tco`",
        span,
        help="rename it: values of an imported file are called after it, and these words mean something else there",
    )


def _same_stem(span: Span, stem: str, first: items.Import | None) -> Diagnostic:
    labels = (Label(first.path.span, "imported here first"),) if first else ()
    return Diagnostic(
        problems.SAME_STEM,
        f"two files of this program are called `{stem}.tco`",
        span,
        labels=labels,
        help="rename one of them: draws and report entries are named after the file",
    )


def _cycle_finding(edges: list[tuple[str, items.Import]]) -> Diagnostic:
    names = [path for path, _ in edges]
    first = edges[0][1]
    labels = tuple(Label(item.path.span, f"{path} imports {item.path.text}") for path, item in edges[1:])
    return Diagnostic(
        problems.IMPORT_CYCLE,
        "files import each other in a circle: " + " → ".join([*names, names[0]]),
        first.path.span,
        labels=labels,
        help="move what they share into a file that imports none of them",
    )
