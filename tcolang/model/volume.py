"""What a workload's requests come to before the volume multiplies them, where one follows from another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tcolang.base.record import replace
from tcolang.model.drafts import Drafts
from tcolang.semantics.terms import Apply, Dated, Listing, NodeValue, Term

AS_STATED = "@stated"


def as_stated(drafts: Drafts, scaled: Sequence[str]) -> None:
    """`search.requests = chat.requests * 10%` is a tenth of what chat states: multiplied once, not with chat again.

    The values between them are entered once more, as they would be if nothing were multiplied.
    """
    roots = [key for key in scaled if key in drafts.made]
    between = _reaching(roots, drafts)
    if not any(key in between and _reads_any(drafts.made[key].term, between) for key in roots):
        return
    copied = {key for key in between if key not in roots or _is_read(key, between, drafts)}
    for key in copied:
        draft = drafts.made[key]
        drafts.made[f"{key}{AS_STATED}"] = replace(draft, key=f"{key}{AS_STATED}", term=_renamed(draft.term, copied))
    for key in roots:
        draft = drafts.made[key]
        drafts.made[key] = replace(draft, term=_renamed(draft.term, copied))


def read(term: Term) -> Iterator[str]:
    """The keys of the nodes that a term reads, in order of writing, without recursion."""
    stack = [term]
    while stack:
        part = stack.pop()
        match part:
            case NodeValue(key):
                yield key
            case Apply(_, arguments):
                stack += reversed(arguments)
            case Dated(segments):
                stack += [inner for _, inner in reversed(segments)]
            case Listing(items):
                stack += reversed(items)


def _reaching(roots: Sequence[str], drafts: Drafts) -> set[str]:
    """The roots, and what they rest on that rests on a root itself."""
    above = _closure(roots, {key: list(read(draft.term)) for key, draft in drafts.made.items()})
    readers: dict[str, list[str]] = {}
    for key in above:
        for parent in read(drafts.made[key].term) if key in drafts.made else ():
            readers.setdefault(parent, []).append(key)
    return _closure(roots, readers) & above


def _closure(roots: Sequence[str], edges: dict[str, list[str]]) -> set[str]:
    found = set(roots)
    waiting = list(roots)
    while waiting:
        for key in edges.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def _reads_any(term: Term, keys: set[str]) -> bool:
    return any(key in keys for key in read(term))


def _is_read(key: str, keys: set[str], drafts: Drafts) -> bool:
    return any(key in read(drafts.made[other].term) for other in keys if other in drafts.made)


def _renamed(term: Term, copied: set[str]) -> Term:
    """Depth is bounded by the parser's limit on nesting."""
    match term:
        case NodeValue(key) if key in copied:
            return replace(term, key=f"{key}{AS_STATED}")
        case Apply(_, arguments):
            return replace(term, arguments=tuple(_renamed(argument, copied) for argument in arguments))
        case Dated(segments):
            return replace(term, segments=tuple((since, _renamed(part, copied)) for since, part in segments))
        case _:
            return term
