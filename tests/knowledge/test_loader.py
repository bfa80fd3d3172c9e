import shutil
from pathlib import Path

import pytest

from knowledge.errors import InvalidContent
from knowledge.loader import content_hash, read_content
from knowledge.schema import SECTIONS

BROKEN = Path(__file__).parent / "broken"
# One file of `broken/` for each thing that can be wrong: where the error stands and what it says.
EXPECTED = {
    "advisors/bad-country": (14, "`Germany` is not a country"),
    "advisors/bad-date": (18, "`2026-13-12` is not a date: YYYY, YYYY-MM or YYYY-MM-DD"),
    "advisors/bad-email": (14, "`contact(at)example.org` is not an e-mail address"),
    "advisors/bad-phone": (14, "`02 98` is not a French telephone number"),
    "advisors/bad-slug": (1, "`Bad Slug` is not a slug"),
    "advisors/bad-url": (15, "`www.example.org` is not a web address"),
    "advisors/blank-name": (2, "`name` is empty; give a text or drop the key"),
    "advisors/number-for-name": (2, "`name` must be a text; write it in quotes"),
    "advisors/boolean": (9, "`general` must be true or false"),
    "advisors/duplicate-key": (14, "duplicate key `cost`; keep one"),
    "advisors/empty-file": (1, "the file holds no `key: value` lines"),
    "advisors/empty-value": (11, "`audience` has no value; give one or drop the key"),
    "advisors/first-for-not-a-need": (1, "`first_for` names payroll, which `needs` does not"),
    "advisors/id-not-file-name": (1, "id `another-name` is not the name of the file, `id-not-file-name`"),
    "advisors/memory-with-phone": (1, "`confidence: memory` allows neither `phone` nor `email`"),
    "advisors/missing-key": (1, "missing key `audience`"),
    "advisors/national-elsewhere": (5, "territory `29` is not FR, though the level is national"),
    "advisors/no-need": (7, "`needs` must name at least one"),
    "advisors/not-a-list": (7, "`needs` must be a list"),
    "advisors/not-a-mapping": (1, "the file holds no `key: value` lines"),
    "advisors/not-utf8": (2, "the file is not UTF-8; save it again as UTF-8"),
    "advisors/not-yaml": (8, "not YAML"),
    "advisors/number-for-text": (5, "`territory` must be a text; write it in quotes"),
    "advisors/official-without-source": (1, "`confidence: official` needs a `source_url`"),
    "advisors/same-need-twice": (7, "`needs` names the same thing twice"),
    "advisors/too-long": (2, "`name` is too long: at most 120 characters"),
    "advisors/two-documents": (13, "not YAML: but found another document"),
    "advisors/unknown-code": (3, "`kind` is not a known code; allowed: cci, cci_region, cma"),
    "advisors/unknown-key": (14, "unknown key `colour`; allowed: confidence, source_url"),
    "advisors/unknown-seat": (6, "no territory has the code `COM-29999`"),
    "advisors/unknown-tag": (11, "not YAML: could not determine a constructor for the tag"),
    "advisors/unknown-territory": (5, "no departement has the code `290`"),
    "comparisons/cell-too-long": (15, "`criteria.0.answers.diy` is too long: at most 90 characters"),
    "comparisons/dangling-figures": (18, "names `site-nowhere`, but there is no costs/site-nowhere.yml"),
    "comparisons/forgotten-option": (1, "`Temps` must answer exactly: agency, diy"),
    "comparisons/unknown-fit": (1, "`fits` names freelance, which is no option"),
    "costs/dangling-related": (10, "`related` names `nowhere`, which no guidance file is"),
    "costs/duplicate-key": (9, "duplicate key `tax`; keep one"),
    "costs/fixed-without-unit": (1, "`fixed` needs `unit: percent_plus_fixed`"),
    "costs/half-a-range": (1, "`low` and `high` go together; give both or neither"),
    "costs/text-for-number": (4, "`3500` is not a number; write it without quotes"),
    "costs/true-for-number": (4, "`True` is not a number; write it without quotes"),
    "costs/unknown-key": (9, "unknown key `colour`; allowed: confidence, source_url"),
    "costs/unknown-unit": (6, "`unit` is not a known code; allowed: one_off, per_month"),
    "costs/unread-secondary": (1, "`confidence: secondary` needs a `source_url`"),
    "costs/upside-down": (1, "`low` is more than `high`"),
    "glossary/place-taken": (3, "« PLACE DE MARCHE » is explained by glossary/marketplace.yml too"),
    "payment/unknown-act": (2, "`acts.0` is not a known code; allowed: ask_cost"),
    "reference/unknown-trade": (5, "`trades.0.trade` is not a known code; allowed: craft, commerce"),
    "referrals/memory-with-email": (1, "`confidence: memory` allows neither `phone` nor `email`"),
    "referrals/no-words": (1, "a referral needs `words`, or `fallback: true`"),
    "referrals/site-agency": (1, "id `site-agency` is taken by costs/site-agency.yml"),
    "rules/bad-day": (10, "`2027-09` is not a full date: YYYY-MM-DD"),
    "rules/figure-twice": (6, "a figure holds exactly one of `value`, `date`, `text`"),
    "rules/headcounts-crossed": (9, "`headcount_min` is after `headcount_max`"),
    "rules/memory-with-phone": (1, "`confidence: memory` allows neither `phone` nor `email`"),
    "rules/unknown-effect": (11, "`applies.0.effect` is not a known code; allowed: duty, exemption, right"),
    "schemes/bad-naf": (17, "`4711` is not a NAF code"),
    "schemes/bad-siren": (10, "`porteurs.0.siren` does not have the right form"),
    "schemes/bad-zone": (12, "`Bretagne` is not a zone"),
    "schemes/dangling-contact": (21, "`contacts` names `cci-99`, but there is no advisors/cci-99.yml"),
    "schemes/dangling-successor": (23, "`replaced_by` names `pass-99`, but there is no schemes/pass-99.yml"),
    "schemes/negative-headcount": (14, "`eligibilite_effectif_maximal` must be 0 or more"),
    "schemes/rate-over-hundred": (19, "`amounts.rate_percent` must be 100 or less"),
    "schemes/text-for-number": (20, "`amounts.amount_max` must be a whole number without quotes"),
    "schemes/unknown-activity": (15, "the activity « boulangerie » is not declared in sectors.yml"),
    "schemes/unknown-nested-key": (21, "unknown key `amounts.colour`; allowed: rate_percent"),
    "schemes/unknown-zone": (12, "no territory has the code `EPCI-123456789`"),
    "statistics/year-in-quotes": (2, "`year` must be a whole number without quotes"),
}


def break_with(sample: Path, name: str) -> Path:
    """Put one broken file into the sample and return where it stands."""
    folder, stem = name.split("/")
    target = sample / "sectors.yml" if folder == "reference" else sample / folder / f"{stem}.yml"
    shutil.copy(BROKEN / f"{name}.yml", target)
    return target


def errors_of(sample: Path, territories) -> list:
    with pytest.raises(InvalidContent) as caught:
        read_content(sample, territories)
    return caught.value.errors


def test_every_broken_file_is_expected():
    assert {f"{path.parent.name}/{path.stem}" for path in BROKEN.glob("*/*.yml")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_broken_file_gives_one_error_with_its_line(sample, territories, name):
    path = break_with(sample, name)
    line, words = EXPECTED[name]

    (error,) = errors_of(sample, territories)

    assert (error.path, error.line) == (path, line)
    assert words in error.message
    assert str(error).startswith(f"{path}:{line}: ")


def test_all_errors_of_all_files_come_at_once(sample, territories):
    names = [
        "advisors/missing-key",
        "costs/unknown-unit",
        "rules/bad-day",
        "advisors/not-utf8",
        "schemes/dangling-contact",
        "reference/unknown-trade",
    ]
    paths = sorted(break_with(sample, name) for name in names)

    assert [error.path for error in errors_of(sample, territories)] == paths


def test_several_errors_of_one_file_are_all_named(sample, territories):
    path = sample / "advisors" / "france-num.yml"
    path.write_text(path.read_text("utf-8").replace("cost: free", "cost: cheap\ncolour: blue"), "utf-8")

    assert [error.line for error in errors_of(sample, territories)] == [10, 11]


def test_a_missing_reference_file_is_named_once(sample, territories):
    (sample / "sectors.yml").unlink()

    (error,) = errors_of(sample, territories)
    assert error.message == "the file is missing"


@pytest.mark.parametrize("folder", ["advisors", "costs"])
def test_a_file_that_is_not_a_record_may_not_stand_among_them(sample, territories, folder):
    (sample / folder / "note.yaml").write_text("id: note\n", "utf-8")

    (error,) = errors_of(sample, territories)
    assert f"only .yml files may stand in {folder}/" in error.message


def test_a_valid_folder_gives_its_records(sample, territories):
    content = read_content(sample, territories)

    assert sorted(content.advisors) == ["cci-29", "france-num"]
    assert content.schemes["pass-29"].amounts.amount_max == 7500
    assert content.guidance["costs"]["site-agency"].high == 11000


def test_folders_that_do_not_exist_are_empty(sample, territories):
    for section in SECTIONS:
        shutil.rmtree(sample / section)

    assert read_content(sample, territories).guidance == {section: {} for section in SECTIONS}


@pytest.mark.parametrize("name", ["sectors.yml", "glossary/marketplace.yml"])
def test_the_digest_changes_with_any_byte(sample, name):
    before = content_hash(sample)
    path = sample / name
    path.write_text(path.read_text("utf-8") + "# a comment\n", "utf-8")

    assert content_hash(sample) != before
