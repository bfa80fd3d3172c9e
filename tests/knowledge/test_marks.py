from knowledge.marks import parse


def test_each_part_keeps_its_line():
    marked = parse(b"a: 1\nb:\n  - x\n  - y: 2\n")

    assert marked.value == {"a": 1, "b": ["x", {"y": 2}]}
    assert [marked.line(part) for part in [("a",), ("b", 0), ("b", 1, "y")]] == [1, 3, 4]


def test_a_part_that_is_missing_has_the_line_of_what_would_hold_it():
    assert parse(b"a: 1\nb:\n  c: 2\n").line(("b", "d")) == 2


def test_a_date_stays_as_precise_as_it_is_written():
    assert parse(b"seen: 2024-06-28\n").value == {"seen": "2024-06-28"}


def test_a_duplicate_key_is_an_error_on_its_own_line():
    assert parse(b"a: 1\nb: 2\na: 3\n").errors == [(3, "duplicate key `a`; keep one")]


def test_broken_yaml_and_foreign_encodings_are_errors_not_exceptions():
    assert parse(b"a: [1\nb: 2\n").errors[0][1].startswith("not YAML")
    assert parse("a: 1\nb: é\n".encode("latin-1")).errors == [
        (2, "the file is not UTF-8; save it again as UTF-8")
    ]
    assert parse(b"a: \x00\n").errors


def test_an_empty_file_holds_nothing():
    assert parse(b"").value is None
