import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from knowledge.codes import Need
from knowledge.freshness.page import write_page
from knowledge.freshness.report import Observatory
from knowledge.freshness.words import Words
from tests.browsing import barriers, needs_chromium
from tests.knowledge.freshness.conftest import TODAY


@pytest.fixture(scope="module")
def html(content, territories, limits):
    observatory = Observatory(territories, limits, TODAY)
    report = observatory.survey(content.advisors.values(), content.schemes.values(), content.guidance)
    return write_page(report, Words())


@pytest.fixture(scope="module")
def page(html):
    return BeautifulSoup(html, "html.parser")


def test_it_asks_nothing_from_anywhere(html, page):
    assert not page.find_all(["script", "link", "img", "iframe", "object", "embed", "base", "source"])
    assert not page.find_all(src=True)
    assert all(tag.name == "a" or tag["href"].startswith("#") for tag in page.find_all(href=True))
    assert all(found.startswith("#") for found in re.findall(r"url\((.*?)\)", html))
    assert "@import" not in html


def test_every_territory_is_on_each_map_once(page, ground):
    codes = Counter({place.code: 1 for place in ground.places})

    for need in Need.values():
        uses = page.select(f"#need-{need} use[data-code]")
        assert Counter(use["data-code"] for use in uses) == codes
        assert all(use.find("title").text.strip() for use in uses)
        assert all(page.find(id=use["href"][1:]) for use in uses)


def test_a_map_says_and_shows_the_same_as_its_table(page):
    area = page.select_one('#need-website use[data-code="29"]')
    row = next(row for row in page.select("#need-website tbody tr") if row.th.text == "29 Finistère")
    verified = int(row.find_all("td")[0].text)

    assert area.title.text.startswith(f"Finistère (29)\N{NO-BREAK SPACE}: {verified} contact")
    assert area["class"] == [{1: "one", 2: "two"}.get(verified, "more")]


def test_each_need_is_chosen_by_its_own_button(page, html):
    for need in Need.values():
        assert page.find("input", id=f"choose-{need}")["type"] == "radio"
        assert f".needs:has(#choose-{need}:checked) #need-{need}" in html


def test_ids_are_unique_and_references_lead_somewhere(page):
    ids = Counter(tag["id"] for tag in page.find_all(id=True))

    assert ids.most_common(1)[0][1] == 1
    for tag in page.find_all(attrs={"aria-labelledby": True}):
        assert tag["aria-labelledby"] in ids
    assert all(tag["href"][1:] in ids for tag in page.select('a[href^="#"]'))


def test_tables_have_captions_and_headings(page):
    for table in page.find_all("table"):
        assert table.caption.text.strip()
        assert all(heading.get("scope") for heading in table.find_all("th"))
        width = len(table.thead.find_all("th"))
        assert all(len(row.find_all(["th", "td"])) == width for row in table.tbody.find_all("tr"))


def test_it_is_french_and_credits_the_shapes(page):
    assert page.html["lang"] == "fr"
    assert "Victor Cazanave" in page.find(class_="credit").text
    assert "CC BY 4.0" in page.find(class_="credit").text


def test_what_a_record_says_is_never_markup(territories, limits, advisor):
    name = '<script>alert("x")</script>'
    report = Observatory(territories, limits, TODAY).survey([advisor("a", name=name)], [])

    assert not BeautifulSoup(write_page(report, Words()), "html.parser").find("script")


def test_a_base_without_records_has_a_page(territories, limits):
    page = BeautifulSoup(
        write_page(Observatory(territories, limits, TODAY).survey([], []), Words()), "html.parser"
    )

    assert {use["class"][0] for use in page.select("#need-website use[data-code]")} == {"nobody"}
    assert "Rien à vérifier." in page.text


class TestInABrowser:
    pytestmark = needs_chromium

    @pytest.fixture(params=["light", "dark"])
    def opened(self, browser, html, request):
        context = browser.new_context(viewport={"width": 320, "height": 800}, color_scheme=request.param)
        page, asked = context.new_page(), []
        page.on("request", lambda sent: asked.append(sent.url))
        page.set_content(html)
        yield page, asked
        context.close()

    def test_axe_finds_nothing_at_320_pixels(self, opened):
        page, asked = opened

        assert barriers(page) == []
        assert asked == []

    def test_the_page_does_not_scroll_sideways_at_320_pixels(self, opened):
        page, _ = opened

        assert page.evaluate("document.documentElement.scrollWidth") <= 320

    def test_choosing_a_need_shows_its_map_alone(self, opened):
        page, _ = opened

        page.check("#choose-loans")

        assert page.locator(".need:visible").evaluate_all("all => all.map(one => one.id)") == ["need-loans"]
