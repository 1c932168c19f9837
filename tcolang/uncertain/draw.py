"""The futures: one number per uncertain value and sample.

Every key has a random stream of its own, so no other value, and no order, moves its numbers. Only the raw bits of
Philox are used: its output is fixed by its definition, while what a library makes of the bits may change. (Salmon,
Moraes, Dror and Shaw, Parallel Random Numbers: As Easy as 1, 2, 3, SC 2011.)
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from tcolang.uncertain.correlation import Correlation, correlated_groups, factor, normal_scores
from tcolang.uncertain.distribution import Distribution, quantile
from tcolang.uncertain.standard_normal import inverse_normal
from tcolang.uncertain.summary import batch_slices

Draws = NDArray[np.float64]

BATCHES = 20

_REMEMBERED = 10_000
"""Streams of so many draws at most are remembered: 256 of them take 20 MB."""

_SMALLEST_REORDERED = 25
"""In batches below this size a reordering misses the correlation by more than sampling does."""


def draws(
    inputs: Sequence[tuple[str, Distribution]],
    correlations: Sequence[Correlation],
    samples: int,
    seed: int,
    edition: int,
    batches: int = BATCHES,
) -> dict[str, Draws]:
    """One value per sample of each input, shape (samples,), by key in the order of the inputs."""
    uniform = correlated_uniforms([key for key, _ in inputs], correlations, samples, seed, edition, batches)
    return {key: quantile(np, uniform[key], distribution) for key, distribution in inputs}


def correlated_uniforms(
    keys: Sequence[str],
    correlations: Sequence[Correlation],
    samples: int,
    seed: int,
    edition: int,
    batches: int = BATCHES,
) -> dict[str, Draws]:
    """As `uniforms`, with the order of the draws changed so that they have the stated rank correlations.

    Within each batch, so that batches stay independent and each keeps its numbers (where batches are tiny: over all
    samples). The first key of a group keeps its order; keys that nothing is correlated with are as `uniforms` gives
    them. `correlations` have passed `correlation_mistake`; those of keys that are not asked for count all the same.
    """
    wanted = uniforms(keys, samples, seed, edition, batches)
    scores = normal_scores(correlations)
    pieces = batch_slices(samples, batches)
    if samples < _SMALLEST_REORDERED * len(pieces):
        pieces = (slice(0, samples),)
    for group in correlated_groups(correlations):
        if not wanted.keys().isdisjoint(group):
            ordered = _correlate(uniforms(group, samples, seed, edition, batches), group, scores, pieces)
            wanted.update((key, ordered[key]) for key in group if key in wanted)
    return wanted


def uniforms(
    requests: Sequence[str], samples: int, seed: int, edition: int, batches: int = BATCHES
) -> dict[str, Draws]:
    """For each key, numbers strictly inside 0–1 of shape (samples,): a Latin hypercube in each of the batches.

    So in a batch of n, each n-th part of 0–1 is hit once, in random order. (McKay, Beckman and Conover, A Comparison of
    Three Methods for Selecting Values of Input Variables, Technometrics 21 (1979), 239–245.)
    """
    draw = _remembered if samples <= _REMEMBERED else _draw
    return {key: draw(key, samples, seed, edition, batches) for key in requests}


def _draw(key: str, samples: int, seed: int, edition: int, batches: int) -> Draws:
    return _stratified(_words(key, 2 * samples, seed, edition), batch_slices(samples, batches))


@lru_cache(maxsize=256)
def _remembered(key: str, samples: int, seed: int, edition: int, batches: int) -> Draws:
    """A report asks for the same numbers several times: for each scenario, and for what would change it."""
    made = _draw(key, samples, seed, edition, batches)
    made.flags.writeable = False
    return made


def _words(key: str, count: int, seed: int, edition: int) -> NDArray[np.uint64]:
    """The first 64-bit words of the key's stream."""
    name = f"{edition}:{seed}:{key}".encode()
    stream = int.from_bytes(blake2b(name, digest_size=16, person=b"tcolang draws").digest(), "little")
    words: NDArray[np.uint64] = np.random.Philox(key=stream).random_raw(count)
    return words


def _stratified(words: NDArray[np.uint64], pieces: Sequence[slice]) -> Draws:
    """The first half of the words places a draw inside its stratum, the second gives the order of the strata."""
    samples = words.size // 2
    inside, order = words[:samples], words[samples:]
    result = np.empty(samples)
    for piece in pieces:
        size = piece.stop - piece.start
        # As many bits as leave the sum of stratum and place exact, so that none reaches the next stratum, 0 or 1.
        bits = 52 - (size - 1).bit_length()
        place = ((inside[piece] >> np.uint64(64 - bits)).astype(np.float64) + 0.5) * 2.0**-bits
        result[piece] = (np.argsort(order[piece], kind="stable") + place) / size
    return result


def _correlate(
    independent: Mapping[str, Draws],
    group: Sequence[str],
    scores: Mapping[frozenset[str], float],
    pieces: Sequence[slice],
) -> dict[str, Draws]:
    """Iman and Conover, A Distribution-Free Approach to Inducing Rank Correlation Among Input Variables,
    Communications in Statistics B 11 (1982), 311–334."""
    triangle = factor(group, scores)
    if isinstance(triangle, int):
        raise ValueError(f"the correlations of {', '.join(group)} are impossible")
    result = {key: independent[key].copy() for key in group}
    for piece in pieces:
        columns = _orthonormal([inverse_normal(np, independent[key][piece]) for key in group])
        for key, row in zip(group[1:], triangle[1:], strict=True):
            target = row[0] * columns[0]
            for weight, column in zip(row[1:], columns[1:], strict=False):
                target += weight * column
            result[key][piece] = _in_the_order_of(target, independent[key][piece])
    return result


def _orthonormal(columns: Sequence[Draws]) -> list[Draws]:
    """The columns without the correlation that they have by chance (Gram and Schmidt), each of length 1.

    Sums of products rather than matrix products, whose last bits depend on the machine and its threads. A column that
    is nearly a combination of those before it, as in very small samples, stays as it is.
    """
    result: list[Draws] = []
    for column in columns:
        centred = column - column.mean()
        rest = centred
        for earlier in result:
            rest = rest - (rest * earlier).sum() * earlier
        kept = rest if _length(rest) > 0.1 * _length(centred) else centred
        result.append(kept / (_length(kept) or 1.0))
    return result


def _length(column: Draws) -> float:
    return math.sqrt(float((column * column).sum()))


def _in_the_order_of(target: Draws, values: Draws) -> Draws:
    """The values, so that the i-th smallest stands where the i-th smallest of the target is."""
    result = np.empty_like(values)
    result[np.argsort(target, kind="stable")] = np.sort(values)
    return result
