import asyncio
from contextlib import asynccontextmanager

from anyio import fail_after

from conversations.errors import RecordUnreachable
from portal.enlisting import Enlisting

PATIENCE = 5.0


class AwayAtFirst:
    """A listing whose database does not answer the first call."""

    def __init__(self, listing):
        self._listing = listing
        self.asked = 0
        self.catch_up = listing.catch_up

    def behind(self):
        self.asked += 1
        if self.asked == 1:
            raise RecordUnreachable("OperationalError")
        return self._listing.behind()


class Defective:
    """A listing that fails at one conversation."""

    def __init__(self, listing, conversation_id):
        self._listing = listing
        self._defective = conversation_id
        self.behind = listing.behind

    def catch_up(self, conversation_id):
        if conversation_id == self._defective:
            raise ValueError("a digest that cannot be made")
        return self._listing.catch_up(conversation_id)


@asynccontextmanager
async def running(*chores):
    tasks = [asyncio.create_task(chore()) for chore in chores]
    yield
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def nothing_waits(listing):
    with fail_after(PATIENCE):
        while listing.behind():
            await asyncio.sleep(0.01)


def leave_one_behind(bench):
    """Answer as a process that ends before it lists."""
    _, conversation = bench.log.start()
    turn = bench.log.receive(conversation, "m1", "un site")
    bench.log.answer(turn, [{"text": "Voici."}], {}, listed=False)
    return conversation


async def test_an_answer_is_listed_soon_after_it_was_given(bench):
    bench.recovers = True
    services = bench.services()
    async with running(*services.chores):
        token, _ = await services.desk.open("web", None, None)
        await nothing_waits(bench.listing)
        await services.desk.say(token, "m1", "un site")
        await nothing_waits(bench.listing)


async def test_without_the_chore_an_answer_waits(bench):
    desk = bench.services().desk
    token, _ = await desk.open("web", None, None)
    conversation = await desk.by_token(token)
    await desk.say(token, "m1", "un site")
    assert bench.listing.behind() == [conversation.id]


async def test_what_another_process_left_is_listed_at_start(bench):
    leave_one_behind(bench)
    async with running(Enlisting(bench.listing).for_ever):
        await nothing_waits(bench.listing)


async def test_what_another_process_leaves_is_found_from_time_to_time(bench):
    async with running(Enlisting(bench.listing, pause=0.01).for_ever):
        await asyncio.sleep(0.05)
        leave_one_behind(bench)
        await nothing_waits(bench.listing)


async def test_a_database_that_was_away_is_asked_again(bench):
    leave_one_behind(bench)
    away = AwayAtFirst(bench.listing)
    async with running(Enlisting(away, pause=0.01).for_ever):
        await nothing_waits(bench.listing)
    assert away.asked > 1


async def test_a_conversation_that_cannot_be_listed_keeps_no_other_from_it(bench, caplog):
    first, _ = leave_one_behind(bench), leave_one_behind(bench)
    enlisting = Enlisting(Defective(bench.listing, first.id))
    assert await enlisting.round() == 1
    assert bench.listing.behind() == [first.id]
    assert "could not be listed" in caplog.text
    assert await enlisting.round() == 0
