"""The report that operators read."""

from knowledge.commands.importing import lines_of
from knowledge.importing.report import EXAMPLES, OTHER_REASONS, REASONS, Report


def test_the_report_says_everything_that_happened():
    report = Report(dry_run=True)
    report.add("cci-29")
    report.change("cci-22", ["hours", "phone"])
    report.leave("cci-56")
    report.refuse("record 3", "u3", "no commune")
    report.skipped["sdis"] += 2
    text = "\n".join(lines_of(report))
    for words in (
        "dry run",
        "1 added",
        "cci-22: hours, phone",
        "1 gone",
        "record 3 (u3): no commune",
        "2 × sdis",
    ):
        assert words in text


def test_a_file_that_changed_nothing_says_so():
    assert "the store already held all of this" in list(lines_of(Report(unchanged=3)))


def test_a_report_is_bounded():
    report = Report()
    for number in range(1000):
        report.refuse(f"record {number}", None, f"reason {number}")
    assert (report.refused, len(report.refusals), len(report.reasons)) == (1000, EXAMPLES, REASONS + 1)
    assert report.reasons[OTHER_REASONS] == 1000 - REASONS
