"""The rules, payment answers and referrals as they are shipped: complete, dated, plain, and with their source."""

import re
from datetime import date

import pytest

from knowledge.codes import Confidence
from knowledge.rules import sizes
from knowledge.schema.guidance_codes import Effect, RuleStatus

TITLES = {"rules": "topic", "payment": "title", "referrals": "topic"}
FLATTERY = re.compile(
    r"\b(idéal|parfait|incontournable|excellent|meilleur|indispensable|exceptionnel|facilement"
    r"|garanti\b|bravo|félicitations|sans risque|à coup sûr)",
    re.IGNORECASE,
)
TOO_FAMILIAR = re.compile(r"\b(tu|toi|ton|ta|tes)\b", re.IGNORECASE)
AT_A_GLANCE = 180  # characters
TYPESET = re.compile("[\u2019\u00a0\u202f]")  # added when a text is shown, not by editors


@pytest.fixture(scope="module")
def records(content) -> dict[tuple[str, str], object]:
    """Every record of the three folders, by folder and id."""
    return {(name, key): record for name in TITLES for key, record in content.guidance[name].items()}


@pytest.fixture(scope="module")
def rules(content):
    return content.guidance["rules"]


def texts(name, record):
    """Yield each text of a record that owners may be shown, with the field it stands in."""
    yield TITLES[name], getattr(record, TITLES[name])
    yield "text", record.text
    for index, step in enumerate(getattr(record, "steps", ())):
        yield f"steps.{index}", step
    for index, each in enumerate(getattr(record, "applies", ())):
        yield f"applies.{index}", " ".join(filter(None, (each.what, each.condition)))


def found(records, wrong):
    """Return where a text is `wrong`, as folder, id and field."""
    return [
        (*where, field)
        for where, record in records.items()
        for field, text in texts(where[0], record)
        if wrong(text)
    ]


def category(headcount):
    """Return the size category of a firm by its employees alone."""
    return next(
        size.category for size in sizes() if size.headcount_max is None or headcount <= size.headcount_max
    )


def holds(each, headcount, turnover):
    within = each.headcount_min is None or headcount >= each.headcount_min
    within = within and (each.headcount_max is None or headcount <= each.headcount_max)
    within = within and (each.turnover_min is None or turnover >= each.turnover_min)
    within = within and (each.turnover_max is None or turnover <= each.turnover_max)
    return within and (not each.sizes or category(headcount) in each.sizes)


def holding(rule, headcount, turnover=0):
    """Return what of a rule holds for a firm with these employees and this turnover in euros."""
    return [each for each in rule.applies if holds(each, headcount, turnover)]


@pytest.mark.parametrize(("folder", "count"), [("rules", 77), ("payment", 20), ("referrals", 41)])
def test_everything_is_there(content, folder, count):
    assert len(content.guidance[folder]) == count


def test_every_record_says_where_it_was_read_unless_from_memory(records):
    assert [
        where
        for where, record in records.items()
        if (record.confidence is Confidence.MEMORY) == bool(record.source_url)
    ] == []


def test_a_copy_of_the_law_is_never_shown_as_official(records):
    copied = [record for record in records.values() if record.via and "LEGI" in record.via]

    assert len(copied) == 23
    assert {record.confidence for record in copied} == {Confidence.SECONDARY}
    assert all(record.official_url for record in copied)


@pytest.mark.parametrize(
    "wrong",
    [re.compile("!"), FLATTERY, TOO_FAMILIAR, TYPESET],
    ids=["shouts", "flatters", "familiar", "typeset"],
)
def test_no_text_is_out_of_tone(records, wrong):
    assert found(records, wrong.search) == []


def test_no_step_or_condition_is_too_long_to_read_at_a_glance(records):
    long = found(records, lambda text: len(text) > AT_A_GLANCE)

    # titles and texts have their limits in the schema, which refuses what is longer
    assert [where for where in long if where[2].startswith(("steps", "applies"))] == []


def test_texts_are_at_most_five_sentences_and_end(records):
    loose = [
        where
        for where, record in records.items()
        if not record.text.endswith((".", "?")) or len(re.findall(r"[.?](?= |$)", record.text)) > 5
    ]

    assert loose == []


def test_titles_and_conditions_do_not_end_with_a_full_stop(records):
    ended = found(records, lambda text: text.endswith("."))

    assert [where for where in ended if where[2].startswith(("topic", "title", "applies"))] == []


def test_every_day_a_rule_begins_or_ends_is_a_day_and_among_its_figures(rules):
    for key, rule in rules.items():
        told = {
            figure.date for named in (key, *rule.related) if named in rules for figure in rules[named].figures
        }
        days = {day for each in rule.applies for day in (each.from_date, each.until_date) if day}
        assert all(date.fromisoformat(day) for day in days)
        assert days <= told, key


@pytest.mark.parametrize("headcount", [0, 3, 249, 250, 300, 5000])
def test_every_firm_receives_electronic_invoices_since_september_2026(rules, headcount):
    (duty,) = holding(rules["e-invoicing-receive"], headcount)

    assert (duty.from_date, duty.effect) == ("2026-09-01", Effect.DUTY)


@pytest.mark.parametrize(
    ("headcount", "day"),
    [
        (0, "2027-09-01"),
        (3, "2027-09-01"),
        (249, "2027-09-01"),  # the largest PME
        (250, "2026-09-01"),  # the smallest ETI
        (300, "2026-09-01"),
        (5000, "2026-09-01"),
    ],
)
@pytest.mark.parametrize("key", ["e-invoicing-issue", "e-invoicing-scope"])
def test_the_day_to_send_electronic_invoices_and_data_depends_on_the_size(rules, key, headcount, day):
    assert [duty.from_date for duty in holding(rules[key], headcount)] == [day]


@pytest.mark.parametrize(
    ("key", "headcount", "turnover", "count"),
    [
        ("accessibility-micro-exempt", 9, 2_000_000, 1),
        ("accessibility-micro-exempt", 9, 2_000_001, 1),  # where the balance sheet is small
        ("accessibility-micro-exempt", 10, 0, 0),  # fewer than ten
        ("accessibility-ecommerce", 9, 2_000_000, 0),
        ("accessibility-ecommerce", 9, 2_000_001, 1),  # where the balance sheet is large too
        ("accessibility-ecommerce", 10, 0, 1),
        ("small-professional-withdrawal", 5, 0, 1),
        ("small-professional-withdrawal", 6, 0, 0),
        ("nis2", 49, 10_000_000, 0),
        ("nis2", 49, 10_000_001, 1),
        ("nis2", 50, 0, 1),
        ("electronic-payslip", 0, 0, 0),  # nobody to pay
        ("electronic-payslip", 1, 0, 2),
        ("gdpr-basics", 0, 0, 1),
    ],
)
def test_a_rule_holds_up_to_its_limit_and_no_further(rules, key, headcount, turnover, count):
    assert len(holding(rules[key], headcount, turnover)) == count


@pytest.mark.parametrize(("headcount", "day"), [(1, "15"), (49, "15"), (50, "5"), (300, "5")])
def test_the_payroll_declaration_is_due_on_a_day_that_depends_on_the_headcount(rules, headcount, day):
    (duty,) = holding(rules["dsn"], headcount)

    assert f"le {day} du mois suivant" in duty.what


def test_no_payroll_declaration_without_employees(rules):
    assert holding(rules["dsn"], 0) == []


def test_what_binds_nobody_yet_is_known_and_says_so(rules):
    pending = {key: rule.status for key, rule in rules.items() if rule.status is not RuleStatus.IN_FORCE}

    assert pending == {
        "small-parcel-tax-fr": RuleStatus.ANNOUNCED,
        "commercial-debts-bill-2026": RuleStatus.BILL,
        "nis2": RuleStatus.TRANSPOSITION,
    }
    assert all("vérifi" in rules[key].text.lower() for key in pending)


def test_a_temporary_duty_ends(rules):
    (duty,) = rules["small-parcel-duty"].applies

    assert (duty.from_date, duty.until_date) == ("2026-07-01", "2028-07-01")
    assert "1er juillet 2028" in rules["small-parcel-duty"].text


def test_the_worry_of_not_being_paid_finds_every_payment_answer(content):
    assert {tuple(answer.acts) for answer in content.guidance["payment"].values()} == {("payment_worries",)}


def test_one_referral_stands_for_all_other_questions(content):
    assert [key for key, record in content.guidance["referrals"].items() if record.fallback] == [
        "default-public-adviser"
    ]


def test_distress_is_answered_with_care(content):
    referrals = content.guidance["referrals"]

    assert [key for key, record in referrals.items() if record.sensitive] == ["owner-distress"]
    assert "secours" in referrals["owner-distress"].text


def test_every_referral_can_be_opened(content):
    assert [
        (key, body.name)
        for key, record in content.guidance["referrals"].items()
        for body in record.bodies
        if not body.url
    ] == []
