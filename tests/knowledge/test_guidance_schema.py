"""What guidance records say to their editors."""

import pytest
from pydantic import BaseModel, ValidationError

from knowledge.schema import SECTIONS, Application, ContactPoint, CostRange, Figure
from knowledge.schema.guidance import Criterion, Option

PARTS = [Application, ContactPoint, Criterion, Figure, Option]
COST = {
    "id": "thing",
    "label": "Une chose",
    "low": 1,
    "high": 2,
    "unit": "one_off",
    "tax": "none",
    "text": "Une chose coûte de 1 à 2 €.",
    "confidence": "memory",
}


@pytest.mark.parametrize("model", [*SECTIONS.values(), *PARTS])
def test_every_field_guides_its_editor(model: type[BaseModel]):
    silent = [name for name, field in model.__fields__.items() if not field.field_info.description]

    assert silent == []


@pytest.mark.parametrize("price", [0, 1, 0.99])
def test_a_number_stays_as_it_was_written(price):
    kept = CostRange(**{**COST, "low": price}).low

    assert (kept, type(kept)) == (price, type(price))


@pytest.mark.parametrize("figure", [{}, {"value": 1, "date": "2026"}, {"date": "2026", "text": "bientôt"}])
def test_a_figure_holds_one_thing(figure):
    with pytest.raises(ValidationError, match="exactly one"):
        Figure(label="Délai", **figure)


@pytest.mark.parametrize(
    ("low", "high", "refused"),
    [
        ({"from_date": "2026-01-02"}, {"until_date": "2026-01-01"}, True),
        ({"from_date": "2026-01-01"}, {"until_date": "2026-01-01"}, False),
        ({"turnover_min": 2}, {"turnover_max": 1}, True),
        ({"headcount_min": 9}, {"headcount_max": 9}, False),
    ],
)
def test_a_range_nobody_is_in_is_refused(low, high, refused):
    if not refused:
        assert Application(what="agir", **low, **high)
        return
    with pytest.raises(ValidationError, match="is after"):
        Application(what="agir", **low, **high)
