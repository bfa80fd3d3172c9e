"""What holds for every scheme, every firm and every amount; hypothesis looks for a counterexample."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.combination import combine
from knowledge.eligibility import Finding, judge, verdict_of
from knowledge.estimates import estimate
from knowledge.facts import Firm
from knowledge.rules import legal_forms
from knowledge.schema import Amounts, Scheme

# Time is not what is tested here, and other tests want the machine too.
many = settings(max_examples=60, deadline=None)
LABELS = {"commerce": ["45", "46", "47"], "commerce de gros": ["46"], "artisanat": []}
WORDS = st.lists(st.sampled_from(list(LABELS)), unique=True)
FORMS = st.lists(
    st.sampled_from(["SCI", "entreprise individuelle", "micro-entrepreneur", "franchise", "SAS"])
)
EUROS = st.integers(0, 60_000)
PERCENT = st.integers(1, 100)


def maybe(strategy):
    return st.none() | strategy


FIRMS = st.builds(
    Firm,
    sector=maybe(st.sampled_from(["43", "46", "47", "G", "F"])),
    headcount=maybe(st.integers(0, 6000)),
    amount=maybe(EUROS),
    turnover=maybe(st.sampled_from([0, 1_000_000, 2_000_001, 50_000_001, 1_500_000_001])),
    balance_sheet=maybe(st.sampled_from([0, 2_000_001, 43_000_001, 2_000_000_001])),
    age_years=maybe(st.sampled_from([0, 0.5, 1, 3, 10])),
    legal_form=maybe(st.sampled_from(legal_forms().codes)),
)
TIERS = st.just([]) | st.just(
    [
        {"headcount_max": 9, "rate_percent": 80, "amount_max": 3200},
        {"headcount_min": 10, "headcount_max": 19, "rate_percent": 50, "amount_max": 2000},
    ]
)
SLICES = st.just([]) | st.just([{"up_to": 500, "rate_percent": 100}, {"rate_percent": 50}])


@st.composite
def amounts(draw):
    """Figures as an editor writes them: floor ≤ cap, smallest expense ≤ largest, lowest rate ≤ highest."""
    floor, cap = sorted((draw(EUROS), draw(EUROS)))
    least, most = sorted((draw(EUROS), draw(EUROS)))
    low, high = sorted((draw(PERCENT), draw(PERCENT)))
    drawn = {
        "amount_min": floor, "amount_max": cap, "expense_min": least, "expense_max": most,
        "rate_percent": high, "rate_min_percent": low, "expense_step": draw(st.sampled_from([100, 300])),
        "tiers": draw(TIERS), "slices": draw(SLICES), "rate_varies": draw(st.booleans()),
    }  # fmt: skip
    kept = draw(st.sets(st.sampled_from(sorted(drawn))))
    if kept & {"rate_min_percent", "slices", "rate_varies"}:
        kept |= {"rate_percent"}
    return {key: drawn[key] for key in kept}


@st.composite
def schemes(draw, key="aid"):
    limits = st.integers(0, 5001)
    return Scheme(
        id=key, titre=key, promesse="Demandez une aide", description="Aide.",
        types_aides=[draw(st.sampled_from(["grant", "loan", "training", "guarantee"]))],
        porteurs=[{"nom": "Région", "roles": ["financeur"]}], cibles=["professionnels"],
        eligibilite_geographique=["PAYS-99100"], date_mise_a_jour="2026-11-22", needs=["website"],
        level="national", status="open", confidence="secondary",
        eligibilite_effectif_minimal=draw(maybe(limits)), eligibilite_effectif_maximal=draw(maybe(limits)),
        eligibilite_categorie_taille_entreprise=draw(
            st.sampled_from([[], ["MIC"], ["PME"], ["MIC", "PME"], ["PME", "ETI"], ["ETI"], ["GE"]])
        ),
        turnover_max=draw(maybe(st.sampled_from([1_000_000, 50_000_000]))),
        eligibilite_annees_existence_minimal=draw(maybe(st.sampled_from([0.5, 3]))),
        age_max_years=draw(maybe(st.sampled_from([1, 5]))),
        eligibilite_forme_juridique=draw(FORMS), eligibilite_forme_juridique_exclusions=draw(FORMS),
        ciblage_secteur_activite=draw(WORDS), sector_exclusions=draw(WORDS), amounts=draw(amounts()),
    )  # fmt: skip


@many
@given(schemes(), FIRMS, st.sampled_from([field.name for field in fields(Firm)]))
def test_a_fact_that_is_added_never_turns_a_no_into_a_yes(scheme, firm, name):
    before = judge(scheme, replace(firm, **{name: None}), LABELS)

    if before.eligible == "no":
        assert judge(scheme, firm, LABELS).eligible != "yes"


@many
@given(schemes(), FIRMS)
def test_only_a_yes_leaves_nothing_to_ask_and_only_an_unknown_asks(scheme, firm):
    verdict = judge(scheme, firm, LABELS)
    known = {
        name for name in ("headcount", "sector", "amount", "turnover") if getattr(firm, name) is not None
    }

    assert (verdict.missing == []) or verdict.eligible == "unknown"
    assert known.isdisjoint(verdict.missing)  # what was said is not asked again


@many
@given(st.lists(st.sampled_from(["met", "open", "broken", "partial"])), st.randoms())
def test_the_order_of_what_is_found_changes_nothing(states, random):
    found = [Finding(state, f"code{place}") for place, state in enumerate(states)]
    mixed = random.sample(found, len(found))

    assert verdict_of(mixed).eligible == verdict_of(found).eligible


@many
@given(schemes(), FIRMS)
def test_an_estimate_stays_between_its_floor_and_its_cap(scheme, firm):
    found, given_ = estimate(scheme, firm), scheme.amounts
    if found is None:
        return
    caps = [given_.amount_max or 0, *(tier.amount_max for tier in given_.tiers)]
    if found.low is not None and found.high is not None:
        assert found.low <= found.high
    if found.high is not None and given_.amount_max is not None:
        assert found.high <= max(caps)
    floor = given_.amount_min or 0
    counts = given_.expense_max is None or given_.expense_max >= floor  # a grant never exceeds the expense
    if (
        found.low is not None and counts and not given_.tiers
    ):  # a tier's cap may stand below the general floor
        assert found.low >= floor


@many
@given(schemes(), FIRMS, EUROS, EUROS)
def test_more_expense_never_gives_less(scheme, firm, one, other):
    small, large = (estimate(scheme, replace(firm, amount=amount)) for amount in sorted((one, other)))

    if small is not None and small.high is not None:
        assert large is not None
        assert large.high >= small.high
        assert (large.low or 0) >= (small.low or 0)


@pytest.mark.parametrize("name", ["headcount", "turnover", "age_years", "legal_form", "sector", "amount"])
@many
@given(scheme=schemes(), firm=FIRMS)
def test_forgetting_a_fact_never_makes_a_verdict_firmer(name, scheme, firm):
    known = judge(scheme, firm, LABELS).eligible
    forgotten = judge(scheme, replace(firm, **{name: None}), LABELS).eligible

    assert not (known == "unknown" and forgotten == "no")


@many
@given(st.tuples(schemes("a"), schemes("b"), schemes("c")), st.tuples(PERCENT, PERCENT, PERCENT), EUROS)
def test_together_they_never_pay_more_than_the_expense(three, rates, expense):
    linked = [
        scheme.copy(update={"combined_with": ["a", "b", "c"], "amounts": Amounts(rate_percent=rate)})
        for scheme, rate in zip(three, rates, strict=True)
    ]

    for found in combine(linked, Firm(amount=expense)):
        if found.high is not None:
            assert found.low <= found.high <= expense
