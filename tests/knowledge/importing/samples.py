"""One plain record of each format, and files made of several: what every format must bear is tested on all."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.knowledge.importing.aides_entreprises.conftest import AID as ENTREPRISES
from tests.knowledge.importing.aides_entreprises.conftest import PAYER
from tests.knowledge.importing.national.conftest import ROW
from tests.knowledge.importing.test_dila import DUMP
from tests.knowledge.importing.test_france_num import STRUCTURE
from tests.knowledge.importing.test_les_aides import AID as LES_AIDES

HOLE = "@hole@"


@dataclass(frozen=True)
class Sample:
    """A format: its plain record, its columns for the identifier, a name, a text and a link, and its list."""

    code: str
    record: Mapping[str, Any]
    key: str
    name: str
    text: str
    link: str
    around: tuple[str, str] = ("[", "]")

    def file(self, *changes: Mapping[str, Any]) -> bytes:
        """Return a file with one record for each of `changes`, ids 1, 2, …; « @hole@ » is left to be filled."""
        records = [{**self.record, self.key: str(n), **change} for n, change in enumerate(changes, 1)]
        before, after = self.around
        return (before + json.dumps(records, ensure_ascii=False)[1:-1] + after).encode()

    def items(self, raw: bytes, context) -> list:
        """Return what the reader of the format makes of a file."""
        from knowledge.importing.sources import reader_of, source_of

        return list(reader_of(source_of(self.code))(io.BytesIO(raw), context(self.code)))


SAMPLES = [
    Sample("dila", DUMP, "id", "nom", "mission", "site_internet", ('{"service": [', "]}")),
    Sample(
        "france-num",
        STRUCTURE,
        "identifiant_de_la_structure",
        "nom_de_la_structure",
        "adresse",
        "lien_url_site_france_num",
    ),
    Sample("national", ROW, "id", "titre", "description", "url_source"),
    Sample(
        "aides-entreprises",
        {
            **ENTREPRISES,
            "cache_indexation": {"territoires": [{"ter_libelle": "BRETAGNE"}], "financeurs": PAYER},
        },
        "id_aid",
        "aid_nom",
        "aid_objet",
        "complements",
        ('{"data": [', "]}"),
    ),
    Sample("les-aides", LES_AIDES, "numero", "nom", "resume", "uri", ('{"dispositifs": [', "]}")),
]
