import io
import json
from datetime import date

from knowledge.codes import Confidence
from knowledge.exporting.json_files import write_json
from knowledge.schema import Advisor, Scheme

PROVENANCE = {
    "source": "les-aides",
    "source_id": "12",
    "licence": "Conditions de Les-aides.fr",
    "credit": "Contenu produit par Les-aides.fr",
    "file_date": "2026-11-20",
}


def written(**kinds):
    file = io.StringIO()
    write_json(kinds, file, date(2026, 11, 26))
    return json.loads(file.getvalue())


def test_records_come_back_as_they_were(content):
    read = written(advisors=content.advisors.values(), schemes=content.schemes.values())
    schemes = [Scheme(**record) for record in read["schemes"]]
    expected = [scheme.copy(update={"editor_note": None}) for scheme in content.schemes.values()]

    assert schemes == expected
    assert len(read["advisors"]) == sum(body.shown != "never" for body in content.advisors.values())
    assert read["exported_on"] == "2026-11-26"


def test_licences_and_credits_are_said(scheme):
    read = written(
        schemes=[scheme("a", provenance=PROVENANCE), scheme("b", provenance=PROVENANCE), scheme("c")]
    )

    assert read["schemes"][0]["provenance"] == PROVENANCE
    assert read["credits"] == [{key: value for key, value in PROVENANCE.items() if key != "source_id"}]


def test_what_a_scheme_can_be_combined_with_is_written(scheme):
    combined = {
        "combined_with": ["a", "b"],
        "combined_levels": ["region", "eu"],
        "not_combined_with": ["c"],
        "not_combined_levels": ["epci"],
        "public_aid_max_percent": 62.5,
        "variant_of": "d",
    }

    assert combined.items() <= written(schemes=[scheme(**combined)])["schemes"][0].items()


def test_formulas_are_left_as_they_are(scheme):
    assert written(schemes=[scheme(titre="=1+1")])["schemes"][0]["titre"] == "=1+1"


def test_no_record_is_still_json():
    assert written(advisors=[], schemes=[]) == {
        "exported_on": "2026-11-26",
        "advisors": [],
        "schemes": [],
        "credits": [],
    }


def test_what_is_kept_for_editors_does_not_leave(advisor):
    memory = Advisor.construct(
        **{**advisor("m", phone="02 98 00 00 00").dict(), "confidence": Confidence.MEMORY}
    )
    read = written(advisors=[advisor("n", shown="never"), advisor("b", editor_note="secret"), memory])

    assert [record["id"] for record in read["advisors"]] == ["b", "m"]
    assert "editor_note" not in read["advisors"][0]
    assert "phone" not in read["advisors"][1]


def test_records_are_written_as_they_pass(scheme):
    file, seen = io.StringIO(), []

    def passing():
        for index in range(3):
            seen.append(file.getvalue().count('"titre"'))
            yield scheme(f"aid-{index}")

    write_json({"schemes": passing()}, file, date(2026, 11, 26))

    assert seen == [0, 1, 2]
