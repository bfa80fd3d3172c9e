"""What every format must bear in its texts: formulas, cells of 20 kB, entities, addresses that would run."""

import csv
import io

import pytest

from knowledge.exporting.csv_files import write_csv
from knowledge.importing.records import Imported
from knowledge.importing.streams import table_rows
from knowledge.schema import Advisor
from tests.knowledge.importing.samples import SAMPLES

ATTACK = '=HYPERLINK("https://x.example";"Cliquez")'
STARTS = ["=", "+", "-", "@", "\t=", "\r=", "＝"]


@pytest.fixture(params=SAMPLES, ids=lambda sample: sample.code)
def sample(request):
    return request.param


@pytest.fixture
def one(sample, context):
    """Return the record of a file that holds one, changed."""

    def make(**change):
        (item,) = sample.items(sample.file(change), context)
        assert isinstance(item, Imported), item
        return item.record

    return make


def exported(record, territories):
    file = io.StringIO()
    kind = "advisors" if isinstance(record, Advisor) else "schemes"
    write_csv(kind, [record], file, territories)
    return next(csv.DictReader(io.StringIO(file.getvalue()), delimiter=";"))


@pytest.mark.parametrize("start", STARTS)
def test_a_formula_goes_in_as_a_text_and_leaves_harmless(sample, one, territories, start):
    record = one(**{sample.name: f"{start}1+1", sample.text: f"{start}cmd|' /C calc'!A0"})
    name = record.name if isinstance(record, Advisor) else record.titre

    assert name == f"{start.strip()}1+1"
    cells = exported(record, territories).values()
    assert f"'{name}" in cells
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@", "＝")) for cell in cells)


def test_cells_of_20_kilobytes_are_cut_to_what_a_record_holds(sample, one):
    flood = "Une phrase <b>qui</b> dit peu de chose. " * 600
    record = one(**{sample.name: flood, sample.text: flood})
    name = record.name if isinstance(record, Advisor) else record.titre

    assert name.startswith("Une phrase qui dit peu de chose")
    assert len(name) <= 120
    assert len(getattr(record, "description", "")) <= 5_000
    assert "<" not in record.json(exclude={"provenance"})


@pytest.mark.parametrize(
    ("code", "column"),
    [
        ("national", "eligibilite"),
        ("national", "ciblage_secteur_activite"),
        ("aides-entreprises", "aid_conditions"),
        ("aides-entreprises", "aid_benef"),
    ],
)
def test_a_condition_of_20_kilobytes_is_cut(context, code, column):
    sample = next(sample for sample in SAMPLES if sample.code == code)
    (item,) = sample.items(sample.file({column: "Un mot et un autre, " * 1_000}), context)
    longest = max(item.record.eligibilite, key=len)

    assert 400 < len(longest) < 530
    assert longest.endswith("…")


def test_a_cell_of_20_kilobytes_in_the_companion_is_no_matter():
    raw = f"a;b\nx;{'y' * 20_000}\n1;2\n".encode()

    assert [len(row["b"]) for _, row in table_rows(io.BytesIO(raw))] == [20_000, 1]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)",
                                  "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x"])  # fmt: skip
def test_an_address_that_would_run_never_enters(sample, one, link):
    given = {"dila": [{"libelle": "", "valeur": link}], "aides-entreprises": {"source": [{"lien": link}]}}
    record = one(**{sample.link: given.get(sample.code, link)})

    assert (record.url if isinstance(record, Advisor) else record.url_source) is None
    assert (record.source_url or "https://").startswith("https://")


@pytest.mark.parametrize(
    "cell", ["Caf&eacute; &amp; th&#233;", "Caf&amp;eacute; &amp;amp; thé", "<p>Café &#x26; thé</p>"]
)
def test_entities_become_letters(sample, one, cell):
    record = one(**{sample.name: cell})
    name = record.name if isinstance(record, Advisor) else record.titre

    assert name == "Café & thé"
