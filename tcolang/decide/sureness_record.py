"""How sure a decision is, as a JSON document: part of the trace and of the report for programs.

Numbers have 9 significant digits and are in canonical units; null is unknown.
"""

from __future__ import annotations

from typing import Any

from tcolang.decide.allocation import Part
from tcolang.decide.portfolio import Portfolio
from tcolang.decide.sureness import Flip, Sureness
from tcolang.units.quantity import exact9

Object = dict[str, Any]


def sureness_record(sure: Sureness) -> Object:
    """Ready for `json.dumps`."""
    return {
        "too_close": sure.close,
        "flips": [_flip(flip) for flip in sure.flips],
        "pair": _flip(sure.pair) if sure.pair is not None else None,
        "unflipped": [
            {"input": each.key, "from": exact9(each.low), "to": exact9(each.high)} for each in sure.unflipped
        ],
        "not_moved": sure.left_out,
        "worth_of_knowing_all": exact9(sure.all_known),
        "inputs": [
            {"input": known.key, "worth_of_knowing": exact9(known.worth), "importance": exact9(known.share)}
            for known in sure.known
        ],
        "founded": {grade or "none": exact9(share) for grade, share in sure.founded.items()},
    }


def portfolio_record(portfolio: Portfolio) -> Object:
    """Ready for `json.dumps`."""
    saved = portfolio.saved
    parts = {part.workload: part for part in portfolio.parts}
    return {
        "saved_by_sharing": exact9(saved) if saved is not None else None,
        "shared": {category: exact9(amount) for category, amount in portfolio.shared()},
        "workloads": [
            {
                "workload": each.workload,
                "alone": each.option,
                "known": each.known,
                "costs_alone": {name: exact9(cost) for name, cost in each.costs.items()},
                "borne": _borne(parts[each.workload]) if each.workload in parts else None,
            }
            for each in portfolio.alone
        ],
    }


def _borne(part: Part) -> Object:
    return {
        "alone": exact9(part.alone),
        "incremental": exact9(part.incremental),
        "peak": exact9(part.peak),
        "allocated": exact9(part.allocated),
    }


def _flip(flip: Flip) -> Object:
    moved = zip(flip.keys, flip.stated, flip.factors, strict=True)
    return {
        "inputs": [
            {"input": key, "stated": exact9(stated), "at": exact9(stated * factor), "factor": exact9(factor)}
            for key, stated, factor in moved
        ],
        "instead": flip.instead,
        "judged_again": flip.judged,
    }
