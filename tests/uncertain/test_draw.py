"""Draws: stratified, keyed by name, correlated by rank."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import blake2b

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tcolang.uncertain.correlation import Correlation
from tcolang.uncertain.distribution import Distribution, certain, mean
from tcolang.uncertain.draw import BATCHES, Draws, correlated_uniforms, draws, uniforms
from tcolang.uncertain.summary import batch_slices


def spearman(x: Draws, y: Draws) -> float:
    ranks = [np.argsort(np.argsort(column)).astype(float) for column in (x, y)]
    return float(np.corrcoef(np.array(ranks))[0, 1])


@given(st.integers(1, 700), st.integers(1, 30), st.text(max_size=10))
def test_each_stratum_of_each_batch_is_hit_once(samples: int, batches: int, key: str) -> None:
    u = uniforms([key], samples, seed=1, edition=1, batches=batches)[key]
    assert u.shape == (samples,)
    assert ((u > 0.0) & (u < 1.0)).all()
    for piece in batch_slices(samples, batches):
        size = piece.stop - piece.start
        assert np.floor(np.sort(u[piece]) * size).tolist() == list(range(size))


def test_places_in_a_stratum_are_random() -> None:
    u = uniforms(["a"], 10_000, seed=1, edition=1)["a"]
    places = u * 500.0 % 1.0
    assert places.mean() == pytest.approx(0.5, abs=0.02)
    assert places.var() == pytest.approx(1.0 / 12.0, abs=0.005)


def test_draws_are_those_of_the_published_generator() -> None:
    """Philox 4×64-10, worked out here from its definition; one sample shows its first word."""
    key = int.from_bytes(blake2b(b"1:7:a.b", digest_size=16, person=b"tcolang draws").digest(), "little")
    word = philox((1, 0, 0, 0), (key % 2**64, key >> 64))[0]
    u = uniforms(["a.b"], samples=1, seed=7, edition=1)["a.b"]
    assert u.tolist() == [((word >> 12) + 0.5) * 2.0**-52]


def philox(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    a, b, c, d = counter
    k, m = key
    for _ in range(10):
        left, right = 0xD2E7470EE14C6C93 * a, 0xCA5A826395121157 * c
        a, b, c, d = (right >> 64) ^ b ^ k, right % 2**64, (left >> 64) ^ d ^ m, left % 2**64
        k, m = (k + 0x9E3779B97F4A7C15) % 2**64, (m + 0xBB67AE8584CAA73B) % 2**64
    return a, b, c, d


def test_other_inputs_and_their_order_move_nothing() -> None:
    alone = uniforms(["b"], 1000, seed=1, edition=1)["b"]
    among = uniforms(["c", "b", "a"], 1000, seed=1, edition=1)
    assert list(among) == ["c", "b", "a"]
    assert among["b"].tolist() == alone.tolist()


def test_seed_edition_and_key_each_give_another_stream() -> None:
    streams = [
        uniforms([key], 50, seed, edition)[key].tobytes()
        for key, seed, edition in [("a", 1, 1), ("a", 2, 1), ("a", 1, 2), ("b", 1, 1), ("1:a", 1, 1), ("a", 11, 1)]
    ]
    assert len(set(streams)) == len(streams)


def test_batches_and_keys_are_independent() -> None:
    u = uniforms(["a", "b"], 20_000, seed=3, edition=1)
    assert abs(np.corrcoef(u["a"], u["b"])[0, 1]) < 0.03
    rows = u["a"].reshape(BATCHES, 1000)
    between = np.asarray(np.corrcoef(rows))[np.triu_indices(BATCHES, 1)]
    assert np.abs(between).max() < 0.15  # 190 pairs with a standard deviation of 0.032
    assert float(np.sqrt((between**2).mean())) == pytest.approx(1.0 / np.sqrt(1000.0), rel=0.2)


def test_stratified_means_scatter_less_than_plain_ones() -> None:
    distribution = Distribution("lognormal", (("p5", 1.0), ("p95", 4.0)))
    errors, plain = [], []
    for seed in range(40):
        x = draws([("x", distribution)], [], 1000, seed, 1)["x"]
        errors.append(float(x.mean()) - mean(distribution))
        plain.append(float(x.std()) / np.sqrt(1000.0))
    assert float(np.sqrt(np.mean(np.square(errors)))) < 0.35 * float(np.mean(plain))


CORRELATIONS: list[Correlation] = [("m", "b", 0.6), ("b", "z", -0.4), ("m", "z", 0.2)]
KEYS = ["z", "free", "m", "b"]


def test_rank_correlations_are_met() -> None:
    u = correlated_uniforms(KEYS, CORRELATIONS, 10_000, seed=1, edition=1)
    for a, b, rho in CORRELATIONS:
        assert spearman(u[a], u[b]) == pytest.approx(rho, abs=0.01)
    assert abs(spearman(u["free"], u["m"])) < 0.03


@pytest.mark.parametrize("rho", [-1.0, -0.9, -0.3, 0.0, 0.5, 0.99, 1.0])
@pytest.mark.parametrize("samples", [2_000, 10_000])
def test_every_strength_is_met(rho: float, samples: int) -> None:
    u = correlated_uniforms(["a", "b"], [("a", "b", rho)], samples, seed=5, edition=1)
    assert spearman(u["a"], u["b"]) == pytest.approx(rho, abs=0.02 if samples == 2_000 else 0.008)


@pytest.mark.parametrize("samples", [40, 100, 300])
def test_few_samples_keep_their_correlation(samples: int) -> None:
    met = []
    for seed in range(30):
        u = correlated_uniforms(["a", "b"], [("a", "b", 0.6)], samples, seed, 1)
        met.append(spearman(u["a"], u["b"]))
    assert np.mean(met) == pytest.approx(0.6, abs=0.03)


def test_correlation_changes_the_order_within_batches_only() -> None:
    before = uniforms(KEYS, 10_000, seed=1, edition=1)
    after = correlated_uniforms(KEYS, CORRELATIONS, 10_000, seed=1, edition=1)
    for key in KEYS:
        for piece in batch_slices(10_000, BATCHES):
            assert np.sort(after[key][piece]).tolist() == np.sort(before[key][piece]).tolist()
    assert after["b"].tolist() == before["b"].tolist()  # the first of its group
    assert after["free"].tolist() == before["free"].tolist()
    assert after["m"].tolist() != before["m"].tolist()


def test_batches_stay_independent_under_correlation() -> None:
    u = correlated_uniforms(["a", "b"], [("a", "b", 0.8)], 20_000, seed=3, edition=1)
    for x, y in (("b", "b"), ("a", "b")):
        matrix = np.corrcoef(u[x].reshape(BATCHES, 1000), u[y].reshape(BATCHES, 1000))[:BATCHES, BATCHES:]
        between = matrix[~np.eye(BATCHES, dtype=bool)]
        assert float(np.sqrt((between**2).mean())) == pytest.approx(1.0 / np.sqrt(1000.0), rel=0.2)


def test_correlated_draws_do_not_depend_on_what_else_is_asked() -> None:
    everything = correlated_uniforms(KEYS, CORRELATIONS, 1000, seed=1, edition=1)
    others: list[Correlation] = [("q", "r", 0.5), *((b, a, rho) for a, b, rho in reversed(CORRELATIONS))]
    for key in KEYS:
        alone = correlated_uniforms([key], others, 1000, seed=1, edition=1)
        assert list(alone) == [key]
        assert alone[key].tolist() == everything[key].tolist()


@pytest.mark.parametrize("samples", [1, 2, 3, 19, 21])
def test_any_number_of_samples_works_with_correlation(samples: int) -> None:
    many: list[Correlation] = [("a", key, 0.3) for key in "bcdef"]
    u = correlated_uniforms(list("abcdef"), many, samples, seed=1, edition=1)
    plain = uniforms(list("abcdef"), samples, seed=1, edition=1)
    assert {key: sorted(u[key].tolist()) for key in u} == {key: sorted(plain[key].tolist()) for key in plain}


def test_impossible_correlations_never_pass() -> None:
    with pytest.raises(ValueError, match="impossible"):
        correlated_uniforms(["a", "b", "c"], [("a", "b", 0.9), ("b", "c", 0.9)], 100, seed=1, edition=1)


def test_draws_apply_each_distribution_to_its_stream() -> None:
    between = Distribution("uniform", (("low", 10.0), ("high", 20.0)))
    found = draws([("x", between), ("one", certain(3.0))], [], 500, seed=1, edition=1)
    assert found["x"] == pytest.approx(10.0 + 10.0 * uniforms(["x"], 500, 1, 1)["x"], rel=1e-15)
    assert set(found["one"].tolist()) == {3.0}


def test_the_hash_seed_moves_no_byte() -> None:
    program = (
        "from hashlib import sha256\n"
        "from tcolang.uncertain.draw import correlated_uniforms\n"
        "c = [('m', 'b', 0.6), ('b', 'z', -0.4), ('q', 'r', 0.5)]\n"
        "u = correlated_uniforms(['z', 'free', 'm', 'b'], c, 2000, 1, 1)\n"
        "print([(k, sha256(v.tobytes()).hexdigest()) for k, v in u.items()])\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert "free" in outputs.pop()
