"""What one extracted entity is."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entity:
    """One entity of a message: `text[start:end] == entity.text`; `value` is normalised as `entity` asks.

    `additional_info` holds what the value alone does not say (the codes of a place, the section of a trade).
    """

    entity: str
    start: int
    end: int
    text: str
    value: object
    additional_info: dict | None = None
    confidence: float = 1.0
