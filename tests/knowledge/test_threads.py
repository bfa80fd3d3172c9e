"""The portal asks from several threads at once."""

from concurrent.futures import ThreadPoolExecutor

from knowledge.bootstrap import load_knowledge, open_knowledge
from knowledge.codes import Need
from tests.knowledge.conftest import CONTENT


def test_threads_get_the_same_answers_as_one(tmp_path, territories):
    url = f"sqlite:///{tmp_path / 'knowledge.db'}"
    load_knowledge(CONTENT, url)
    base = open_knowledge(url)
    places = [place for place in territories.departements if place.code in {"29", "59", "75", "974"}]
    questions = [(need, place) for need in Need.values() for place in places]

    def ask(question):
        need, place = question
        return [contact.why for contact in base.contacts(need, place)[:3]], list(
            base.funding(need, place)[:3]
        )

    one_by_one = [ask(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, questions)) == one_by_one
    base.close()
