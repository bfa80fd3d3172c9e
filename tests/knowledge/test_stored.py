import pytest

from knowledge.stored import build


@pytest.mark.parametrize("kind", ["advisors", "schemes"])
def test_what_was_stored_is_built_again_to_the_last_type(content, kind):
    for record in getattr(content, kind).values():
        built = build(type(record), record.json(exclude_defaults=True))
        assert repr(built) == repr(record)
        assert built == record


def test_a_record_built_again_cannot_be_changed_either(content):
    record = next(iter(content.advisors.values()))

    with pytest.raises(TypeError):
        build(type(record), record.json()).name = "other"
