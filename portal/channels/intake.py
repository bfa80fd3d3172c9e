"""What providers call: verified, stored, acknowledged; the answer comes later, by another way."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from anyio.to_thread import run_sync
from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, Response
from starlette.background import BackgroundTask

from conversations.channel_views import Delivery, Incoming
from conversations.inbox import Inbox
from conversations.outgoing import OutgoingMessages
from portal.channels.addresses import AddressBook
from portal.channels.interface import Call, Channel, Event, Reading, Report, Unreadable, Unsigned
from portal.metrics import Metrics
from portal.problems import Problem

router = APIRouter(prefix="/webhooks")


class Intake:
    """Stores what the channels' providers send; `ring` says that something new is there."""

    def __init__(
        self,
        channels: Mapping[str, Channel],
        inbox: Inbox,
        outgoing: OutgoingMessages,
        addresses: AddressBook,
        metrics: Metrics,
        ring: Callable[[], None],
    ) -> None:
        self.channels = channels
        self._inbox = inbox
        self._outgoing = outgoing
        self._addresses = addresses
        self._metrics = metrics
        self._ring = ring

    def channel(self, name: str) -> Channel:
        """Return the channel of this name; raises the 404 problem for one that is not set up."""
        if name not in self.channels:
            raise Problem(404, "not_found")
        return self.channels[name]

    def handshake(self, name: str, query: Mapping[str, str]) -> str:
        """Return what a call that sets the webhook up is answered."""
        channel = self.channel(name)
        try:
            answer = channel.handshake(query)
        except Unsigned as error:
            raise self._unsigned(name) from error
        if answer is None:
            raise Problem(405, "method_refused", method="GET")
        return answer

    async def take(self, name: str, call: Call) -> tuple[Reading, Sequence[int]]:
        """Store what a call holds; return its reading, and the ids of the events that are new."""
        channel = self.channel(name)
        try:
            reading = channel.read(call)
        except Unsigned as error:
            raise self._unsigned(name) from error
        except Unreadable as error:
            raise Problem(400, "invalid", fields=[]) from error
        if reading.reports:
            await run_sync(
                self._outgoing.report, name, [self._delivery(name, each) for each in reading.reports]
            )
        if not reading.events:
            return reading, ()
        taken = await run_sync(
            self._inbox.receive, name, [self._incoming(name, each) for each in reading.events]
        )
        self._metrics.conversations.labels("opened").inc(taken.opened)
        self._metrics.channel_events.labels(name, "taken").inc(len(taken.ids))
        self._metrics.channel_events.labels(name, "repeated").inc(taken.repeated)
        return reading, taken.ids

    async def acknowledged(self, ids: Sequence[int]) -> None:
        """Note that the provider knows, and let the work begin."""
        self._ring()
        await run_sync(self._inbox.acknowledged, ids)

    def _incoming(self, name: str, event: Event) -> Incoming:
        return Incoming(
            provider_id=self._addresses.digest(name, event.provider_id),
            digest=self._addresses.digest(name, event.address),
            sealed=self._addresses.seal(event.address),
            kind=event.kind,
            text=event.text,
            rank=event.rank,
            sent_at=event.sent_at,
            reference=event.reference and self._addresses.digest(name, event.reference),
            edits=event.edits,
        )

    def _delivery(self, name: str, report: Report) -> Delivery:
        return Delivery(
            self._addresses.digest(name, report.provider_id), report.state, report.name, report.why
        )

    def _unsigned(self, name: str) -> Problem:
        self._metrics.channel_events.labels(name, "refused").inc()
        return Problem(403, "unsigned")


async def intake_of(request: Request) -> Intake:
    """Return the intake the application was made with; raises the 404 problem where it has no channels."""
    channels = request.app.state.services.channels
    if channels is None:
        raise Problem(404, "not_found")
    return channels.intake


Taking = Annotated[Intake, Depends(intake_of)]


@router.get("/{name}")
async def handshake(name: str, request: Request, intake: Taking) -> PlainTextResponse:
    """Answer the call by which a provider checks the address."""
    return PlainTextResponse(intake.handshake(name, request.query_params))


@router.post("/{name}")
async def receive(name: str, request: Request, intake: Taking) -> Response:
    """Store what a provider sends and acknowledge it."""
    intake.channel(name)  # who calls what is not set up need not send a body
    query = request.url.query
    call = Call(
        headers=request.headers,
        body=await request.body(),
        query=request.query_params,
        target=request.url.path + (f"?{query}" if query else ""),
    )
    reading, ids = await intake.take(name, call)
    after = BackgroundTask(intake.acknowledged, ids) if ids else None
    return Response(reading.answer, media_type=reading.media_type, background=after)
