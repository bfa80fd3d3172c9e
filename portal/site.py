"""What the settings say of the site itself: where it stands, who answers for it, what it keeps."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Site:
    """Facts of the site; an empty text is one that nobody has set, and the pages say so.

    `address` is the public one, without a slash at the end; `mails` tells whether e-mails can leave, `advisors` whether
    the network's advisors have a mailbox, `handed` whether requests can be handed over to the State's service;
    `channels` are the codes of the messaging services that owners may write through.
    """

    address: str = ""
    publisher: str = ""
    publisher_address: str = ""
    director: str = ""
    hosting: str = ""
    email: str = ""
    kept_days: int = 90
    request_days: int = 365
    trace_days: int = 365
    backup_days: int = 30
    mails: bool = False
    advisors: bool = False
    handed: bool = False
    channels: tuple[str, ...] = ()
