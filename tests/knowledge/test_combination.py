import pytest

from knowledge.combination import combine, state_of
from knowledge.facts import Firm
from knowledge.presentation import FundingPresenter
from knowledge.sentences import read_sentences

HALF = {"rate_percent": 50}


def ids(found):
    return [(item.ids, item.state) for item in found]


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        ({}, {}, "unknown"),
        ({"combined_with": ["b"]}, {}, "yes"),
        ({}, {"combined_with": ["a"]}, "yes"),  # said on one side only
        ({"combined_levels": ["region"]}, {"level": "region"}, "yes"),
        ({"combined_levels": ["region"]}, {"level": "epci"}, "unknown"),
        ({"not_combined_with": ["b"]}, {}, "no"),
        ({"not_combined_levels": ["region"]}, {"level": "region"}, "no"),
        ({"combined_with": ["b"]}, {"not_combined_with": ["a"]}, "no"),  # one refusal is enough
        ({}, {"variant_of": "a"}, "no"),  # the local version stands for the regional scheme
        ({"replaced_by": "b"}, {}, "no"),
    ],
)
def test_only_what_a_source_says_counts(scheme, one, other, state):
    first, second = scheme("a", **one), scheme("b", **other)

    assert state_of(first, second) == state_of(second, first) == state


def test_sets_are_as_large_as_what_is_said_allows(scheme):
    a, b = scheme("a", combined_with=["b", "c", "d"]), scheme("b", combined_with=["c"])
    c, d = scheme("c"), scheme("d", not_combined_with=["b"])

    assert ids(combine([a, b, c, d], Firm())) == [
        (("a", "b", "c"), "yes"),
        (("a", "d"), "yes"),
        (("b", "d"), "no"),
        (("c", "d"), "unknown"),
    ]


def test_forty_schemes_that_all_go_together_are_one_set(scheme):
    many = [scheme(f"s{number}", combined_levels=["national"]) for number in range(40)]

    assert [len(found.ids) for found in combine(many, Firm())] == [40]


@pytest.mark.parametrize(
    ("ceiling", "amount", "total"),
    [
        (None, 4000, 3200),  # 4 000 × (50 % + 30 %)
        (80, 4000, 3200),  # exactly the ceiling
        (79, 4000, 3160),  # 4 000 × 79 %
        (60, 4000, 2400),  # 4 000 × 60 %
        (None, None, None),  # rates of nothing known
    ],
)
def test_public_aid_together_stays_under_its_ceiling(scheme, ceiling, amount, total):
    one = scheme("a", amounts=HALF, combined_with=["b"], public_aid_max_percent=ceiling)
    (found,) = combine([one, scheme("b", amounts={"rate_percent": 30})], Firm(amount=amount))

    assert (found.high, found.percent) == (total, ceiling)


def test_all_together_never_pay_more_than_the_expense(scheme):
    grant = scheme("a", amounts={"rate_percent": 80}, combined_with=["b", "c"])
    loan = scheme("b", types_aides=["loan"], amounts={"amount_max": 50_000}, combined_with=["c"])
    (found,) = combine([grant, loan, scheme("c", amounts=HALF)], Firm(amount=10_000))

    assert found.high == 10_000  # 8 000 + 5 000 + a loan, for an expense of 10 000


def test_a_sum_that_nobody_knows_is_not_made_up(scheme):
    (found,) = combine([scheme("a", amounts=HALF, combined_with=["b"]), scheme("b")], Firm(amount=1000))

    assert (found.state, found.low, found.high) == ("yes", None, None)


def test_the_content_says_it_on_both_sides(content):
    lonely = [
        (key, other)
        for key, given in content.schemes.items()
        for other in given.combined_with
        if key not in content.schemes[other].combined_with
    ]

    assert lonely == []


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("adie-microcredit", "Cumul possible avec\u00a0: prêts d’honneur\u202f; aides régionales."),
        ("normandie-epci-alencon-ocm", "Ne se cumule pas avec\u00a0: aides régionales."),
        (
            "hdf-pass-cyber-investissement",
            "Toutes les aides publiques réunies\u00a0: 80\u00a0% de la dépense au plus.",
        ),
        ("hdf-dacs", "Cumul avec une autre aide\u00a0: à demander au financeur."),
    ],
)
def test_an_owner_reads_what_the_record_says(content, territories, key, said):
    presenter = FundingPresenter(read_sentences("funding"), territories, str)

    assert presenter.combinations(content.schemes[key]) == [said]


@pytest.mark.parametrize(
    ("state", "values", "said"),
    [
        ("yes", {"high": 3200, "percent": 80}, "«\u00a0A\u00a0» et «\u00a0B\u00a0» peuvent se cumuler\u00a0: "
         "3\u202f200\u00a0€ au plus en tout\u202f; toutes les aides publiques réunies, "
         "80\u00a0% de la dépense au plus."),
        ("yes", {"high": None, "percent": None},
         "«\u00a0A\u00a0» et «\u00a0B\u00a0» peuvent se cumuler, sans dépasser la dépense."),
        ("no", {}, "«\u00a0A\u00a0» et «\u00a0B\u00a0» ne se cumulent pas."),
        ("unknown", {}, "«\u00a0A\u00a0» et «\u00a0B\u00a0»\u00a0: cumul à demander au financeur."),
    ],
)  # fmt: skip
def test_each_answer_has_its_sentence(state, values, said):
    say = read_sentences("funding")

    assert say.say("combinations", "together", state, titles=["A", "B"], **values) == said
