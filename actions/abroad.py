"""What abroad is in question: countries, areas, and what of the guidance and the contacts holds for them."""

from __future__ import annotations

from dataclasses import dataclass

from babel import Locale

from actions.memory import Memory
from actions.services import Services
from knowledge.guidance.markets import OUTSIDE, UNION, Market

# What stands for a country outside the Union that nobody named (CLDR: unknown region).
SOMEWHERE = "ZZ"
# What the sides of an area are to records.
_SIDES = {"both": (UNION, OUTSIDE)}


@dataclass(frozen=True)
class Named:
    """The markets in words: names, how many, whether they are an area, which lie inside the Union and which outside."""

    names: tuple[str, ...]
    area: bool
    inside: tuple[str, ...]
    outside: tuple[str, ...]
    partly: bool


def codes_of(memory: Memory) -> list[str]:
    """Return the countries (ISO 3166-1 alpha-2) and areas in question."""
    return memory.markets or ([memory.country] if memory.country else [])


def market_abroad(services: Services, memory: Memory) -> Market:
    """Return what decides which guidance about abroad holds; without any country both sides of the Union."""
    return services.knowledge.market(_sides(services, memory), services.place(memory.place))


def side(services: Services, memory: Memory) -> str | None:
    """Return `EU` or `outside` where all that is in question lies there, else None."""
    union = services.knowledge.in_union
    sides = {
        code if code in (UNION, OUTSIDE) else UNION if union(code) else OUTSIDE
        for code in _sides(services, memory)
    }
    return sides.pop() if len(sides) == 1 else None


def contact_country(services: Services, memory: Memory) -> str | None:
    """Return the country that bodies are looked up for; of several one of the Union, which has bodies of its own."""
    codes = codes_of(memory)
    areas = [code for code in codes if code in services.wording.areas]
    if areas:
        return {UNION: UNION, OUTSIDE: SOMEWHERE}.get(services.wording.areas[areas[0]]["side"])
    return next(filter(services.knowledge.in_union, codes), next(iter(codes), None))


def named(services: Services, memory: Memory) -> Named | None:
    """Return the markets in words; None where none is known."""
    codes, areas = codes_of(memory), services.wording.areas
    if not codes:
        return None
    area = areas.get(codes[0])
    if area:
        words = tuple(areas[code]["named"] for code in codes if code in areas)
        return Named(words, True, (), (), area["side"] == "both")
    names = {code: Locale("fr").territories.get(code, code) for code in codes}
    inside = tuple(name for code, name in names.items() if services.knowledge.in_union(code))
    outside = tuple(name for name in names.values() if name not in inside)
    return Named(tuple(names.values()), False, inside, outside, False)


def _sides(services: Services, memory: Memory) -> list[str]:
    codes, areas = codes_of(memory), services.wording.areas
    sides = [
        _SIDES.get(areas[code]["side"], (areas[code]["side"],)) if code in areas else (code,)
        for code in codes
    ]
    return [each for group in sides for each in group] or [UNION, OUTSIDE]
