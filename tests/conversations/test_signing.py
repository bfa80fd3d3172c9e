"""What a token says, and what is refused without asking anybody."""

from datetime import datetime, timedelta, timezone

import pytest

from conversations.errors import UnknownConversation
from conversations.signing import FRESH, OwnerToken, OwnerTokens
from conversations.tokens import new_token

OLD, NEW = "an older key of the tests, long", "a newer key of the tests, long"


class Clock:
    now = datetime(2025, 3, 3, 9, 0, tzinfo=timezone.utc)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def tokens(clock):
    return OwnerTokens([NEW, OLD], clock)


def test_a_token_says_whose_it_is_and_since_when(tokens, clock):
    key = new_token()
    assert tokens.read(tokens.give(key, 3)) == OwnerToken(key, 3, clock.now)


def test_the_first_key_signs_and_all_are_accepted(tokens, clock):
    key = new_token()
    assert tokens.read(OwnerTokens([OLD], clock).give(key)).key == key
    assert OwnerTokens([NEW], clock).read(tokens.give(key)).key == key
    with pytest.raises(UnknownConversation):
        OwnerTokens([OLD], clock).read(tokens.give(key))


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: "",
        lambda token: "x",
        lambda token: token[:-2],
        lambda token: token[1:],
        lambda token: token.replace(".0.", ".1."),
        lambda token: token.partition(".")[0],
        lambda token: token.rpartition(".")[0],
        lambda token: token + "é",
        lambda token: token + "\x00",
        lambda token: token * 50,
        lambda token: "." * 190,
        lambda token: token.swapcase(),
    ],
)
def test_whoever_has_no_key_makes_no_token(tokens, forge):
    with pytest.raises(UnknownConversation):
        tokens.read(forge(tokens.give(new_token())))


@pytest.mark.parametrize("value", ["court.0", f"{'a' * 43}", f"{'a' * 43}.-1", f"{'a' * 43}.{'9' * 20}"])
def test_what_else_the_key_may_have_signed_is_no_token(tokens, value):
    with pytest.raises(UnknownConversation):
        tokens.read(tokens._signer.sign(value).decode())


def test_a_token_is_renewed_after_a_day(tokens, clock):
    key = new_token()
    token = tokens.give(key)
    clock.now += FRESH - timedelta(seconds=1)
    assert tokens.renewed(token) is None
    clock.now += timedelta(seconds=1)
    assert tokens.read(tokens.renewed(token)) == OwnerToken(key, 1, clock.now)


def test_a_token_of_before_signatures_is_read_where_some_may_be_about(clock, tokens):
    key = new_token()
    with pytest.raises(UnknownConversation):
        tokens.read(key)
    older = OwnerTokens([NEW], clock, unsigned=True)
    assert older.read(key) == OwnerToken(key, signed=False)
    assert older.read(older.renewed(key)) == OwnerToken(key, 1, clock.now)
    for forged in (key[1:], key + "x", key[:-1] + "+"):
        with pytest.raises(UnknownConversation):
            older.read(forged)
