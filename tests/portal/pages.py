"""What the browser tests do with the page."""

NEED = "Je veux un site pour mon atelier"


def say(page, text):
    page.get_by_label("Votre message").fill(text)
    page.keyboard.press("Enter")


def hold(page, address):
    """Keep the requests to `address` back; return the list they gather in."""
    held = []
    page.route(address, lambda route: held.append(route))
    return held


def cards(page):
    return page.locator(".card")
