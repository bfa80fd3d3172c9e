async def yes():
    return True


async def no():
    return False


async def test_alive(client):
    assert (await client.get("/healthz")).status_code == 200


async def test_ready_when_everything_answers(client, bench):
    bench.probes.update(rasa=yes, knowledge=yes)
    assert (await client.get("/readyz")).status_code == 200


async def test_not_ready_names_what_is_missing(client, bench):
    bench.probes.update(rasa=no, actions=yes, knowledge=no)
    answer = await client.get("/readyz")

    assert (answer.status_code, answer.json()["type"]) == (503, "/problemes/pas-pret")
    assert answer.json()["missing"] == ["rasa", "knowledge"]


async def test_metrics_count_turns_by_outcome(client, bench, bearer):
    for text, message_id in (("bonjour", "m1"), ("bonjour", "m1"), ("encore", "m2")):
        body = {"text": text, "message_id": message_id}
        await client.post("/api/conversations/current/messages", json=body, headers=bearer)
        bench.dialogue.broken = "timeout" if message_id == "m1" else None
    page = (await client.get("/metrics")).text

    # The greeting is a turn too.
    assert 'boussole_turns_total{outcome="answered"} 2.0' in page
    assert 'boussole_turns_total{outcome="replayed"} 1.0' in page
    assert 'boussole_turns_total{outcome="failed"} 1.0' in page
    assert 'boussole_turn_failures_total{reason="timeout"} 1.0' in page
    assert "boussole_turn_seconds_count 2.0" in page
