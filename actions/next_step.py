"""« Ça m'intéresse », « et maintenant ? » behind an answer: next come the questions that it offers, or a person."""

from __future__ import annotations

from actions.asides import is_short
from actions.cues import says
from actions.memory import Memory
from actions.obligations import is_urgent
from actions.services import Services
from actions.shared_cdo_facts import NEED as SHARED
from actions.turn import Turn
from knowledge.codes import Need

# Needs whose answer offers questions of its own, and the action that asks them.
OFFERED = {SHARED: "action_shared_cdo", Need.DIAGNOSIS.value: "action_diagnosis"}
CHANNELS = frozenset({Need.ONLINE_STORE.value, Need.MARKETPLACE.value})
COMPARE = "action_compare_sales_channels"


def action_of_next_step(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the action that takes the need at hand further; None where nothing was answered yet or a form is open, and
    where the message asks for no next step.
    """
    if not _answered(memory) or not is_short(turn) or is_urgent(services, memory.need, memory.question):
        return None  # « que faire ? » after an attack is answered by the rules
    if says(services, "how_to_apply", turn.text):
        return None  # « pour le dossier, je fais quoi ? » has an answer of its own
    if asks_which_channel(services, memory, turn):
        return COMPARE
    wanted = any(says(services, cue, turn.text) for cue in ("interested", "what_next"))
    if not wanted or says(services, "not_wanted", turn.text):
        return None
    return OFFERED.get(memory.need, "action_talk_to_human")


def action_offered(services: Services, memory: Memory, turn: Turn) -> str | None:
    """Return the action whose questions the last answer offered and a yes accepts; None where they were answered."""
    open_offer = _answered(memory) and memory.need not in memory.results
    return OFFERED.get(memory.need) if open_offer and says(services, "accepts", turn.text) else None


def asks_which_channel(services: Services, memory: Memory, turn: Turn) -> bool:
    """Tell whether a few words behind both ways of selling ask which it is to be (« c'est quoi la différence ? »)."""
    few = _answered(memory) and is_short(turn)
    return few and set(memory.needs) == CHANNELS and says(services, "which_channel", turn.text)


def hesitates(services: Services, turn: Turn, needs: list[str]) -> bool:
    """Tell whether a message wavers between an own shop and a marketplace (« sur mon site ou sur Amazon ? »)."""
    words = all(says(services, cue, turn.text) for cue in ("either", "hesitates"))
    return words and set(needs) == CHANNELS


def _answered(memory: Memory) -> bool:
    return bool(memory.need and memory.shown and not memory.form and not memory.awaiting)
