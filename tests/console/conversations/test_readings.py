"""What a list shows is written down, whose review it is narrows it, and advisors' words are found."""

import re

from console.viewers import Role
from conversations.bootstrap import open_holds
from conversations.privacy_bootstrap import open_reading_log
from conversations.reading_log import Listing
from conversations.review_bootstrap import open_reviews
from conversations.review_views import Who
from tests.console.conversations.test_pages import LIST, text
from tests.conversations.advisors import ANNE


async def test_excerpts_that_a_list_shows_are_written_down_without_the_words_searched(visitor, bench, record):
    client, reads = visitor(Role.ADMINISTRATOR), open_reading_log(record)
    await client.get(f"{LIST}?besoin=grants")
    await client.get(f"{LIST}?q=crêperie")
    await client.get(f"{LIST}?q=introuvable")
    assert [(each.what, each.account_id, each.listing) for each in reads.listed()] == [
        ("search", "account-administrator", Listing("", 1)),
        ("list", "account-administrator", Listing("besoin=grants", 1)),
    ]
    assert [each.what for each in reads.of_subject("conversation", bench.brest)] == ["search"]


async def test_a_list_is_narrowed_to_those_given_to_a_person(visitor, bench, record):
    open_reviews(record).assign(bench.rennes, "a1", Who("r", "Camille"), "Anne")
    client = visitor(Role.ADMINISTRATOR)
    page = await text(client, f"{LIST}?relecteur=a1")
    assert '<option value="a1" selected>Anne</option>' in page
    assert bench.rennes in page
    assert bench.brest not in page


async def test_what_an_advisor_wrote_is_found_and_marked_as_theirs(visitor, bench, record, clock):
    holds = open_holds(record, clock)
    holds.take(bench.brest, ANNE)
    holds.say(bench.brest, ANNE, "Apportez votre bilan.")
    page = await text(visitor(Role.ADMINISTRATOR), f"{LIST}?q=bilan")
    assert "écrit par un conseiller" in page
    found = re.search(rf"{bench.brest}\?tour=(\d+)", page)[1]
    assert f'id="tour-{found}"' in await text(
        visitor(Role.ADMINISTRATOR), f"{LIST}/{bench.brest}?tour={found}"
    )
