"""A form of a page as a browser would send it."""

from bs4 import BeautifulSoup


def fields_of(html: str, action: str) -> dict[str, list[str]]:
    """Return what the form whose address ends with `action` sends when nothing is touched."""
    page = BeautifulSoup(html, "html.parser")
    form = page.find("form", action=lambda address: bool(address) and address.endswith(action))
    sent: dict[str, list[str]] = {}
    for each in form.find_all(["input", "select", "textarea"]):
        name, value = each.get("name"), _value(each)
        if name and value is not None:
            sent.setdefault(name, []).append(value)
    return sent


def _value(element) -> str | None:
    if element.name == "select":
        chosen = element.find("option", selected=True)
        return chosen["value"] if chosen else ""
    if element.name == "textarea":
        text = element.get_text()
        return text.removeprefix("\n")
    if element.get("type") == "checkbox":
        return element.get("value", "on") if element.has_attr("checked") else None
    return element.get("value", "")
