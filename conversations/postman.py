"""One round of the mail: reminders and news of groups are written, then everything that waits is tried."""

import logging

from conversations.group_post import GroupPost
from conversations.handover import HandOver, Unconfirmed
from conversations.mailer import MailDelayed, Mailer, MailRefused
from conversations.outbox import HANDOVER, Mail, Outbox
from conversations.reminding import Reminding

logger = logging.getLogger(__name__)


class Postman:
    """Empties the outbox. What cannot leave now is left for a later round."""

    def __init__(
        self,
        outbox: Outbox,
        mailer: Mailer,
        reminding: Reminding | None = None,
        groups: GroupPost | None = None,
        handover: HandOver | None = None,
    ) -> None:
        self._outbox = outbox
        self._mailer = mailer
        self._reminding = reminding
        self._groups = groups
        self._handover = handover

    def round(self) -> int:
        """Write reminders and news of groups, try what is due, and return how many mails have left.

        Raises RecordUnreachable.
        """
        if self._reminding:
            self._reminding.write()
        if self._groups:
            self._groups.write()
        self._outbox.give_up_lost()
        left = 0
        while (mail := self._outbox.claim()) is not None:
            # Neither address nor words belong in a log.
            try:
                self._send(mail)
            except Unconfirmed as error:
                logger.warning("mail %s may have arrived", mail.id)
                self._outbox.unconfirmed(mail, str(error))
            except MailRefused as error:
                logger.warning("mail %s is refused", mail.id)
                self._outbox.refused(mail, str(error))
            except MailDelayed as error:
                logger.warning("mail %s waits", mail.id)
                self._outbox.delayed(mail, str(error))
            else:
                self._outbox.sent(mail)
                left += 1
        return left

    def _send(self, mail: Mail) -> None:
        if mail.kind != HANDOVER:
            self._mailer.send(mail)
        elif self._handover is None:
            raise MailDelayed("no service is set")
        else:
            self._handover.send(mail)
