import pytest

from console.viewers import Role
from conversations import model_pointer
from tests.console.models.conftest import BASE, CANDIDATE, OTHER, OWN, REFUSALS

YES, NO = {"promote": "1", "reason": "deux de mieux"}, {"promote": "0", "reason": "rien de mieux"}


@pytest.fixture
def administrator(visitor):
    return visitor(Role.ADMINISTRATOR)


@pytest.fixture
def reviewer(visitor):
    return visitor(Role.REVIEWER)


async def test_advisors_see_no_models(visitor):
    assert (await visitor(Role.ADVISOR).get("/modeles")).status_code == 403


async def test_a_training_is_asked_for_with_a_reason_and_started_once(reviewer, models, launched, approved):
    page = (await reviewer.get("/modeles")).text
    assert "1 message approuvé n’est pas encore appris" in page
    assert (await reviewer.post("/modeles", data={"why": " "})).status_code == 422
    answer = await reviewer.post("/modeles", data={"why": "le vin"})
    (run,) = models.runs.listed()
    assert (answer.headers["location"], launched, run.why) == (f"/modeles/{run.id}", [run.id], "le vin")
    again = await reviewer.post("/modeles", data={"why": "encore"})
    assert (again.status_code, len(launched)) == (422, 1)
    assert "déjà en cours" in again.text
    assert "En attente" in (await reviewer.get(f"/modeles/{run.id}")).text


async def test_without_anything_new_no_training_is_started(reviewer, launched, services):
    answer = await reviewer.post("/modeles", data={"why": "pour voir"})
    assert (answer.status_code, launched) == (422, [])


async def test_what_cannot_start_has_failed(reviewer, models, approved, services, visitor):
    def broken(run_id):
        raise OSError("no process")

    object.__setattr__(models, "launch", broken)
    answer = await reviewer.post("/modeles", data={"why": "le vin"})
    page = (await reviewer.get(answer.headers["location"])).text
    assert "n’a pas pu commencer" in page


async def test_both_models_stand_side_by_side(reviewer, compared):
    page = (await reviewer.get(f"/modeles/{compared}")).text
    assert "297 messages de mesure" in page
    assert "1 message gagné" in page
    assert "une &lt;b&gt;vitrine&lt;/b&gt;" in page
    assert '<span class="better">+2</span>' in page, "needs understood: more is better"
    assert '<span class="worse">+0,5</span>' in page, "calibration error: more is worse"
    assert "87,5" in page


async def test_an_administrator_promotes_with_a_reason(administrator, reviewer, models, engine, compared):
    address = f"/modeles/{compared}/decision"
    assert (await reviewer.post(address, data=YES)).status_code == 403
    assert (await administrator.post(address, data=YES | {"reason": " "})).status_code == 422
    assert engine.name == OWN
    assert (await administrator.post(address, data=YES)).status_code == 303
    assert engine.name == CANDIDATE
    assert model_pointer.serving(models.models, BASE).name == CANDIDATE
    page = (await administrator.get("/modeles")).text
    assert "mis en service depuis la console" in page
    assert "Mis en service par Dominique Administrator" in page
    assert "deux de mieux" in page
    assert "a appris tout ce qui est approuvé" in page
    assert (await administrator.post("/modeles", data={"why": "encore"})).status_code == 422


@pytest.mark.parametrize("failure", REFUSALS)
async def test_what_the_engine_cannot_load_changes_nothing(administrator, models, engine, compared, failure):
    engine.raises = REFUSALS[failure]
    answer = await administrator.post(f"/modeles/{compared}/decision", data=YES)
    assert (answer.status_code, "Rien n’a changé" in answer.text) == (422, True)
    assert model_pointer.read_pointer(models.models) is None
    (decision,) = models.decisions.listed()
    assert (decision.outcome, decision.failure) == ("failed", failure)


async def test_a_candidate_of_other_sources_is_not_promoted(administrator, models, engine, compared):
    object.__setattr__(models, "sources", "other")
    answer = await administrator.post(f"/modeles/{compared}/decision", data=YES)
    assert (answer.status_code, engine.name) == (422, OWN)
    assert "autres données de départ" in answer.text


async def test_a_candidate_that_is_gone_is_not_promoted(administrator, models, engine, compared):
    (models.models / CANDIDATE).unlink()
    answer = await administrator.post(f"/modeles/{compared}/decision", data=YES)
    assert (answer.status_code, engine.name) == (422, OWN)


async def test_a_candidate_that_is_not_wanted_is_noted(administrator, engine, compared):
    await administrator.post(f"/modeles/{compared}/decision", data=NO)
    page = (await administrator.get("/modeles")).text
    assert "Non retenu" in page
    assert engine.name == OWN


async def test_one_rolls_back_to_the_model_of_the_repository(
    administrator, reviewer, models, engine, compared
):
    await administrator.post(f"/modeles/{compared}/decision", data=YES)
    back = {"model": OWN, "reason": "trop de doutes"}
    assert (await reviewer.post("/modeles/retour", data=back)).status_code == 403
    wrong = await administrator.post("/modeles/retour", data=back | {"model": "../../secret"})
    assert (wrong.status_code, engine.name) == (422, CANDIDATE)
    assert (await administrator.post("/modeles/retour", data=back)).status_code == 303
    assert (engine.name, model_pointer.read_pointer(models.models)) == (OWN, None)
    page = (await administrator.get("/modeles")).text
    assert "Retour en arrière" in page
    assert "trop de doutes" in page


async def test_one_rolls_back_to_an_earlier_promoted_model(administrator, models, engine, compared):
    await administrator.post(f"/modeles/{compared}/decision", data=YES)
    (models.models / "second.tar.gz").write_bytes(b"model")
    model_pointer.promote(models.models, "second.tar.gz", BASE)
    assert models.earlier() == [CANDIDATE, OWN]
    await administrator.post("/modeles/retour", data={"model": CANDIDATE, "reason": "mieux avant"})
    assert engine.name == CANDIDATE
    assert model_pointer.read_pointer(models.models).model == CANDIDATE


async def test_how_far_a_training_is_comes_as_a_piece(reviewer, models, approved):
    run = models.ask("essai", OTHER)
    models.runs.begin(run.id)
    models.runs.beat(run.id, "training", "<script>epoch</script>")
    piece = (await reviewer.get(f"/modeles/{run.id}/etat")).text
    assert "entraînement" in piece
    assert "&lt;script&gt;epoch" in piece
    assert "<html" not in piece
    assert (await reviewer.get("/modeles/unknown/etat")).status_code == 404


async def test_a_model_that_learnt_what_was_erased_is_to_be_made_again(
    administrator, models, log, approved, compared
):
    await administrator.post(f"/modeles/{compared}/decision", data=YES)
    assert "effacé depuis" not in (await administrator.get("/modeles")).text
    log.delete(log.by_id(approved.conversation_id))
    assert "Refaites l’entraînement" in (await administrator.get("/modeles")).text
    assert "effacé depuis" in (await administrator.get(f"/modeles/{compared}")).text
