"""Who there is, and every change of what somebody may do."""

import pytest
from sqlalchemy import select

from console.accounts.bootstrap import open_accounts
from console.accounts.errors import AddressInvalid, AddressTaken, LastAdministrator, LinkSpent, UnknownAccount
from console.accounts.links import INVITATION, RESET
from console.accounts.models import AccountRow, AuditRow, LinkRow
from console.viewers import Role, Scope
from tests.console.accounts.conftest import CHOICES, PASSWORD

FINISTERE = Scope(frozenset({"cci-29"}), frozenset({"29"}), frozenset({"53"}))


@pytest.fixture
def desk(both, clock, quick):
    return open_accounts(both, clock, CHOICES, quick)


def audit(engine):
    with engine.connect() as connection:
        order = AuditRow.__table__.c.id
        return [
            (row.what, row.actor_id) for row in connection.execute(select(AuditRow.__table__).order_by(order))
        ]


def test_an_address_has_one_account(desk):
    desk.register.create("Anne@Example.org", "Anne", Role.ADVISOR, FINISTERE)
    with pytest.raises(AddressTaken):
        desk.register.create("anne@example.ORG", "Another", Role.ADVISOR)
    assert desk.register.find("ANNE@example.org").scope == FINISTERE


@pytest.mark.parametrize("text", ["", "anne", "anne@", "a@b", "anne@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused(desk, text):
    with pytest.raises(AddressInvalid):
        desk.register.create(text, "Anne", Role.ADVISOR)


def test_every_change_of_rights_is_kept_with_who_made_it(both, desk, joined):
    boss = joined("chef@example.org", Role.ADMINISTRATOR)
    anne = desk.register.create("anne@example.org", "Anne", Role.ADVISOR, actor=boss.id)
    desk.register.change(anne.id, "Anne", Role.ADVISOR, FINISTERE, actor=boss.id)
    desk.register.change(anne.id, "Anne", Role.ADVISOR, FINISTERE, actor=boss.id)  # nothing new
    desk.register.disable(anne.id, boss.id)
    desk.register.enable(anne.id, boss.id)
    mine = [("created", boss.id), ("changed", boss.id), ("disabled", boss.id), ("enabled", boss.id)]
    assert audit(both)[-4:] == mine
    with both.connect() as connection:
        changed = select(AuditRow.__table__).where(AuditRow.__table__.c.what == "changed")
        row = connection.execute(changed).one()
    assert (row.before["bodies"], row.after["bodies"]) == ([], ["cci-29"])


def test_somebody_must_be_left_who_gives_rights(desk, joined):
    boss = joined("chef@example.org", Role.ADMINISTRATOR)
    desk.register.create("never-came@example.org", "Other", Role.ADMINISTRATOR)
    with pytest.raises(LastAdministrator):
        desk.register.disable(boss.id)
    with pytest.raises(LastAdministrator):
        desk.register.change(boss.id, boss.name, Role.ADVISOR, boss.scope)
    joined("second@example.org", Role.ADMINISTRATOR)
    desk.register.disable(boss.id)
    assert desk.register.account(boss.id).disabled_at


def test_an_unknown_account_is_said_so(desk):
    with pytest.raises(UnknownAccount):
        desk.register.account("0" * 32)
    with pytest.raises(UnknownAccount):
        desk.links.make("0" * 32, INVITATION)


def test_a_newer_link_ends_the_older_one(desk):
    anne = desk.register.create("anne@example.org", "Anne", Role.ADVISOR)
    first = desk.links.make(anne.id, INVITATION)
    second = desk.links.make(anne.id, INVITATION)
    with pytest.raises(LinkSpent):
        desk.links.choose_password(first, PASSWORD)
    assert not desk.links.choose_password(second, PASSWORD).invited
    with pytest.raises(LinkSpent):
        desk.links.choose_password(second, PASSWORD)


@pytest.mark.parametrize(("kind", "span"), [(INVITATION, {"days": 7}), (RESET, {"hours": 1})])
def test_links_run_out(desk, clock, kind, span):
    anne = desk.register.create("anne@example.org", "Anne", Role.ADVISOR)
    token = desk.links.make(anne.id, kind)
    clock.pass_by(**span)
    with pytest.raises(LinkSpent):
        desk.links.account(token)
    assert desk.links.purge() == 1


def test_a_link_of_a_closed_account_opens_nothing(desk):
    anne = desk.register.create("anne@example.org", "Anne", Role.ADVISOR)
    token = desk.links.make(anne.id, INVITATION)
    desk.register.disable(anne.id)
    with pytest.raises(LinkSpent):
        desk.links.choose_password(token, PASSWORD)


def test_a_new_password_ends_every_session(desk, joined):
    anne = joined()
    session = desk.sessions.open(anne.id, "Firefox")
    desk.links.choose_password(desk.links.make(anne.id, RESET), "encore quatre mots tout neufs")
    assert desk.sessions.viewer(session) is None


def test_neither_password_nor_link_is_kept_as_it_is(both, desk, joined):
    anne = joined()
    token = desk.links.make(anne.id, RESET)
    with both.connect() as connection:
        for table in (AccountRow.__table__, LinkRow.__table__, AuditRow.__table__):
            kept = str(connection.execute(select(table)).all())
            assert PASSWORD not in kept
            assert token not in kept
        (hashed,) = connection.execute(select(AccountRow.__table__.c.password_hash)).one()
    assert hashed.startswith("$argon2id$")
