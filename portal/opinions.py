"""What an owner thinks of an answer."""

from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field, StrictStr

from conversations.opinions import Opinion, Reason, Thumb
from portal.api import LAST_NUMBER
from portal.identity import Token
from portal.services import Given
from portal.text import read_text

WORDS_LIMIT = 500

Number = Annotated[int, Path(ge=1, le=LAST_NUMBER)]


class Judged(BaseModel):
    """A thumb on one answer; `reason` and `words` say why it is down."""

    thumb: Thumb
    reason: Reason | None = None
    words: StrictStr | None = Field(None, max_length=4 * WORDS_LIMIT)


router = APIRouter(prefix="/api/conversations")


@router.put("/current/messages/{number}/opinion", status_code=204)
async def judge(token: Token, given: Given, number: Number, judged: Judged) -> Response:
    """Keep the opinion on the bot's message of this number, in place of an earlier one."""
    conversation = await given.desk.by_token(token)
    await run_sync(given.opinions.give, conversation.id, number, _opinion(judged))
    return Response(status_code=204)


def _opinion(judged: Judged) -> Opinion:
    """Return what is kept: whoever is content gives no reason."""
    if judged.thumb == "up":
        return Opinion("up")
    words = read_text(judged.words or "", WORDS_LIMIT).text.strip()
    return Opinion("down", judged.reason, words or None)
