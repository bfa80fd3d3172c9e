"""Keeping records fresh: verified again, exported, imported after a trial."""

import io
import zipfile

import httpx
import pytest

from console.viewers import Role
from knowledge.editing.changes import Editor
from knowledge.exporting.national import write_national
from knowledge.importing.public_only import NotPublic, PublicOnly, is_public
from knowledge.store import stream_schemes
from tests.console.records.sending import fields_of

VERIFY = "/fiches/organismes/cci-29/verifier"
PAGE = "https://www.example.org/contact-2026"


@pytest.fixture
def advisor(visitor):
    return visitor(Role.ADVISOR)


@pytest.fixture
def administrator(visitor):
    return visitor(Role.ADMINISTRATOR)


@pytest.fixture
def national(book):
    """A file of the national schema with one scheme that the store does not have."""
    [scheme] = stream_schemes(book.engine)
    changes = {
        "id": "pass-35",
        "titre": "Chèque énergie des commerces",
        "eligibilite_geographique": ["DEP-35"],
        "level": "departement",
        "url_source": "https://www.example.org/pass-35",
    }
    out = io.StringIO()
    write_national([scheme.copy(update=changes)], out)
    return out.getvalue().encode()


async def test_a_record_is_verified_again_with_where_it_was_read(advisor, book):
    sent = {"source_url": PAGE, "seen": "2026-11-20", "official": "true", "note": "Relue en entier."}
    change = (await advisor.post(VERIFY, data=sent)).headers["location"]
    page = (await advisor.get(change)).text
    assert f"<ins>{PAGE}</ins>" in page
    assert "Relue en entier." in page
    await advisor.post(f"{change}/publier")
    record = book.desk.record(Editor("x", "X", None), "advisor", "cci-29")
    assert (record.source_url, record.seen, record.confidence) == (PAGE, "2026-11-20", "official")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"source_url": PAGE}, "Ce champ est obligatoire."),
        ({"seen": "2026"}, "Ce champ est obligatoire."),
        ({"source_url": PAGE, "seen": "hier"}, "n’est pas une date"),
        ({"source_url": "example", "seen": "2026"}, "n’est pas une adresse de page"),
    ],
)
async def test_where_it_was_read_must_be_said(advisor, sent, told):
    answer = await advisor.post(VERIFY, data=sent)
    assert answer.status_code == 422
    assert told in answer.text
    for value in sent.values():
        assert f'value="{value}"' in answer.text


async def test_a_scheme_says_the_day_on_which_it_was_compared(administrator):
    sent = {"source_url": PAGE, "seen": "2026-11", "official": "true", "opening": "true"}
    change = (await administrator.post("/fiches/aides/pass-29/verifier", data=sent)).headers["location"]
    page = (await administrator.get(change)).text
    assert "<ins>2026-11-27</ins>" in page
    assert page.count("<ins>2026-11</ins>") == 2  # of the page, and of the opening


async def test_another_bodys_record_is_verified_by_nobody_else(stranger):
    assert (await stranger.get(VERIFY)).status_code == 404
    assert (await stranger.post(VERIFY, data={"source_url": PAGE, "seen": "2026"})).status_code == 404


async def test_what_is_to_verify_is_listed_for_who_keeps_it(administrator, stranger):
    everything = (await administrator.get("/fiches/a-verifier")).text
    assert "France Num" in everything
    assert "jamais lue" in everything
    own = (await stranger.get("/fiches/a-verifier")).text
    assert "France Num" in own
    assert "Pass numérique" not in own


async def test_what_was_published_goes_home_as_files(advisor, stranger, administrator):
    sent = {"source_url": PAGE, "seen": "2026-11-20", "official": "true"}
    change = (await advisor.post(VERIFY, data=sent)).headers["location"]
    await advisor.post(f"{change}/publier")
    for client, names in (
        (advisor, ["advisors/cci-29.yml"]),
        (stranger, []),
        (administrator, ["advisors/cci-29.yml"]),
    ):
        answer = await client.get("/fiches/fiches.zip")
        with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            assert packed.namelist() == names
    with zipfile.ZipFile(io.BytesIO((await advisor.get("/fiches/fiches.zip")).content)) as packed:
        assert f"source_url: {PAGE}" in packed.read("advisors/cci-29.yml").decode()


async def test_an_import_is_tried_before_it_is_done(administrator, book, national):
    sent = {"source": "national", "file_date": "2026-11-20"}
    trial = await administrator.post(
        "/fiches/importer", data=sent | {"act": "essayer"}, files={"file": ("aides.csv", national)}
    )
    assert trial.status_code == 200
    assert "Essai : rien n’est encore importé" in trial.text
    assert "1 à ajouter" in trial.text
    assert len(list(stream_schemes(book.engine))) == 1

    again = fields_of(trial.text, "/importer") | {"act": ["importer"]}
    done = await administrator.post("/fiches/importer", data=again)
    assert done.status_code == 303
    assert "1 ajoutées" in (await administrator.get(done.headers["location"])).text
    assert len(list(stream_schemes(book.engine))) == 2
    assert list(book.imports.iterdir()) == []
    assert (await administrator.post("/fiches/importer", data=again)).status_code == 422


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"source": "content"}, "Choisissez une source"),
        ({"source": "edited"}, "Choisissez une source"),
        ({"file_date": "hier"}, "Donnez la date du fichier"),
        ({}, "Choisissez un fichier"),
        ({"address": "/etc/passwd"}, "Choisissez un fichier"),
        ({"address": "file:///etc/passwd"}, "Choisissez un fichier"),
        ({"kept": "../../etc/passwd"}, "plus là"),
        ({"kept": "0" * 64}, "plus là"),
        ({"address": "https://127.0.0.1/aides.csv"}, "is not on the public internet"),
        ({"address": "https://localhost/aides.csv"}, "is not on the public internet"),
    ],
)
async def test_what_cannot_be_imported_is_told_and_nothing_is(administrator, book, sent, told):
    answer = await administrator.post(
        "/fiches/importer", data={"source": "national", "file_date": "2026-11-20", **sent}
    )
    assert answer.status_code == 422
    assert told in answer.text
    assert len(list(stream_schemes(book.engine))) == 1


async def test_a_file_that_is_none_is_told(administrator):
    answer = await administrator.post(
        "/fiches/importer",
        data={"source": "dila", "file_date": "2026-11-20"},
        files={"file": ("x.json", b"<html>")},
    )
    assert answer.status_code == 422
    assert "Rien n’a été importé" in answer.text


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.REVIEWER])
async def test_administrators_alone_import(visitor, role):
    client = visitor(role)
    assert (await client.get("/fiches/importer")).status_code == 403
    assert (await client.post("/fiches/importer", data={"source": "national"})).status_code == 403


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "169.254.169.254", "::1", "192.168.1.1", ""]
)
def test_no_machine_of_ours_is_asked(host):
    assert not is_public(host)


def test_a_redirect_leads_to_no_machine_of_ours():
    def answer(request):
        away = request.url.host == "8.8.8.8"
        return httpx.Response(302, headers={"location": "http://127.0.0.1/"}) if away else httpx.Response(200)

    transport = PublicOnly(httpx.MockTransport(answer))
    with httpx.Client(transport=transport, follow_redirects=True) as client, pytest.raises(NotPublic):
        client.get("https://8.8.8.8/")


async def test_no_other_file_of_the_machine_is_read(administrator, book, national):
    book.imports.mkdir()
    (book.imports.parent / "secret").write_bytes(national)
    sent = {"source": "national", "file_date": "2026-11-20", "kept": "../secret", "act": "importer"}
    answer = await administrator.post("/fiches/importer", data=sent)
    assert answer.status_code == 422
    assert len(list(stream_schemes(book.engine))) == 1
    assert (book.imports.parent / "secret").exists()
