"""Invitation, sign-in with a second factor and the end of a session, in a real browser."""

import re

import pyotp
from playwright.sync_api import expect

from console.viewers import Role
from tests.browsing import barriers, needs_chromium
from tests.console.accounts.conftest import PASSWORD

pytestmark = needs_chromium
SIZES = ((1280, "light"), (375, "dark"))


def fits(page):
    """Nothing is wrong for those who cannot see well, and nothing is wider than the screen."""
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def enter(page, email, password=PASSWORD):
    page.get_by_label("Adresse e-mail").fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Se connecter").click()


def test_an_administrator_sets_up_a_second_factor_and_comes_back_with_it(desk, joined, clock, open_page):
    joined("chef@example.org", Role.ADMINISTRATOR, "Claude")
    page = open_page("/comptes")
    enter(page, "chef@example.org", "wrong")
    expect(page.get_by_role("alert")).to_contain_text("Vous n’êtes pas connecté")
    fits(page)
    enter(page, "chef@example.org")
    expect(page.get_by_role("heading", name="Mettre en place le second facteur")).to_be_visible()
    picture = page.get_by_role("img", name=re.compile("QR code"))
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    fits(page)
    key = page.locator("code.key").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(pyotp.TOTP(key).at(clock.now))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Vos codes de secours")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="J’ai noté ces codes").click()
    expect(page.get_by_role("heading", name="Comptes")).to_be_visible()  # where the address led at first
    page.get_by_role("button", name="Se déconnecter").click()

    clock.pass_by(minutes=1)
    enter(page, "chef@example.org")
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Ce code n’est pas accepté")
    fits(page)
    page.get_by_label("Code").fill(pyotp.TOTP(key).at(clock.now))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bonjour Claude")).to_be_visible()


def test_somebody_is_invited_comes_and_is_shut_out_again(desk, record, joined, open_page):
    boss = joined("chef@example.org", Role.ADMINISTRATOR, "Claude")
    page = open_page("/comptes", cookie=desk.sessions.open(boss.id, "Firefox", strong=True))
    fits(page)
    page.get_by_role("link", name="Inviter quelqu’un").click()
    page.get_by_label("Adresse e-mail").fill("jean@example.org")
    page.get_by_label("Nom", exact=True).fill("Jean Kerouac")
    page.get_by_label("Ajouter un organisme (1)").fill("cci-29")
    page.get_by_text("Départements :").click()
    page.get_by_label("29 Finistère").check()
    fits(page)
    page.get_by_role("button", name="Inviter").click()
    expect(page.get_by_role("status")).to_contain_text("Un lien est parti par e-mail")

    token = desk.links.make(desk.register.find("jean@example.org").id, "invitation")
    guest = open_page(f"/lien/{token}")
    assert token not in guest.url
    fits(guest)
    guest.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    guest.get_by_label("Le même mot de passe").fill(PASSWORD)
    guest.keyboard.press("Enter")
    expect(guest.get_by_role("status")).to_contain_text("Votre mot de passe est enregistré")
    enter(guest, "jean@example.org")
    guest.get_by_role("link", name="Mon compte").click()
    expect(guest.get_by_text("CCI du Finistère")).to_be_visible()
    fits(guest)

    page.reload()
    page.get_by_role("button", name=re.compile("^Terminer la session")).click()
    expect(page.get_by_role("status")).to_contain_text("La session est terminée")
    fits(page)
    guest.reload()
    expect(guest.get_by_role("heading", name="Se connecter")).to_be_visible()
