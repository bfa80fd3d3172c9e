"""What the providers took against what the record says was to go out: nothing missing, what came twice and why."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from conversations.channel_models import CorrespondentRow
from conversations.models import BotMessageRow, TurnRow
from portal.channels.addresses import AddressBook
from portal.channels.interface import Channel
from portal.wording import Wording
from tests.crash.messengers import Arrived, MessengerOwner


@dataclass
class Deliveries:
    """Counted over one channel."""

    owners: int = 0
    messages: int = 0
    notices: int = 0
    arrived: int = 0
    again: int = 0
    wrong: list[str] = field(default_factory=list)


def compare(
    record: Engine,
    addresses: AddressBook,
    owners: Iterable[MessengerOwner],
    channels: dict[str, Channel],
    wording: Wording,
    days: int,
) -> dict[str, Deliveries]:
    """Return by channel what arrived; `days` is the number that the first answer names."""
    intro = {"text": wording.say("channels", "intro", days=days)}
    notice = wording.say("messages", "waiting").split(".")[0]
    found: dict[str, Deliveries] = {}
    with Session(record, future=True) as session:
        for owner in owners:
            channel = channels[owner.network.channel]
            digest = addresses.digest(channel.name, owner.address)
            parts = channel.lay_out([intro, *_answers(session, digest)])
            counted = found.setdefault(channel.name, Deliveries())
            _count(counted, owner, [part["text"] for part in parts], notice)
    return found


def _answers(session: Session, digest: str) -> list[dict]:
    """Return what was answered in a conversation, in order."""
    mine = select(CorrespondentRow.conversation_id).where(CorrespondentRow.digest == digest)
    said = select(BotMessageRow).join(TurnRow, TurnRow.id == BotMessageRow.turn_id)
    answered = said.where(TurnRow.conversation_id == mine.scalar_subquery(), TurnRow.state == "answered")
    rows = session.scalars(answered.order_by(BotMessageRow.position))
    return [{"text": row.text, "buttons": row.buttons} for row in rows]


def _count(counted: Deliveries, owner: MessengerOwner, expected: Sequence[str], notice: str) -> None:
    arrived = owner.network.arrived[owner.address]
    plain = [each for each in arrived if not each.text.startswith(notice)]
    reached, again, strange = 0, 0, []
    for each in plain:
        if reached < len(expected) and each.text == expected[reached]:
            reached += 1
        elif reached and each.text == expected[reached - 1]:
            again += 1
        else:
            strange.append(each.text[:60])
    counted.owners += 1
    counted.messages += len(owner.sent)
    counted.arrived += len(arrived)
    counted.notices += len(arrived) - len(plain)
    counted.again += again + _notices_again(arrived, notice)
    missing = expected[reached:]
    if missing or strange:
        where = f"{owner.network.channel} {owner.address}"
        counted.wrong.append(f"{where}: missing {[each[:60] for each in missing]}, not expected {strange}")


def _notices_again(arrived: Sequence[Arrived], notice: str) -> int:
    """Return how many notices came twice under one name; where the API has no names, none can be told apart."""
    names = Counter(each.name for each in arrived if each.name and each.text.startswith(notice))
    return sum(count - 1 for count in names.values())
