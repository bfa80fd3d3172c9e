"""The content as it is shipped: what the schema alone cannot say."""

import re
from datetime import date
from itertools import chain

import pytest

from knowledge.codes import Need
from knowledge.funding import status_on

FRENCH_FIELDS = {
    "advisors": ["audience", "services", "hours"],
    "schemes": ["titre", "promesse", "description"],
}
# Mailboxes that name a function, a body or a place; anything of the form first.last is looked at by hand.
PERSON = re.compile(r"^[a-z]+[._-][a-z]+@")
FUNCTIONS = re.compile(
    r"^(accueil|contact|info|infos|cci|cma|cellule|region|projets|conseil)[.-]|^auvergne-rhone-alpes@|^ccio_beauvais@"
)


def texts(content, kind):
    for key, record in getattr(content, kind).items():
        for field in FRENCH_FIELDS[kind]:
            if text := getattr(record, field):
                yield key, field, text


def test_all_bodies_and_schemes_are_there(content):
    assert len(content.advisors) == 529
    assert len(content.schemes) == 146


def test_every_departement_has_both_chambers(content, territories):
    for kind in ("cci", "cma"):
        held = {
            body.territory
            for body in content.advisors.values()
            if body.kind == kind and body.level == "departement"
        }
        assert {place.code for place in territories.departements} - held == set()


def test_no_text_shouts_or_flatters(content):
    shouting = [
        (key, field)
        for key, field, text in chain(texts(content, "advisors"), texts(content, "schemes"))
        if "!" in text
        or re.search(r"\b(meilleur|excellent|garanti à|incontournable|exceptionnel)", text, re.IGNORECASE)
    ]

    assert shouting == []


def test_services_are_one_sentence_that_begins_with_a_verb(content):
    loose = [
        key
        for key, body in content.advisors.items()
        if not re.fullmatch(r"[A-ZÉÀ][^.]*[^ ]\.", _dots(body.services))
    ]

    assert loose == []


def _dots(text: str) -> str:
    return text.replace("V.I.E", "VIE")


def test_promises_keep_the_rules_of_the_national_schema(content):
    promises = {key: scheme.promesse for key, scheme in content.schemes.items()}

    assert {key: text for key, text in promises.items() if text.endswith((".", "!"))} == {}
    assert {
        key: len(text.split()) for key, text in promises.items() if not 5 <= len(text.split()) <= 20
    } == {}


def test_promises_begin_with_an_imperative(content):
    polite = re.compile(r"^(\w+ez(-\w+)?|N'\w+ez|Ne \w+ez|Faites(-\w+)?)\b")

    assert [scheme.promesse for scheme in content.schemes.values() if not polite.match(scheme.promesse)] == []


def test_what_has_ended_is_said_in_the_promise(content):
    ended = [scheme for scheme in content.schemes.values() if scheme.status == "ended"]
    says = re.compile(r"^(N'attendez plus|Ne comptez plus|Voyez|Demandez .* si ce|Demandez .* s'il existe)")

    assert len(ended) == 19
    assert [scheme.promesse for scheme in ended if not says.match(scheme.promesse)] == []


def test_no_mailbox_is_a_person(content):
    boxes = [body.email for body in content.advisors.values() if body.email]

    assert [box for box in boxes if PERSON.match(box) and not FUNCTIONS.match(box)] == []


def test_nothing_dated_is_from_the_future(content):
    records = [*content.advisors.values(), *content.schemes.values()]

    assert [record.id for record in records if record.seen and record.seen > "2026-11-23"] == []


def test_an_open_scheme_is_not_past_its_last_day(content):
    stale = [
        key
        for key, scheme in content.schemes.items()
        if status_on(scheme, date(2026, 11, 23)) != scheme.status
    ]

    assert stale == []


def test_amounts_are_in_order(content):
    for scheme in content.schemes.values():
        for low, high in [
            ("amount_min", "amount_max"),
            ("expense_min", "expense_max"),
            ("rate_min_percent", "rate_percent"),
        ]:
            least, most = getattr(scheme.amounts, low), getattr(scheme.amounts, high)
            assert least is None or most is None or least <= most, scheme.id


@pytest.mark.parametrize("need", [need for need in Need.values() if need not in ("e_invoicing", "payroll")])
def test_every_need_that_money_can_pay_has_a_scheme(base, need):
    assert base.funding(need) or need == "shared_cdo"  # only two regions pay for it


def test_the_confidence_of_the_sources_is_kept(content):
    levels = {}
    for record in [*content.advisors.values(), *content.schemes.values()]:
        levels[record.confidence.value] = levels.get(record.confidence.value, 0) + 1

    assert levels == {"official": 120, "secondary": 206, "directory-2019": 267, "memory": 82}


def test_an_end_nobody_has_read_says_why_it_is_taken_for_one(content):
    for key in ("na-cheque-e-commerce", "cvl-cap-developpement-numerique"):
        assert content.schemes[key].status == "ended"
        assert "Fin déduite" in content.schemes[key].editor_note


def test_what_is_replaced_has_ended(content):
    replaced = [scheme for scheme in content.schemes.values() if scheme.replaced_by]

    assert [scheme.id for scheme in replaced if scheme.status != "ended"] == []


def test_what_asks_for_a_rural_commune_is_marked(content):
    says = re.compile(r"\brura(l|ux|le|les)\b")
    said = {
        key
        for key, scheme in content.schemes.items()
        if says.search(" ".join([scheme.titre, scheme.promesse, scheme.description, *scheme.eligibilite]))
    }

    assert {key for key, scheme in content.schemes.items() if scheme.rural} == said
