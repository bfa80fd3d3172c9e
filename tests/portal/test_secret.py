from concurrent.futures import ThreadPoolExecutor

import pytest

from edge.secret_file import shared_secret
from portal.secret import token_keys, turn_secret
from settings import Settings


def test_the_secret_is_made_once_and_kept_to_ourselves(tmp_path):
    file = tmp_path / "var" / "secret"
    secret = shared_secret(file)

    assert len(secret) >= 32
    assert shared_secret(file) == secret
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["secret"]


def test_those_who_ask_at_once_agree(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        secrets = set(pool.map(shared_secret, [tmp_path / "secret"] * 8))
    assert len(secrets) == 1


def test_the_operator_s_secret_counts_before_the_file(tmp_path):
    given = Settings(var=tmp_path, turn_secret="celui-de-l-exploitant")
    assert turn_secret(given) == "celui-de-l-exploitant"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("empty", [None, ""])
def test_without_one_the_file_s_counts(tmp_path, empty):
    assert turn_secret(Settings(var=tmp_path, turn_secret=empty)) == shared_secret(tmp_path / "secret")


def test_an_empty_file_is_made_anew(tmp_path):
    file = tmp_path / "secret"
    file.write_text("")
    assert len(shared_secret(file)) > 20


def test_the_owners_tokens_have_keys_of_their_own_where_the_operator_gives_some(tmp_path):
    newer, older = "n" * 32, "o" * 32
    given = Settings(var=tmp_path, turn_secret="celui-de-l-exploitant", token_keys=f"{newer} {older}")
    assert token_keys(given) == [newer, older]
    assert token_keys(Settings(var=tmp_path, turn_secret="celui-de-l-exploitant")) == [
        "celui-de-l-exploitant"
    ]


def test_a_key_that_could_be_guessed_is_refused():
    with pytest.raises(ValueError, match="32 characters"):
        Settings(token_keys=f"{'n' * 32} court")
