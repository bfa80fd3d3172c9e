import pytest

from portal.directory.paging import ON_A_PAGE, Page, page_of


def test_a_list_is_cut_into_pages():
    page = page_of(list(range(30)), 3)
    assert page.items == list(range(2 * ON_A_PAGE, 30))
    assert (page.first, page.last, page.total) == (2 * ON_A_PAGE + 1, 3, 30)


def test_a_page_beyond_the_last_is_the_last():
    assert page_of(list(range(30)), 99).number == 3


def test_an_empty_list_has_one_empty_page():
    page = page_of([], 1)
    assert (page.items, page.number, page.last, page.total) == ([], 1, 1, 0)


@pytest.mark.parametrize(
    ("number", "last", "named"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, None, 9]),
        (5, 9, [1, None, 4, 5, 6, None, 9]),
        (9, 9, [1, None, 8, 9]),
    ],
)
def test_far_pages_are_left_out_of_the_numbers(number, last, named):
    assert Page([], number, last, 0).numbers == named
