import pytest

from console.accounts.errors import PasswordTooWeak
from console.accounts.passwords import Passwords, check_strength


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
