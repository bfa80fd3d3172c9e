from knowledge.explaining import explain
from knowledge.matching import Candidate, parts_of_order
from knowledge.sentences import read_sentences


def test_the_reason_is_that_of_the_answer_however_the_facts_are_written(base):
    first, *_ = base.contacts("contracts_abroad", country="de", sector="c")

    shown = base.why_contact(first.id, "contracts_abroad", country="de", sector="c")
    assert shown == base.why_contact(first.id, "contracts_abroad", country="DE", sector="C")
    assert shown.rank == 1


def test_the_reason_for_a_place_is_said(base, territories):
    quimper = territories.get("commune", "29232")

    found = base.why_contact("cma-29", "website", quimper)
    assert (found.rank, found.total > 5, len(found.reasons)) == (2, True, 2)
    assert found.reasons[1].endswith("son territoire est plus proche.")
    assert base.why_contact("cma-35", "website", quimper) is None


def test_a_neighbour_withdrawn_meanwhile_is_called_by_its_id():
    first, second = (Candidate(key, f"body-{key}", "bar", (), (key, f"body-{key}")) for key in (1, 2))
    say = read_sentences("order")
    before, after = parts_of_order()

    pair = [
        each._replace(before=(0,) * len(before), after=(each.key,) * (len(after) - 1) + (each.id,))
        for each in (first, second)
    ]
    assert "body-1" in explain(pair, "body-2", {}, say).reasons[0]
