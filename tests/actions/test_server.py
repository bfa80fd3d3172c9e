import logging

from actions.__main__ import action_failed


def test_an_action_that_fails_tells_rasa_nothing_the_owner_wrote(caplog):
    with caplog.at_level(logging.ERROR):
        answer = action_failed(None, ValueError("three"))
    assert answer.status == 500
    assert answer.body == b'{"error":"ValueError"}'
    assert "an action failed" in caplog.text
