"""A message corrected, approved by a second person and exported, by keyboard alone; each page read by axe."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect

from console.viewers import Role
from conversations.review_views import APPROVED, PROPOSED
from tests.browsing import needs_chromium
from tests.console.accounts.test_browser import fits

pytestmark = needs_chromium
SAID = "un truc pour montrer mes crêpes sur le net à Quimper"


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_a_message_is_corrected_approved_and_exported_by_keyboard(signed_page, say, desk):
    say(SAID, place=None)
    say("autre chose encore", place=None)
    page = signed_page(Role.REVIEWER, "/relecture")
    fits(page)
    press(page, "j", "j", "Enter")
    expect(page.get_by_role("heading", name=re.compile("Message 1 sur 1"))).to_be_visible()
    expect(page.locator("#said")).to_be_focused()
    fits(page)

    press(page, "3")  # Site internet, third of what was understood
    expect(page.get_by_label("Besoin ou acte")).to_have_value("need_website")
    press(page, "2")
    expect(page.get_by_label("Deuxième besoin")).to_have_value("need_visibility")
    press(page, "2", *["ArrowRight"] * 11, "l")  # the eleventh word is Quimper
    expect(page.locator("#said mark")).to_have_text("Quimper")
    expect(page.get_by_role("status").filter(has_text="Lieu : Quimper")).to_have_count(1)
    press(page, *["ArrowLeft"] * 5, "m")
    expect(page.locator("#said mark")).to_have_count(2)
    press(page, "m")  # the same again takes it back
    expect(page.locator("#said mark")).to_have_count(1)
    press(page, "i", "Control+End", "!", "Escape", "r")
    page.keyboard.type("vocabulaire du net")
    press(page, "Escape", "a")
    expect(page.get_by_role("status").filter(has_text="attend l’accord d’une autre personne")).to_be_visible()
    (candidate,) = desk.candidates.listed(PROPOSED)
    assert candidate.reading.text == f"{SAID}!"
    assert (candidate.reading.needs, [each.value for each in candidate.reading.entities]) == (
        ("website",),
        ["com29232"],
    )
    press(page, "t")
    expect(page.get_by_role("status").filter(has_text="mise de côté")).to_be_visible()

    second = signed_page(Role.ADMINISTRATOR, "/relecture/approbations")
    fits(second)
    press(second, "j", "v")
    expect(second.get_by_role("status").filter(has_text="approuvé")).to_be_visible()
    assert desk.candidates.counts() == {APPROVED: 1}
    second.goto(second.url.split("/approbations")[0] + "/export")
    fits(second)
    with second.expect_download() as taken:
        second.get_by_role("button", name="Télécharger").press("Enter")
    pack = zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes()))
    assert pack.namelist() == ["data/nlu/owners/website.yml"]
    assert f"- {SAID[:-7]}[Quimper](location:com29232)!" in pack.read(pack.namelist()[0]).decode()


@pytest.mark.parametrize("width", [1280, 375])
def test_without_scripts_the_form_does_it_all(signed_page, say, desk, width):
    turn = say(SAID, place=None)
    page = signed_page(
        Role.REVIEWER, f"/relecture/messages/{turn.id}", width=width, java_script_enabled=False
    )
    page.get_by_label("Besoin ou acte").select_option("need_website")
    page.get_by_label("Sorte").first.select_option("location")
    page.get_by_label("Mots du message").first.fill("Quimper")
    page.get_by_role("button", name="Corriger et proposer").click()
    expect(page).to_have_url(re.compile(r"/relecture\?fait=learn"))
    (candidate,) = desk.candidates.listed(PROPOSED)
    assert [(each.kind, each.value) for each in candidate.reading.entities] == [("location", "com29232")]


@pytest.mark.parametrize("width", [1280, 375])
def test_a_conversation_is_handed_to_a_colleague(signed_page, say, desk, width, tmp_path):
    turn = say(SAID, place=None)
    page = signed_page(Role.REVIEWER, f"/relecture/messages/{turn.id}", width=width)
    page.get_by_label("Confier la relecture à").select_option("Camille Riou")
    page.get_by_role("button", name="Confier").click()
    expect(page.get_by_text("Confiée à Camille Riou")).to_be_visible()
    expect(page.locator(".history")).to_contain_text(
        "Dominique Reviewer a changé la personne qui relit : Camille"
    )
    fits(page)
    page.screenshot(path=tmp_path / f"message-{width}.png", full_page=True)

    second = signed_page(Role.ADMINISTRATOR, "/relecture", width=width)
    second.get_by_label("Confiées à").select_option("moi")
    expect(second).to_have_url(re.compile("pour=moi"))
    expect(second.locator("tbody tr")).to_have_count(1)
    expect(second.locator("tbody tr")).to_contain_text("Camille Riou")
    fits(second)
    second.screenshot(path=tmp_path / f"list-{width}.png", full_page=True)
    second.get_by_label("Confiées à").select_option("personne")
    expect(second.get_by_text("Aucune conversation dans cet état pour cette personne.")).to_be_visible()
