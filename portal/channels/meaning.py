"""What an owner of a messaging channel means: orders, numbers and choices become the words that they stand for."""

import re

from conversations.channel_views import WaitingEvent
from conversations.log import ConversationLog
from conversations.views import Message
from portal.channels import choices
from portal.wording import Wording

# « /effacer », in a group « /effacer@notre_bot », and what may follow.
_COMMAND = re.compile(r"^\s*/(\w+)(?:@\w+)?(?:\s|$)")
_LETTERS = re.compile(r"[^\W\d_]+")


class Meaning:
    """Reads events against what was offered in their conversation. Called on worker threads."""

    def __init__(self, log: ConversationLog, wording: Wording) -> None:
        self._log = log
        self._wording = wording
        self._more = wording.say("channels", "more").casefold()

    def of(self, conversation_id: str, event: WaitingEvent, numbers: bool) -> str:
        """Return the words that an event stands for; `numbers` tells that choices were offered by number."""
        if event.kind == "choice":
            asks = event.text.startswith(choices.MARK)
            return choices.meant(event.text, self._transcript(conversation_id)) if asks else event.text
        command = _COMMAND.match(event.text)
        if command:
            return self._wording.command(command[1].casefold()) or event.text
        if numbers and any(sign.isdigit() for sign in event.text):
            return choices.by_number(event.text, self._transcript(conversation_id))
        return event.text

    def asks_for_more(self, text: str) -> bool:
        """Tell whether an owner asks for the rest of an answer."""
        return [word.casefold() for word in _LETTERS.findall(text)] == [self._more]

    def _transcript(self, conversation_id: str) -> list[Message]:
        return self._log.transcript(self._log.by_id(conversation_id))
