"""A mail server that is there and never asked, and the address of the page."""

PAGE = "https://boussole.example"
INBOX = "reseau@boussole.example"


class Post:
    """A mailer that is never asked to send."""

    enabled, advisors = True, INBOX
