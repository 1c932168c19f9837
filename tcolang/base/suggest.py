"""What a misspelt word was meant to be."""

from __future__ import annotations

from collections.abc import Iterable

# Longer words are no misspelling of a name, and comparing them takes long.
_LONGEST = 64
# At this share of letters in common, a word of four letters may have one wrong.
_ALIKE = 0.7
# Names that are listed where none is like the word.
_LISTED = 12


def closest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that is most like `word`, if one is; a difference in case counts as very close."""
    if len(word) > _LONGEST:
        return None
    by_folded: dict[str, str] = {}
    for candidate in sorted(set(candidates), reverse=True):
        by_folded[candidate.casefold()] = candidate
    folded = word.casefold()
    if folded in by_folded:
        return by_folded[folded]
    from difflib import get_close_matches

    matches = get_close_matches(folded, sorted(by_folded), n=1, cutoff=_ALIKE)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """A question for the `help` of a finding, or ''."""
    match = closest(word, candidates)
    return f"did you mean `{match}`?" if match is not None else ""


def there_is_no(what: str, word: str, candidates: Iterable[str]) -> str:
    """A sentence for a name that is not known, with what is meant, or else the names there are."""
    names = list(dict.fromkeys(candidates))
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    listed = f"there are: {', '.join(names[:_LISTED])}{more}" if names else "there is none"
    return f"there is no {what} `{word}`; {did_you_mean(word, names) or listed}"
