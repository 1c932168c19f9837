"""The best assignment of workloads to ten deployments, with its proof: `optimal WORKLOADS`.

Five pools of rented nodes, of which whole ones are paid and one is a spare, and five vendors, each with other prices.
"""

from __future__ import annotations

import sys
from typing import Any

from tests.benchmarks.timing import serve

GAP = 1e-3
"""How far from the best a solution may be that counts as solved."""


def spec(workloads: int) -> str:
    parts = ["tco 1\n", "decision bench {\n  currency = USD\n  start = 2026-01\n  horizon = 6 months\n}\n"]
    for i in range(5):
        parts.append(
            f"cloud_node node{i} {{\n  gpus = 8 GPU\n  price = {3 + i * 1.37:.2f} USD/hour\n"
            f"  custody = cloud_tenant\n}}\n\n"
            f"rented_pool pool{i} {{\n  node = node{i}\n  prefill = {15 + 9 * i}k tokens/second\n"
            f"  decode = {2 + i}k tokens/second\n  spare = {i % 2}\n}}\n"
        )
        parts.append(
            f'hosted_model api{i} {{\n  vendor = "v{i}"\n  input_price = {0.2 + i * 0.31:.2f} USD per 1M tokens\n'
            f"  output_price = {7 - i * 1.1:.2f} USD per 1M tokens\n}}\n"
        )
    for w in range(workloads):
        parts.append(
            f"workload w{w} {{\n  requests = {10 + w * 7919 % 3990}k requests/month\n"
            f"  input_tokens = {200 + w * 104729 % 3800} tokens/request\n"
            f"  output_tokens = {50 + w * 1299709 % 850} tokens/request\n  data_class = internal\n}}\n"
        )
    ways = "".join(f"    {name}{i} = optimal()\n" for name in ("pool", "api") for i in range(5))
    parts.append("option best {\n" + "".join(f"  serve w{w} {{\n{ways}  }}\n" for w in range(workloads)) + "}\n")
    return "\n".join(parts)


def main(workloads: int) -> None:
    from tcolang.engine.optimal import optimise
    from tcolang.engine.settings import Settings
    from tests.benchmarks.workers.checked import WIDE, model_of

    model = model_of(spec(workloads))

    def task() -> dict[str, Any]:
        (found,) = optimise(model, Settings(samples=100, limits=WIDE), {}).found
        gap = (found.cost - found.bound) / found.cost
        return {"method": found.method, "gap": gap, "solved": found.proven and gap <= GAP}

    serve({"nodes": len(model.nodes)}, task)


if __name__ == "__main__":
    main(int(sys.argv[1]))
