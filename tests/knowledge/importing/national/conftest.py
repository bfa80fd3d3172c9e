"""One plain row of the national schema, and what becomes of it."""

import csv
import io
from datetime import date

import pytest

from knowledge.exporting.table_schema import national_schema
from knowledge.importing.formats import national
from knowledge.importing.records import Context, Imported
from knowledge.importing.sources import source_of

COLUMNS = national_schema().names


UUID = "11111111-2222-4333-8444-555555555555"


ROW = {
    "id": UUID,
    "titre": "Chèque cyber",
    "promesse": "Protégez votre entreprise",
    "description": "La Région paie la moitié d'un diagnostic.",
    "eligibilite": "• Avoir son siège dans la région",
    "types_aides": "financement",
    "porteurs": '[{"nom": "Région Bretagne", "roles": ["financeur"]}]',
    "cibles": "professionnels",
    "eligibilite_geographique": "REG-53",
    "date_mise_a_jour": "2026-03-01T10:00:00Z",
    "ciblage_secteur_activite": "tous secteurs d'activité",
}
PAYMENT = {**ROW, "id": "pay", "titre": "Paiement", "chainage_paiement": UUID}


def table(rows, delimiter=",", columns=COLUMNS, encoding="utf-8"):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode(encoding)


@pytest.fixture
def context(territories):
    return Context(source_of("national"), territories, date(2026, 11, 26), date(2026, 11, 20))


@pytest.fixture
def read(context):
    return lambda raw: list(national.read(io.BytesIO(raw), context))


@pytest.fixture
def one(read):
    """Return what becomes of one row, given what differs from a plain one."""

    def make(**cells):
        items = read(table([{**ROW, **cells}]))
        assert len(items) == 1
        return items[0]

    return make


@pytest.fixture
def scheme_of(one):
    def make(**cells):
        item = one(**cells)
        assert isinstance(item, Imported), item
        return item.record

    return make
