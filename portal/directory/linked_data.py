"""What search engines read of a page, in the terms of schema.org."""

import json
from typing import Any

from markupsafe import Markup

from knowledge.directory import BodySheet, SchemeSheet
from portal.directory.words import Words

CONTEXT = "https://schema.org"
VERIFIED = "verified"


def body_data(sheet: BodySheet, words: Words, address: str) -> Markup:
    """Return a body as JSON-LD; a number that has to be confirmed is left out, as no reservation goes with it."""
    contact = sheet.contact
    sure = contact.status == VERIFIED
    return _written(
        {
            "@type": "Organization",
            "@id": address,
            "name": contact.name,
            "description": sheet.services,
            "url": contact.url,
            "telephone": contact.phone if sure else None,
            "email": contact.email if sure else None,
            "areaServed": words.area(sheet.area),
            "knowsAbout": [words.need(need) for need in sheet.needs],
        }
    )


def scheme_data(sheet: SchemeSheet, words: Words, address: str) -> Markup:
    """Return a scheme as JSON-LD."""
    funding = sheet.funding
    return _written(
        {
            "@type": "Service",
            "@id": address,
            "name": funding.title,
            "description": sheet.description,
            "serviceType": ", ".join(words.name("kinds", kind) for kind in funding.kinds),
            "provider": [{"@type": "Organization", "name": name} for name, _ in sheet.bearers],
            "url": funding.url,
            "areaServed": words.area(sheet.area),
        }
    )


def _written(data: dict[str, Any]) -> Markup:
    """Return the JSON, which can hold no end of the element it stands in."""
    told = {"@context": CONTEXT, **{key: value for key, value in data.items() if value}}
    return Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S704  no `<` is left
