import pytest

from edge.bundle import NotBundled, one_script, one_sheet
from portal.page import STATIC

SOURCES = {
    "main": 'import { twice } from "./sums.js";\nimport { words as said } from "./words.js";\n\nsaid(twice(2));\n',
    "sums": 'import { words } from "./words.js";\n\nexport function twice(x) {\n  return 2 * words(x);\n}\n',
    "words": "export const words = (x) => x;\nexport class Problem extends Error {}\nexport async function f() {}\n",
}


@pytest.fixture
def folder(tmp_path):
    for name, text in SOURCES.items():
        (tmp_path / f"{name}.js").write_text(text)
    return tmp_path


def test_each_module_comes_once_and_after_what_it_needs(folder):
    script = one_script(folder, "main")
    places = [script.index(f"const ${name} = ") for name in ("words", "sums", "main")]
    assert places == sorted(places)
    assert [script.count(f"const ${name} = ") for name in SOURCES] == [1, 1, 1]


def test_names_are_handed_on(folder):
    script = one_script(folder, "main")
    assert "const { words: said } = $words;" in script
    assert "return { words, Problem, f };" in script
    assert "return { twice };" in script
    assert "import" not in script
    assert "export" not in script


@pytest.mark.parametrize(
    "line",
    [
        'import * as all from "./words.js";',
        'import "./words.js";',
        "export { a };",
        "export default 1;",
        "export let a = 1;",
        "const here = import.meta.url;",
        "await 1;",
    ],
)
def test_what_it_does_not_understand_is_an_error(folder, line):
    (folder / "main.js").write_text(f"{line}\n")
    with pytest.raises(NotBundled, match="main.js"):
        one_script(folder, "main")


def test_a_circle_is_an_error(folder):
    (folder / "words.js").write_text('import { twice } from "./sums.js";\n')
    with pytest.raises(NotBundled, match="sums"):
        one_script(folder, "main")


def test_the_portal_s_own_scripts_are_all_there():
    script = one_script(STATIC / "js", "main")
    for name in ("api", "chat", "conversation", "view"):
        assert f"const ${name} = " in script


def test_styles_follow_one_another(tmp_path):
    (tmp_path / "a.css").write_text("a {}")
    (tmp_path / "b.css").write_text("b {}")
    assert one_sheet(tmp_path, ("b", "a")) == "b {}\na {}"
