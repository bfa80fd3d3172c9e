"""For how long after an owner's last message a channel lets us write to them; a channel that is not named: for ever."""

from datetime import timedelta

# Meta's rule; outside of it only a template may be sent (sources in docs/channels.md).
WINDOWS = {"whatsapp": timedelta(hours=24), "messenger": timedelta(hours=24)}
