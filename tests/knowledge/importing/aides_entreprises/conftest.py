"""One plain record of aides-entreprises.fr, and what becomes of it."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from knowledge.importing.formats import aides_entreprises
from knowledge.importing.records import Context, Imported
from knowledge.importing.sources import source_of

HERE = Path(__file__).parent


AID = {
    "id_aid": "1",
    "aid_nom": "Aide au site",
    "aid_objet": "Une aide pour un site internet.",
    "couverture_geo": "1",
    "horodatage": "2026-10-01 08:30:00",
    "status": "1",
}


PAYER = [{"org_nom": "Région Bretagne"}]


CSV_ROW = {
    **AID,
    "aid_nom": "Chèque numérique – œuvre d’artisan à 1 500 €",
    "effectif": "-10",
    "territoires": "Finistère|Côtes-d'Armor",
    "natures": "Subvention|Prêt",
    "financeurs": "Région Bretagne",
    "contacts": "Jeanne Exemple",
    "complements_sources": "Voir https://www.bretagne.bzh/aides/cheque et la suite",
    "complements_formulaires": "",
}


@pytest.fixture
def context(territories):
    return Context(
        source_of("aides-entreprises"),
        territories,
        date(2026, 11, 26),
        date(2026, 11, 20),
        companion=HERE / "territoires.json",
    )


@pytest.fixture
def read(context):
    return lambda raw: list(aides_entreprises.read(io.BytesIO(raw), context))


@pytest.fixture
def one(read):
    """Return what becomes of one record, given its territories and what differs from a plain one."""

    def make(territoires=({"ter_libelle": "BRETAGNE"},), **fields):
        indexed = {"territoires": list(territoires), "financeurs": PAYER, **fields.pop("indexed", {})}
        return read(json.dumps([{**AID, "cache_indexation": indexed, **fields}]).encode())[0]

    return make


@pytest.fixture
def scheme_of(one):
    def make(*places, **fields):
        item = one(*places, **fields)
        assert isinstance(item, Imported), item
        return item.record

    return make


def table(rows):
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("cp1252")
