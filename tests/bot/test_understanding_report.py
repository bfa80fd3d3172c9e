from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.understanding import understood


def test_each_action_is_told_with_the_time_it_took():
    tracker = DialogueStateTracker.from_events(
        "owner",
        [
            UserUttered("avant", timestamp=90.0),
            ActionExecuted("action_answer_need", timestamp=91.0),
            ActionExecuted("action_listen", timestamp=92.0),
            UserUttered("un site", intent={"name": "need_website", "confidence": 0.9}, timestamp=100.0),
            ActionExecuted("action_answer_need", timestamp=100.25),
            SlotSet("need", "website", timestamp=100.26),
            ActionExecuted("action_ask_cost", timestamp=100.3),
            ActionExecuted("action_listen", timestamp=100.4),
        ],
    )
    told = understood(tracker, "modele-1")
    assert told["actions"] == ["action_answer_need", "action_ask_cost"]
    assert told["timings"] == [
        {"action": "action_answer_need", "ms": 250},
        {"action": "action_ask_cost", "ms": 50},
    ]
