"""What an option serves, reaches, pays and publishes: every number is worked out by hand."""

from __future__ import annotations

import pytest

from tcolang.engine.evaluate import evaluate
from tcolang.engine.settings import Settings
from tests.projects import added, changed, codes, model_of, months, number, only, values_of

POOLS = """\
workload search "Search" {
  requests = 3_000 requests/month
  input_tokens = 10 tokens/request
  output_tokens = 20 tokens/request
  peak_to_average = 2
}

## Whole machines for the peak, and a fee for each request.
kind pool : deployment {
  custody: custody = own_site
  vendor?: text
  availability?: share
  rate: request/month
  machine: EUR/month
  fee: EUR/request = 0 EUR/request
  let busy = served.peak(requests / rate)
  let size = ceil(busy)
  let capacity = size
  let handled = served.sum(requests)
  cost machines as compute = size * machine
  cost fees as inference = handled * fee
}

pool ours {
  rate = 1_000 requests/month
  machine = 10 EUR/month
}

pool theirs {
  custody = managed_endpoint
  vendor = "V"
  rate = 1_000 requests/month
  machine = 0 EUR/month
  fee = 0.01 EUR/request
}
"""


def _option(body: str, name: str = "two") -> str:
    return added(POOLS, f"option {name} {{\n{body}\n}}\n").replace(
        "option own {\n  serve chat {\n    box = 100%\n  }\n}\n", ""
    )


# Routing


def test_shares_and_the_rest() -> None:
    text = _option("  serve chat {\n    ours = 20%\n    box = 30%\n    theirs = rest\n  }")
    assert number("two.ours.handled", text) == pytest.approx(200)
    assert number("two.theirs.handled", text) == pytest.approx(500)
    assert number("two.theirs.fees@nominal", text) == pytest.approx(12 * 5)
    assert number("two.serve.chat.theirs", text) == pytest.approx(0.5)


def test_a_share_that_changes_and_the_rest_with_it() -> None:
    shares = "    ours from 2025-12 = 0%\n    ours from 2026-04 = 50%\n    ours from 2026-10 = 100%\n    theirs = rest"
    text = _option(f"  serve chat {{\n{shares}\n  }}")
    assert months("two.ours.handled", text) == [0, 0, 0, *[500] * 6, *[1000] * 3]
    assert months("two.theirs.handled", text) == [1000, 1000, 1000, *[500] * 6, *[0] * 3]


def test_an_uncertain_share_and_the_rest_add_up_in_every_future() -> None:
    text = _option("  serve chat {\n    ours = 20% to 60%\n    theirs = rest\n  }")
    values = values_of(["two.serve.chat.ours", "two.serve.chat.theirs"], text)
    ours, theirs = values.values()
    assert (ours + theirs == 1).all()


def test_the_rest_of_everything_is_nothing_and_reaches_nothing() -> None:
    text = _option("  serve chat {\n    ours = 100%\n    theirs = rest\n  }")
    model = model_of(text)
    assert [route.deployment for route in model.options[0].routes] == ["ours"]
    assert {line.component for line in model.options[0].lines} == {"ours"}
    assert model.options[0].family == "self_host"


@pytest.mark.parametrize(
    ("routes", "code"),
    [
        ("ours = 90%", "TCO401"),
        ("ours = 60%\n    theirs = 60%", "TCO401"),
        ("", "TCO401"),
        ("ours = 50%\n    theirs = 20% to 80%", "TCO401"),
        ("ours from 2025-12 = 50%\n    ours from 2026-03 = 100%", "TCO401"),
        ("ours = rest\n    theirs = rest", "TCO402"),
        ("ours = 50%\n    ours = 50%", "TCO107"),
        ("ours {\n      share = 50%\n    }\n    ours = 50%", "TCO404"),
        ("ours {\n      share = 50%\n    }\n    ours {\n      share = 50%\n    }", "TCO404"),
        ("ours = rest\n    ours = 50%", "TCO107"),
        ("ours = 130%", "TCO220"),
        ("ours = 5 EUR", "TCO204"),
        ("nothing = 100%", "TCO101"),
        ("chat = 100%", "TCO106"),
        ("two = 100%", "TCO106"),
        ("ours = 100%\n    let x = 3", "TCO119"),
        ("ours {\n      share = 100%\n      size = 3\n    }", "TCO119"),
        ("ours {\n      share = 100%\n      colour = 3\n    }", "TCO103"),
    ],
)
def test_routes_that_do_not_add_up(routes: str, code: str) -> None:
    assert codes(_option(f"  serve chat {{\n    {routes}\n  }}")) == [code]


def test_a_route_has_attributes_of_its_own() -> None:
    route = "ours {\n      share = 40%\n      rate = 500 requests/month\n    }\n    theirs = rest"
    text = _option(f"  serve chat {{\n    {route}\n  }}\n  serve search {{\n    ours = 100%\n  }}")
    # 400 requests at 500 a machine, 3 times that at the peak; 3,000 at 1,000, twice that at the peak.
    assert number("two.ours.busy", text) == pytest.approx(3 * 400 / 500 + 2 * 3000 / 1000)


def test_a_workload_is_served_in_one_place_of_an_option() -> None:
    body = "  serve chat {\n    ours = 100%\n  }\n  serve chat {\n    theirs = 100%\n  }"
    finding = only(_option(body))
    assert finding.problem.code == "TCO404" and len(finding.labels) == 1
    assert codes(_option("  serve ours {\n    ours = 100%\n  }")) == ["TCO106"]
    assert codes(_option("  serve chat by size {\n    ours = 100%\n  }")) == ["TCO405"]


# Sizing


BOTH = "  serve chat {\n    ours = 100%\n  }\n  serve search {\n    ours = 100%\n  }"


def test_two_workloads_that_share_a_pool_are_sized_for_their_sum() -> None:
    text = _option(BOTH)
    # 1,000 requests, 3 times at the peak, and 3,000, twice at the peak: without profiles the peaks may meet.
    assert number("two.ours.busy", text) == 3 + 6
    assert number("two.ours.machines@nominal", text) == 12 * 9 * 10
    alone = _option("  serve chat {\n    ours = 100%\n  }")
    assert number("two.ours.busy", alone) == 3


def _profile(hours: dict[int, int], otherwise: int = 0) -> str:
    return "[" + ", ".join(str(hours.get(hour, otherwise)) for hour in range(168)) + "]"


def test_with_profiles_the_peak_is_that_of_the_summed_curves() -> None:
    day, night = _profile({10: 84, 11: 84}), _profile({22: 84, 23: 84})
    text = _option(BOTH).replace(
        "  requests = 1_000 requests/month", f"  profile = {day}\n  requests = 1_000 requests/month"
    )
    # One without a profile: its peak may be at any hour. The profile's peak is 84 times its mean.
    assert number("two.ours.busy", text) == pytest.approx(3 + 6), "a profile counts where every stream has one"
    both = text.replace("  requests = 3_000", f"  profile = {night}\n  requests = 3_000")
    assert number("two.ours.busy", both) == pytest.approx(max(1 * 84, 3 * 84)), "they never meet"
    meeting = text.replace("  requests = 3_000", f"  profile = {day}\n  requests = 3_000")
    assert number("two.ours.busy", meeting) == pytest.approx((1 + 3) * 84)
    scaled = both.replace("84", "7")
    assert number("two.ours.busy", scaled) == pytest.approx(number("two.ours.busy", both)), "only the form counts"


def test_what_is_not_served_needs_nothing() -> None:
    text = _option("  serve chat {\n    theirs = 100%\n  }\n  uses = [ours]")
    assert number("two.ours.size", text) == 0
    assert number("two.ours.machines@nominal", text) == 0


# Going live


def test_before_go_live_the_bridge_serves_and_is_paid() -> None:
    body = "  serve chat {\n    ours = 100%\n  }\n  lead_time = 2.5 months\n  bridge = theirs"
    text = _option(body)
    assert months("two.live", text) == [0, 0, 0, *[1] * 9], "live when two and a half months have passed"
    assert months("two.ours.handled", text) == [0, 0, 0, *[1000] * 9]
    assert months("two.theirs.handled", text) == [1000, 1000, 1000, *[0] * 9]
    assert number("two.theirs.fees@nominal", text) == pytest.approx(3 * 10)
    assert number("two.ours.machines@nominal", text) == 9 * 30
    assert number("two.requests", text) == 1000
    assert number("two.unserved", text) == 0


def test_without_a_bridge_nobody_serves_and_the_share_is_published() -> None:
    text = _option("  serve chat {\n    ours = 100%\n  }\n  lead_time = 3 months\n  bridge = none")
    assert number("two.unserved", text) == pytest.approx(0.25)
    assert months("two.requests", text) == [0, 0, 0, *[1000] * 9]
    assert codes(text) == []
    silent = text.replace("  bridge = none\n", "")
    assert codes(silent) == ["TCO423"]


def test_the_share_that_is_unserved_weighs_months_by_their_requests() -> None:
    text = _option("  serve chat {\n    ours = 100%\n  }\n  lead_time = 3 months\n  bridge = none").replace(
        "  requests = 1_000 requests/month", "  requests = grow(1_000 requests/month, 10%/month)"
    )
    weights = [1.1**month for month in range(12)]
    assert number("two.unserved", text) == pytest.approx(sum(weights[:3]) / sum(weights))


def test_a_bridge_and_uses_name_components() -> None:
    body = "  serve chat {{\n    ours = 100%\n  }}\n  lead_time = 2 months\n  {}"
    assert codes(_option(body.format("bridge = chat"))) == ["TCO106"]
    assert codes(_option(body.format("bridge = 3"))) == ["TCO106"]
    assert codes(_option(body.format("bridge = theirs\n  bridge = none"))) == ["TCO107"]
    assert codes(_option(body.format("bridge = theirs\n  uses = [3]"))) == ["TCO106"]
    assert codes(_option(body.format("bridge = theirs\n  uses = [nothing]"))) == ["TCO101"]
    assert codes(_option(body.format("bridge = theirs\n  uses = theirs"))) == []


# What is reached is paid once


def test_every_component_is_paid_once_by_whatever_way_it_is_reached() -> None:
    hall = "kind hall {\n  rent: EUR/month = 7 EUR/month\n  cost space as hosting = rent\n}\n\nhall h {\n}\n"
    housed = (
        "kind housed : deployment {\n  hall: a hall\n  custody: custody = own_site\n"
        "}\n\nhoused a {\n  hall = h\n}\n\nhoused b {\n  hall = h\n}\n"
    )
    option = (
        "option all {\n  serve chat {\n    a = 50%\n    b = 50%\n  }\n  uses = [h, h, a]\n"
        "  lead_time = 1 month\n  bridge = b\n}\n"
    )
    text = added(hall, housed, option)
    model = model_of(text)
    lines = next(o for o in model.options if o.name == "all").lines
    assert [line.key for line in lines] == ["all.h.space"]
    assert number("all.tco_nominal", text) == 12 * 7


def test_a_role_that_is_used_but_not_assigned_costs_nothing() -> None:
    role = (
        "kind crew : staffing {\n  wage: EUR/month-FTE\n  cost pay as people = assigned.fte * wage\n"
        "}\n\ncrew c {\n  wage = 5 EUR/month-FTE\n}\n"
    )
    assert number("two.c.pay@nominal", _option("  serve chat {\n    ours = 100%\n  }\n  uses = [c]") + role) == 0
    assigned = _option("  serve chat {\n    ours = 100%\n  }\n  uses = [c]\n  staff {\n    c = 2 FTE\n  }") + role
    assert number("two.c.pay@nominal", assigned) == 12 * 10


def test_staff_is_stated_once_a_role_and_may_change() -> None:
    role = (
        "kind crew : staffing {\n  wage: EUR/month-FTE\n  cost pay as people = assigned.fte * wage\n"
        "}\n\ncrew c {\n  wage = 5 EUR/month-FTE\n}\n"
    )
    body = "  serve chat {{\n    ours = 100%\n  }}\n  staff {{\n    {}\n  }}"

    def with_staff(lines: str) -> str:
        return _option(body.format(lines)) + role

    text = with_staff("c from 2025-12 = 1 FTE\n    c from 2026-07 = 3 FTE")
    assert months("two.staff.c", text) == [*[1] * 6, *[3] * 6]
    assert number("two.c.pay@nominal", text) == 6 * 5 + 6 * 15
    assert codes(with_staff("c = 1 FTE\n    c = 2 FTE")) == ["TCO107"]
    assert codes(with_staff("c = 1 FTE\n  }\n  staff {\n    c = 2 FTE")) == ["TCO107"]
    assert codes(with_staff("c = 1")) == ["TCO204"]
    assert codes(with_staff("ours = 1 FTE")) == ["TCO106"]
    assert codes(with_staff("let x = 1 FTE")) == ["TCO119"]


def test_a_line_that_is_left_out_is_in_no_total_and_its_cost_is_known() -> None:
    body = (
        "  serve chat {\n    ours = 100%\n  }\n  cost tea as other = 5 EUR/month\n"
        '  without ours.machines because "paid by others"'
    )
    text = _option(body)
    model = model_of(text)
    (left,) = model.options[0].left_out
    assert (left.component, left.name, left.because) == ("ours", "machines", "paid by others")
    assert number(left.tco, text) == 12 * 30
    assert number("two.tco_nominal", text) == 12 * 5
    own = _option(body.replace("ours.machines", "tea"))
    assert number("two.tco_nominal", own) == 12 * 30
    assert "other" not in model_of(own).options[0].categories


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('without ours.hosting because "x"', "TCO406"),
        ('without nothing because "x"', "TCO406"),
        ('without theirs.fees because "x"', "TCO406"),
        ('without nothing.fees because "x"', "TCO101"),
        ('without ours.machines because "x"\n  without ours.machines because "y"', "TCO107"),
        ('without ours.machines because "it costs {ours.machine}"', "TCO119"),
    ],
)
def test_what_is_left_out_would_have_been_paid(line: str, code: str) -> None:
    assert codes(_option(f"  serve chat {{\n    ours = 100%\n  }}\n  {line}")) == [code]


def test_options_that_leave_out_different_costs_are_compared_with_a_warning() -> None:
    one = '  serve chat {\n    ours = 100%\n  }\n  without ours.machines because "x"'
    other = "option three {\n  serve chat {\n    ours = 100%\n  }\n}\n"
    assert codes(_option(one) + other) == ["TCO422"]
    assert codes(_option(one)) == []


def test_options_that_serve_different_workloads_are_compared_with_a_warning() -> None:
    finding = only(_option("  serve chat {\n    ours = 100%\n  }") + f"option three {{\n{BOTH}\n}}\n")
    assert finding.problem.code == "TCO421" and "`search`" in finding.message


# Lines and totals


def test_a_purchase_with_resale_in_the_middle_of_a_sum() -> None:
    line = (
        "  cost mix as hardware = 5 EUR/month + 2 * capex(1, 120 EUR, life = 6 months, resale = 24 EUR) - 1 EUR/month"
    )
    text = changed(
        ("horizon = 12 months", "horizon = 9 months"), ("    box = 100%\n  }\n", f"    box = 100%\n  }}\n{line}\n")
    )
    # Bought at 0 and at 6; sold at 6; at the horizon the second is sold too.
    cash = [4 + 240, *[4] * 5, 4 + 240 - 48, 4, 4]
    assert months("own.mix", text) == pytest.approx(cash)
    assert number("own.mix@horizon", text) == pytest.approx(-48)
    assert number("own.mix@nominal", text) == pytest.approx(sum(cash) - 48)
    assert months("own.mix@charge", text) == pytest.approx([4 + 2 * (120 - 24) / 6] * 9)
    assert number("own.tco_nominal", text) == pytest.approx(9 * 100 + sum(cash) - 48)
    discounted = text.replace("  horizon", "  discount_rate = 12%/year\n  horizon")
    expected = sum(c / 1.12 ** (k / 12) for k, c in enumerate(cash)) - 48 / 1.12 ** (9 / 12)
    assert number("own.mix@tco", discounted) == pytest.approx(expected)


def test_parts_add_up_to_the_total() -> None:
    text = _option(BOTH + "\n  cost tea as other = 5 EUR/month\n  cost start as one_off = once(70 EUR, at = 2026-03)")
    model = model_of(text)
    for total, part in (("two.tco", "tco"), ("two.tco_nominal", "nominal")):
        assert number(total, text) == pytest.approx(
            sum(number(getattr(line, part), text) for line in model.options[0].lines)
        )
    assert sum(months("two.monthly", text)) == pytest.approx(number("two.tco_nominal", text))


def test_payments_outside_of_the_horizon_are_in_no_total() -> None:
    line = "    box = 100%\n  }}\n  cost late as one_off = once(70 EUR, at = {})\n"
    for date, code in (("2025-12", "TCO424"), ("2027-01", "TCO424"), ("2026-01", None), ("2026-12-31", None)):
        assert codes(changed(("    box = 100%\n  }\n", line.format(date)))) == ([code] if code else []), date


def test_published_results() -> None:
    text = _option("  serve chat {\n    ours = 25%\n    theirs = rest\n  }\n  serve search {\n    theirs = 100%\n  }")
    assert number("two.requests", text) == 4_000
    assert number("two.tokens", text) == 1_000 * 150 + 3_000 * 30
    # 250 requests, three times at the peak, take one machine; 3,750 requests cost a cent each.
    assert number("two.monthly", text) == pytest.approx(10 + 37.5)
    named = text.replace("  machine = 10", '  vendor = "U"\n  machine = 10')
    assert number("two.vendor_share", named) == pytest.approx(37.5 / 47.5)
    # 0.75 of 1 here, 2.25 + 6 of 9 there.
    assert number("two.relative_utilisation", text) == pytest.approx((0.75 + 2.25 + 6) / (1 + 9))


def test_the_share_of_the_largest_vendor() -> None:
    second = (
        'pool others {\n  vendor = "W"\n  rate = 1_000 requests/month\n  machine = 0 EUR/month\n'
        "  fee = 0.02 EUR/request\n}\n"
    )
    third = second.replace("others", "more").replace('"W"', '"V"')
    body = "  serve chat {\n    theirs = 50%\n    others = 30%\n    more = 20%\n  }"
    text = _option(body) + second + third
    paid = {"V": 500 * 0.01 + 200 * 0.02, "W": 300 * 0.02}
    assert number("two.vendor_share", text) == pytest.approx(max(paid.values()) / sum(paid.values()))
    assert number("own.vendor_share", added()) == 0, "a kind without vendors pays none"


def test_the_share_of_a_vendor_whom_nobody_names_is_unknown() -> None:
    for body in ("    ours = 100%", "    ours = 10%\n    theirs = rest"):
        model = model_of(_option(f"  serve chat {{\n{body}\n  }}"))
        assert model.unknown["two.vendor_share"] == ("ours.vendor",)


CONTRACT = """
hosted_model large {
  vendor = "V"
  input_price = 1 EUR per 100 tokens
  output_price = 0 EUR per 100 tokens
}

vendor_contract deal {
  first = large
  discount = 40%
}
"""


def test_what_a_contract_takes_off_is_taken_off_its_vendor() -> None:
    # 1,000 requests of 100 tokens cost 1,000 EUR a month, less 40%; beside them 150 EUR for something else.
    body = "  serve chat {\n    large = 100%\n  }\n  uses = [deal]\n  cost tea as other = 150 EUR/month"
    assert number("two.vendor_share", _option(body) + CONTRACT) == pytest.approx(600 / 750)


def test_an_availability_that_nobody_states_is_unknown() -> None:
    body = "  serve chat {\n    ours = 50%\n    theirs = rest\n  }"
    assert "two.availability" in model_of(_option(body)).unknown
    stated = _option(body).replace("  machine = 10", "  availability = 99%\n  machine = 10")
    assert "two.availability" in model_of(stated).unknown, "one of them is still unknown"
    both = stated.replace("  machine = 0 EUR", "  availability = 95%\n  machine = 0 EUR")
    assert number("two.availability", both) == 0.95
    assert "availability" not in model_of(added()).options[0].results, "a kind without the name says nothing"


def test_who_carries_the_pager() -> None:
    crew = "role a {\n  salary = 12 EUR/year-FTE\n}\n\nrole b {\n  salary = 12 EUR/year-FTE\n  on_call = false\n}\n"
    body = "  serve chat {\n    ours = 100%\n  }\n  staff {\n    a = 1.5 FTE\n    b = 2 FTE\n  }"
    assert number("two.on_call", _option(body) + crew) == 1.5
    assert number("two.on_call", _option(body + "\n  on_call = 4 FTE") + crew) == 4
    assert "two.on_call" in model_of(_option("  serve chat {\n    ours = 100%\n  }")).unknown


# Where data goes


@pytest.mark.parametrize(
    ("custody", "family"),
    [
        ("own_site", "self_host"),
        ("colocation", "self_host"),
        ("vendor_on_premises", "self_host"),
        ("cloud_tenant", "self_host"),
        ("managed_endpoint", "api"),
        ("marketplace", "api"),
    ],
)
def test_the_family_follows_from_the_custody(custody: str, family: str) -> None:
    text = changed(("custody: custody = managed_endpoint", f"custody: custody = {custody}"))
    (option,) = model_of(text).options
    assert option.family == family
    assert option.farthest == {"chat": custody}


def test_a_mix_is_a_hybrid_and_the_farthest_place_is_that_of_each_workload() -> None:
    text = _option("  serve chat {\n    ours = 99%\n    theirs = rest\n  }\n  serve search {\n    ours = 100%\n  }")
    (option,) = model_of(text).options
    assert option.family == "hybrid"
    assert option.farthest == {"chat": "managed_endpoint", "search": "own_site"}
    whole = _option("  serve chat {\n    ours = 100%\n    theirs = rest\n  }")
    assert model_of(whole).options[0].farthest == {"chat": "own_site"}


def test_the_farthest_place_counts_the_bridge_and_the_family_does_not() -> None:
    text = _option("  serve chat {\n    ours = 100%\n  }\n  lead_time = 2 months\n  bridge = theirs")
    (option,) = model_of(text).options
    assert option.family == "self_host"
    assert option.farthest == {"chat": "managed_endpoint"}


@pytest.mark.parametrize(
    ("routes", "family", "missing"),
    [
        ("nowhere = 100%", None, ("nowhere.custody",)),
        ("nowhere = 50%\n    ours = rest", None, ("nowhere.custody",)),
        ("nowhere = 50%\n    theirs = rest", None, ("nowhere.custody",)),
        ("nowhere = 50%\n    ours = 20%\n    theirs = rest", "hybrid", ()),
    ],
)
def test_without_a_custody_the_family_is_not_known(routes: str, family: str | None, missing: tuple[str, ...]) -> None:
    kind = "kind vague : deployment {\n  custody?: custody\n}\n\nvague nowhere {\n}\n"
    lets = "let own = if two.family == self_host then 1 else 0\n"
    model = model_of(_option(f"  serve chat {{\n    {routes}\n  }}") + kind + lets)
    option = model.options[0]
    assert (option.family, option.familyless) == (family, missing)
    assert model.unknown.get("own", ()) == missing


def test_a_bridge_of_unknown_custody_leaves_the_family_known() -> None:
    kind = "kind vague : deployment {\n  custody?: custody\n}\n\nvague nowhere {\n}\n"
    text = _option("  serve chat {\n    ours = 100%\n  }\n  lead_time = 2 months\n  bridge = nowhere") + kind
    (option,) = model_of(text).options
    assert (option.family, option.farthest) == ("self_host", {})


def test_results_about_places_and_categories_are_certain_facts() -> None:
    body = "  serve chat {\n    ours = 100%\n  }\n  serve search {\n    theirs = 100%\n  }"
    lets = (
        "let near = if two.farthest(chat) <= own_site then 1 else 0\n"
        "let far = if two.farthest(search) > cloud_tenant then 1 else 0\n"
        "let pays = if two.covers(compute) and not two.covers(people) then 1 else 0\n"
        "let mixed = if two.family == hybrid then 1 else 0\n"
    )
    values = values_of(["near", "far", "pays", "mixed"], _option(body) + lets)
    assert all(v.shape == (1, 1) and v[0, 0] == 1 for v in values.values())


# Volume


def test_the_volume_multiplies_the_requests_of_every_workload_once() -> None:
    text = (
        _option(BOTH).replace("  requests = 3_000 requests/month", "  requests = all_of_it * 10% + 5 requests/month")
        + "let all_of_it = chat.requests + chat.requests\n"
    )
    model = model_of(text)
    for scale in (1.0, 2.0, 10.0, 0.0):
        settings = Settings(samples=1, scale=(scale,))
        found = evaluate(model, settings, ["chat.requests", "search.requests", "all_of_it"]).value
        assert found is not None
        values = {key: float(v[0, 0]) for key, v in found.values.items()}
        assert values["chat.requests"] == pytest.approx(1000 * scale)
        assert values["search.requests"] == pytest.approx((200 + 5) * scale), "as it is stated, and then so much of it"
        assert values["all_of_it"] == pytest.approx(2000 * scale)


def test_a_value_that_is_called_volume_is_not_that_of_the_model() -> None:
    text = changed(("1_000 requests/month", "volume"), more="assume volume = 700 requests/month\n")
    assert number("own.requests", text) == 700
    assert number("volume", text) == 700
    assert model_of(text).volume == "(volume)"
