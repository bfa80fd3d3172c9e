from threading import Event, Thread

from knowledge.directory.kept import Kept


def test_a_value_is_made_once_for_a_version():
    versions, made = ["a"], []
    kept = Kept(lambda: versions[0], lambda: made.append(versions[0]) or len(made))
    assert [kept.get(), kept.get()] == [1, 1]
    versions[0] = "b"
    assert kept.get() == 2
    assert made == ["a", "b"]


def test_who_asks_meanwhile_gets_the_value_before():
    versions, begun, go_on = ["a"], Event(), Event()

    def make():
        if versions[0] == "b":
            begun.set()
            go_on.wait(5)
        return versions[0]

    kept = Kept(lambda: versions[0], make)
    kept.get()
    versions[0] = "b"
    slow = Thread(target=kept.get)
    slow.start()
    begun.wait(5)
    assert kept.get() == "a"
    go_on.set()
    slow.join(5)
    assert kept.get() == "b"
