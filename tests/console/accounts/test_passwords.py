import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

import pytest
from argon2 import PasswordHasher

from console.accounts.errors import PasswordTooWeak, TooBusy
from console.accounts.passwords import AT_ONCE, WAITING, Passwords, check_strength


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("onze signes", "short"),
        ("a" * 201, "long"),
        ("aaaaaaaaaaaa", "easy"),
        ("motdepasse12motdepasse12", "easy"),
        ("123456789012", "easy"),
        ("azertyuiopqsdf", "easy"),
        ("zyxwvutsrqponm", "easy"),
        ("Anne@Example.org", "easy"),
    ],
)
def test_what_is_easy_to_guess_is_refused(password, why):
    with pytest.raises(PasswordTooWeak) as refused:
        check_strength(password, "anne@example.org", "Anne Le Goff")
    assert refused.value.why == why


@pytest.mark.parametrize("password", ["douze signes", "le chat et la lune", "é" * 4 + "àùïôû-12"])
def test_what_is_long_enough_is_taken(password):
    check_strength(password, "anne@example.org", "Anne Le Goff")


def test_a_hash_is_argon2id_at_the_cost_of_rfc_9106():
    hashed = Passwords().hash("quatre mots")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_only_its_own_password_matches(quick):
    kept = quick.hash("quatre mots")
    assert quick.matches(kept, "quatre mots")
    assert not quick.matches(kept, "Quatre mots")
    assert not quick.matches(None, "nobody has this password")
    assert not quick.matches("damaged", "quatre mots")


def test_a_hash_of_another_cost_is_outdated(quick):
    assert Passwords().is_outdated(quick.hash("quatre mots"))
    assert not quick.is_outdated(quick.hash("quatre mots"))


def test_a_flood_of_sign_ins_does_not_take_every_thread():
    class Slow(PasswordHasher):
        def verify(self, kept, password):
            going.wait(10)
            return True

    going = threading.Event()
    slow = Passwords(Slow(time_cost=1, memory_cost=8, parallelism=1))
    with ThreadPoolExecutor(AT_ONCE + WAITING + 1) as pool:
        tries = [pool.submit(slow.matches, "kept", "x") for _ in range(AT_ONCE + WAITING + 1)]
        refused = next(as_completed(tries, timeout=10))
        going.set()
        assert isinstance(refused.exception(), TooBusy)
        assert sum(each.exception() is None for each in tries) == AT_ONCE + WAITING
    assert slow.matches("kept", "x")
