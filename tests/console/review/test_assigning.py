"""Whose review a conversation is: who may be given one, who finds it, and what is written down."""

import pytest

from console.accounts.views import Account
from console.review.bootstrap import open_review
from console.viewers import Role, Scope
from conversations.bootstrap import utc_now


@pytest.fixture
def reviewer(visitor):
    return visitor(Role.REVIEWER)


async def test_a_conversation_is_given_to_a_colleague_who_finds_it(reviewer, visitor, say, desk):
    turn, other = say(), say("autre chose encore", place=None)
    address = f"/relecture/conversations/{turn.conversation_id}/affectation"
    assert (await reviewer.post(address, data={"whose": "account-administrator"})).status_code == 303
    page = (await reviewer.get(f"/relecture/messages/{turn.id}")).text
    assert "Confiée à Camille Riou" in page
    assert "Dominique Reviewer a changé la personne qui relit : Camille Riou" in page
    for whose, there, gone in (
        ("account-administrator", turn, other),
        ("personne", other, turn),
        ("moi", None, turn),
    ):
        listed = (await reviewer.get(f"/relecture?pour={whose}")).text
        assert there is None or f"conversations/{there.conversation_id}" in listed
        assert f"conversations/{gone.conversation_id}" not in listed
    hers = (await visitor(Role.ADMINISTRATOR).get("/relecture?pour=moi")).text
    assert f"conversations/{turn.conversation_id}" in hers
    await reviewer.post(address, data={"whose": "personne"})
    assert desk.reviews.standing(turn.conversation_id).assigned_to is None
    assert "la personne qui relit : personne" in (await reviewer.get(f"/relecture/messages/{turn.id}")).text


@pytest.mark.parametrize("whose", ["account-advisor", "account-closed", "me", ""])
async def test_nobody_is_given_a_conversation_who_may_not_review_it(reviewer, say, desk, whose):
    turn = say()
    address = f"/relecture/conversations/{turn.conversation_id}/affectation"
    assert (await reviewer.post(address, data={"whose": whose})).status_code == 422
    assert desk.reviews.standing(turn.conversation_id).assigned_to is None


async def test_an_advisor_gives_no_review_to_anybody(visitor, say, desk):
    turn = say()
    address = f"/relecture/conversations/{turn.conversation_id}/affectation"
    sent = await visitor(Role.ADVISOR).post(address, data={"whose": "account-administrator"})
    assert sent.status_code == 403
    assert desk.reviews.standing(turn.conversation_id).assigned_to is None


def test_reviewers_are_open_accounts_that_review(record):
    def account(id, role, invited=False, closed=None):
        return Account(id, "a@b.example", id.upper(), role, Scope(), invited, True, utc_now(), closed)

    accounts = [
        account("r", Role.REVIEWER),
        account("a", Role.ADMINISTRATOR),
        account("advisor", Role.ADVISOR),
        account("invited", Role.REVIEWER, invited=True),
        account("closed", Role.REVIEWER, closed=utc_now()),
    ]
    desk = open_review(record, accounts=lambda: accounts)
    assert desk.reviewers() == {"r": "R", "a": "A"}
    assert len(desk.people()) == 5


async def test_the_list_is_written_down_as_one_reading(reviewer, say, desk):
    turn = say()
    await reviewer.get("/relecture?pour=personne")
    (read,) = desk.reads.of_subject("conversation", turn.conversation_id)
    assert (read.what, read.listing.asked, read.listing.shown) == ("queue", "etat=new&pour=personne", 1)
