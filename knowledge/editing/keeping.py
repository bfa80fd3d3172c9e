"""Whose a record is to keep: a body's own, and the schemes that it pays for."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.codes import Role
from knowledge.editing.changes import Editor, NotTheirs
from knowledge.editing.publishing import served_text
from knowledge.importing.identity import same_name
from knowledge.importing.staging import MODELS
from knowledge.models import AdvisorRow, SchemeRow
from knowledge.schema import Advisor, Scheme
from knowledge.stored import build

SIREN = 9  # digits: the first of a SIRET


@dataclass(frozen=True)
class Payer:
    """A body as schemes name who pays."""

    name: str
    siren: str | None

    def pays(self, scheme: Scheme) -> bool:
        """Say whether the scheme names this body among those who pay, by its SIREN or by its name."""
        return any(
            Role.FINANCEUR in bearer.roles
            and (
                bearer.siren == self.siren
                if bearer.siren and self.siren
                else same_name(bearer.nom, self.name)
            )
            for bearer in scheme.porteurs
        )


def payers(session: Session, bodies: Collection[str]) -> list[Payer]:
    """Return the bodies of these ids as payers."""
    texts = session.scalars(select(AdvisorRow.record).where(AdvisorRow.id.in_(sorted(bodies))))
    return [payer_of(build(Advisor, text)) for text in texts]


def payer_of(body: Advisor) -> Payer:
    """Return a body as a payer."""
    return Payer(body.name, body.siret[:SIREN] if body.siret else None)


def schemes_of(session: Session, bodies: Collection[str]) -> list[str]:
    """Return the ids of the schemes that these bodies pay for, sorted."""
    known = payers(session, bodies)
    if not known:
        return []
    rows = session.execute(select(SchemeRow.id, SchemeRow.record))  # some thousands at most
    return sorted(row.id for row in rows if is_paid(build(Scheme, row.record), known))


def is_paid(scheme: Scheme, known: Iterable[Payer]) -> bool:
    """Say whether one of these payers pays for the scheme."""
    return any(payer.pays(scheme) for payer in known)


def kept(session: Session, editor: Editor, kind: str, slug: str) -> Advisor | Scheme:
    """Return the record as it is served; raises NotTheirs where it is not, or not the editor's to keep."""
    text = served_text(session, kind, slug) if kind in MODELS else None
    if text is None:
        raise NotTheirs(slug)
    record = build(MODELS[kind], text)
    if not editor.keeps_all:
        own(session, editor, record)
    return record


def own(session: Session, editor: Editor, record: Advisor | Scheme) -> None:
    """Raise NotTheirs where none of the editor's bodies is the record, or pays for it."""
    if isinstance(record, Scheme):
        theirs = is_paid(record, payers(session, editor.bodies))
    else:
        theirs = record.id in editor.bodies
    if not theirs:
        raise NotTheirs(record.id)
