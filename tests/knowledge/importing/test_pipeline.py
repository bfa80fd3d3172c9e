"""One transaction, the same file twice, what is gone, what breaks off, what is the same body."""

from datetime import date

import pytest

from knowledge.importing import pipeline
from knowledge.importing.models import ImportRun, MergeTrace, SetAsideRow, SourceRecord
from knowledge.importing.records import SetAside, Skipped


class Broken(RuntimeError):
    """The reader stopped."""


def breaking(items):
    yield from items
    raise Broken


def test_a_new_record_is_served_and_counted(load, served, body):
    report = load([body("1"), Skipped("sdis"), Skipped("sdis")])
    assert (report.added, report.skipped["sdis"]) == (1, 2)
    assert list(served.advisors) == ["dila-1"]


def test_the_same_file_again_changes_nothing_and_says_so(load, served, body):
    load([body("1"), body("2", name="Autre", seat="COM-29019")])
    before = served.puts
    report = load([body("1"), body("2", name="Autre", seat="COM-29019")])
    assert (report.unchanged, report.nothing_changed, served.puts) == (2, True, before)


def test_a_change_names_its_fields(load, served, body):
    load([body("1", phone="02 98 98 29 29")])
    report = load([body("1", phone="02 98 00 38 00", hours="le lundi")])
    assert report.changes == {"dila-1": ["hours", "phone"]}
    assert served.advisors["dila-1"].phone == "02 98 00 38 00"


def test_a_change_does_not_name_the_date_of_the_file(load, body, context):
    def dated(day, phone):
        return [body("1", phone=phone, provenance=context().source.provenance("1", day).dict())]

    load(dated(date(2026, 10, 1), "02 98 98 29 29"))
    assert load(dated(date(2026, 11, 1), "02 98 00 38 00")).changes == {"dila-1": ["phone"]}


def test_a_new_file_date_alone_is_no_change_but_is_served(load, served, body, context):
    def dated(day):
        origin = context().source.provenance("1", day)
        return [body("1", provenance=origin.dict())]

    load(dated(date(2026, 10, 1)))
    report = load(dated(date(2026, 11, 1)))
    assert (report.changed, report.unchanged) == (0, 1)
    assert served.advisors["dila-1"].provenance.file_date == "2026-11-01"


def test_what_a_complete_file_no_longer_holds_is_withdrawn(load, served, body):
    load([body("1"), body("2", name="Autre", seat="COM-29019")])
    report = load([body("1")])
    assert (report.gone, report.departures) == (1, ["dila-2"])
    assert list(served.advisors) == ["dila-1"]


def test_a_partial_file_withdraws_nothing(load, served, body):
    load([body("1"), body("2", name="Autre", seat="COM-29019")])
    assert load([body("1")], complete=False).gone == 0
    assert len(served.advisors) == 2


def test_what_is_gone_stays_where_another_source_gives_it(load, served, body):
    load([body("cci-29", id="cci-29", name="CCI Quimper", confidence="memory")], code="content")
    load([body("1", name="CCI Quimper", phone="02 98 98 29 29"), body("2", name="Autre")])
    assert served.advisors["cci-29"].phone == "02 98 98 29 29"
    load([body("2", name="Autre")])
    assert served.advisors["cci-29"].phone is None


def test_a_refused_record_keeps_what_was_read_of_it_before(load, served, body, rows):
    load([body("1"), body("2", name="Autre", seat="COM-29019")])
    report = load([body("1"), SetAside("2", "record 2", "no commune", "…")])
    assert (report.gone, report.refused, report.reasons["no commune"]) == (0, 1, 1)
    assert "dila-2" in served.advisors
    assert rows(SetAsideRow)[0]["reason"] == "no commune"


def test_a_second_record_of_the_same_id_is_set_aside(load, served, body, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 1)
    report = load([body("1", name="Premier"), body("1", name="Second")])
    assert (report.added, report.refused) == (1, 1)
    assert served.advisors["dila-1"].name == "Premier"


def test_an_import_that_breaks_off_leaves_the_store_as_it_was(load, body, rows, monkeypatch):
    monkeypatch.setattr(pipeline, "BATCH", 1)
    with pytest.raises(Broken):
        load(breaking([body("1"), body("2", name="Autre")]))
    assert rows(SourceRecord) == []
    assert rows(ImportRun) == []
    assert load([body("1"), body("2", name="Autre")]).added == 2


def test_a_dry_run_reports_all_and_keeps_nothing(load, body, rows):
    load([body("1", phone="02 98 98 29 29"), body("2", name="Autre", seat="COM-29019")])
    before = rows(SourceRecord)
    items = [body("1", phone="02 98 00 38 00"), body("3", name="Neuf"), SetAside("4", "record 3", "why")]
    report = load(items, dry_run=True)
    assert (report.added, report.changed, report.gone, report.refused) == (1, 1, 1, 1)
    assert rows(SourceRecord) == before
    assert len(rows(ImportRun)) == 1


def test_a_file_without_a_record_withdraws_nothing(load, served, body):
    load([body("1")])
    with pytest.raises(pipeline.NothingRead, match="1 refused, 1 of no use here"):
        load([SetAside(None, "record 1", "no name"), Skipped("sdis")])
    assert "dila-1" in served.advisors


def test_two_branches_of_one_source_in_one_town_stay_two(load, served, body):
    load(
        [
            body("1", kind="tax_office", name="SIE Rennes Est", seat="COM-35238", territory="35"),
            body("2", kind="tax_office", name="SIE Rennes Ouest", seat="COM-35238", territory="35"),
        ]
    )
    assert len(served.advisors) == 2


def test_the_same_name_in_the_same_town_is_one_body(load, served, body):
    report = load(
        [body("1", name="CCI de Quimper", seat="COM-29232"), body("2", name="CCI Quimper", seat="COM-29232")]
    )
    assert (len(served.advisors), report.merged) == (1, 1)


def test_a_key_ties_records_whatever_their_names(load, served, body):
    ours = body("cci-29", id="cci-29", name="Chambre du Finistère", keys=("directory:cci-29232-01",))
    load([ours], code="content")
    load([body("1", name="Tout autre nom", keys=("directory:cci-29232-01",))])
    assert list(served.advisors) == ["cci-29"]


def test_a_shared_siret_alone_ties_nothing(load, served, body):
    load(
        [
            body("1", name="CCI Brest", seat="COM-29019", keys=("siret:13002293200018",)),
            body("2", name="CCI Quimper", seat="COM-29232", keys=("siret:13002293200018",)),
        ]
    )
    assert len(served.advisors) == 2


def test_our_own_record_takes_over_what_an_import_served(load, served, body):
    load([body("1", name="CCI Quimper", seat="COM-29232", phone="02 98 98 29 29")])
    load(
        [body("cci-29", id="cci-29", name="CCI de Quimper", seat="COM-29232", confidence="memory")],
        code="content",
    )
    assert list(served.advisors) == ["cci-29"]
    assert served.advisors["cci-29"].phone == "02 98 98 29 29"


def test_the_trace_says_which_source_won(load, body, rows):
    load(
        [body("cci-29", id="cci-29", name="CCI Quimper", phone="02 98 00 38 00", confidence="secondary")],
        code="content",
    )
    load([body("1", name="CCI Quimper", phone="02 98 98 29 29")])
    traced = {row["field"]: (row["source"], row["lost"]) for row in rows(MergeTrace)}
    assert traced["phone"] == ("dila", ["content"])
    assert traced["confidence"] == ("dila", ["content"])
    assert "name" not in traced


def test_the_content_as_shipped_is_served_as_it_is(load, served, content):
    from knowledge.importing.content_records import content_items

    report = load(content_items(content), code="content")
    assert (report.merged, report.refused) == (0, 0)
    assert served.advisors == content.advisors
    assert served.records["scheme"] == content.schemes
