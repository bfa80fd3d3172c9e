"""Conversations that an advisor has taken over: what the owner writes there waits for the advisor."""

from anyio.to_thread import run_sync

from conversations.holds import Holds
from conversations.views import Turn
from portal.wording import Wording


class TakenOver:
    """Stands between the owner and the dialogue engine while an advisor answers."""

    def __init__(self, holds: Holds, wording: Wording) -> None:
        self._holds = holds
        self._erasing = {" ".join(words.casefold().split()) for words in wording.orders()}

    async def keep(self, turn: Turn) -> Turn | None:
        """Return the turn as it is kept for the advisor; None where the assistant is to answer.

        Who wants everything erased leaves the advisor: only the assistant does that, and it asks first.
        """
        if " ".join((turn.text or "").casefold().split()) in self._erasing:
            await run_sync(self._holds.leave, turn.conversation_id)
            return None
        return await run_sync(self._holds.keep, turn)

    async def holds(self, conversation_id: str) -> bool:
        """Tell whether an advisor has the conversation at the moment."""
        return await run_sync(self._holds.of, conversation_id) is not None
