"""The second factor: codes of an authenticator (TOTP, RFC 6238), and recovery codes for when it is lost."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime

import pyotp
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from console.accounts.models import AccountRow, RecoveryCodeRow
from console.accounts.seal import Seal, Unsealable
from console.viewers import Role

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]
ISSUER = "Boussole PME"
STEP_SECONDS, DIGITS = 30, 6
# Clocks of telephones go wrong by some seconds: the step before and the one after are taken too.
AROUND = (-1, 0, 1)
RECOVERY_CODES = 10
# Without letters and digits that look alike; ten of 31 are 49 bits, and guessing needs the seal's secret as well.
LETTERS, LENGTH = "23456789abcdefghjkmnpqrstuvwxyz", 10
REQUIRED = frozenset({Role.ADMINISTRATOR, Role.REVIEWER})


def is_required(role: Role) -> bool:
    """Return whether somebody of this role signs in with a second factor only."""
    return role in REQUIRED


class SecondFactor:
    """All calls work within the caller's transaction."""

    def __init__(self, seal: Seal, clock: Clock) -> None:
        self._seal = seal
        self._clock = clock

    def new_secret(self) -> str:
        """Return a fresh secret, sealed, that is nobody's yet."""
        return self._seal.seal(pyotp.random_base32())

    def address(self, sealed: str, email: str) -> str:
        """Return what an authenticator reads from a picture (`otpauth://…`)."""
        return pyotp.TOTP(self._seal.open(sealed)).provisioning_uri(name=email, issuer_name=ISSUER)

    def in_words(self, sealed: str) -> str:
        """Return the secret as it is typed where no picture can be read, in groups of four."""
        secret = self._seal.open(sealed)
        return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

    def step(self, sealed: str, code: str) -> int | None:
        """Return the time step that this code belongs to now; None where it is not right."""
        given = "".join(code.split())
        if len(given) != DIGITS or not (given.isascii() and given.isdigit()):
            return None
        try:
            totp = pyotp.TOTP(self._seal.open(sealed))
        except Unsealable:
            logger.error("a second factor was sealed with another CONSOLE_SECRET: its owner cannot sign in")
            return None
        now = int(self._clock().timestamp()) // STEP_SECONDS
        right = [
            now + each
            for each in AROUND
            if secrets.compare_digest(totp.at((now + each) * STEP_SECONDS), given)
        ]
        return max(right, default=None)

    def accepts(self, session: Session, row: AccountRow, code: str) -> bool:
        """Return whether a code of the authenticator or a recovery code is right, and use it up.

        `row` is locked by the caller; a step once used, and every one before it, is not taken again.
        """
        if row.totp_secret is None:
            return False
        step = self.step(row.totp_secret, code)
        if step is not None:
            fresh = row.totp_step is None or step > row.totp_step
            row.totp_step = step if fresh else row.totp_step
            return fresh
        mine = (RecoveryCodeRow.account_id == row.id) & (RecoveryCodeRow.code_hash == self._mark(code))
        return bool(session.execute(delete(RecoveryCodeRow).where(mine)).rowcount)

    def set(self, session: Session, row: AccountRow, sealed: str, code: str) -> list[str] | None:
        """Give the account this secret if the code shows that its owner has it; return new recovery codes, or None."""
        step = self.step(sealed, code)
        if step is None:
            return None
        row.totp_secret, row.totp_step = sealed, step
        return self.new_codes(session, row.id)

    def remove(self, session: Session, row: AccountRow) -> None:
        """Take the second factor and its recovery codes away."""
        row.totp_secret = row.totp_step = None
        session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == row.id))

    def new_codes(self, session: Session, account_id: str) -> list[str]:
        """Return new recovery codes, shown this once; the earlier ones end."""
        session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account_id == account_id))
        codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
        session.add_all(RecoveryCodeRow(account_id=account_id, code_hash=self._mark(code)) for code in codes)
        return [f"{code[:5]}-{code[5:]}" for code in codes]

    def codes_left(self, session: Session, account_id: str) -> int:
        """Return how many recovery codes an account has left."""
        mine = select(func.count()).where(RecoveryCodeRow.account_id == account_id)
        return session.scalar(mine)

    def _mark(self, code: str) -> str:
        return self._seal.mark("".join(code.lower().split()).replace("-", ""))
