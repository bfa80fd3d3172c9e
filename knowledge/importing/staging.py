"""What each source gave, kept in the store: look-ups and changes, nothing decided here."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from functools import cached_property

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.orm import Session

from knowledge.importing import identity
from knowledge.importing.merging import Traced
from knowledge.importing.models import MergeTrace, SetAsideRow, SourceKey, SourceRecord, WithdrawalRow
from knowledge.importing.records import Imported, SetAside
from knowledge.schema import Advisor, Scheme

ADVISOR, SCHEME = "advisor", "scheme"
MODELS = {ADVISOR: Advisor, SCHEME: Scheme}
FILE_DATE = "file_date"


def kind_of(record: Advisor | Scheme) -> str:
    """Return the kind of a record, as the store names it."""
    return SCHEME if isinstance(record, Scheme) else ADVISOR


def text_of_record(record: Advisor | Scheme) -> str:
    """Return a record as the JSON that is kept."""
    return record.json(exclude_defaults=True, ensure_ascii=False)


def digest_of(text: str) -> str:
    """Return a digest of what a record says, the date of its file left out: a new file may say the same."""
    return hashlib.sha256(json.dumps(_said(text), sort_keys=True).encode()).hexdigest()


def _said(text: str) -> dict:
    said = json.loads(text)
    (said.get("provenance") or {}).pop(FILE_DATE, None)
    return said


def changed_fields(old: str, new: str) -> list[str]:
    """Return the names of the fields in which two records differ, the date of the file left out, by alphabet."""
    before, after = _said(old), _said(new)
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


class Staging:
    """The records of one source during one run."""

    def __init__(self, session: Session, source: str, run: int):
        self.session, self.source, self.run = session, source, run

    @cached_property
    def alone(self) -> bool:
        """Say whether no other source has given anything: nobody else's record can then be the same."""
        other = select(SourceRecord.source).where(SourceRecord.source != self.source).limit(1)
        return self.session.scalar(other) is None

    def known(self, kind: str, ids: Sequence[str]) -> dict[str, SourceRecord]:
        """Return what this source gave before under these ids, as rows of columns."""
        columns = SourceRecord.__table__.c
        found = self.session.execute(
            select(*columns).where(
                columns.source == self.source, columns.kind == kind, columns.source_id.in_(ids)
            )
        )
        return {row.source_id: row for row in found}

    def insert(self, item: Imported, slug: str, text: str) -> None:
        """Keep a record that this source did not give before."""
        kind = kind_of(item.record)
        family, territory, seat = identity.ground_of(item.record)
        row = {
            "source": self.source,
            "kind": kind,
            "source_id": item.source_id,
            "slug": slug,
            "digest": digest_of(text),
            "name": identity.name_of(item.record)[:200],
            "family": family,
            "territory": territory,
            "seat": seat,
            "record": text,
            "aliases": list(item.keys),
            "run": self.run,
        }
        self.session.execute(insert(SourceRecord), [row])
        keys = [
            {"kind": kind, "key": key[:300], "source": self.source, "source_id": item.source_id}
            for key in dict.fromkeys(item.keys)
        ]
        if keys:
            self.session.execute(insert(SourceKey), keys)

    def replace(self, item: Imported, slug: str, text: str) -> None:
        """Keep a record in place of what this source gave under the same id."""
        self.forget(kind_of(item.record), [item.source_id])
        self.insert(item, slug, text)

    def seen(self, kind: str, ids: Sequence[str]) -> None:
        """Note that this source still gives the records of these ids."""
        self._change(kind, ids, update(SourceRecord).values(run=self.run))

    def forget(self, kind: str, ids: Sequence[str]) -> None:
        """Drop what this source gave under these ids."""
        keys = delete(SourceKey).where(SourceKey.source == self.source, SourceKey.kind == kind)
        self.session.execute(_quietly(keys.where(SourceKey.source_id.in_(ids))))
        self._change(kind, ids, delete(SourceRecord))

    def _change(self, kind: str, ids: Sequence[str], statement) -> None:
        mine = and_(
            SourceRecord.source == self.source,
            SourceRecord.kind == kind,
            SourceRecord.source_id.in_(ids),
        )
        self.session.execute(_quietly(statement.where(mine)))

    def unseen(self, limit: int) -> list:
        """Return up to `limit` records that this source gave before this run and no longer gives."""
        columns = SourceRecord.__table__.c
        statement = select(columns.kind, columns.source_id, columns.slug).where(
            columns.source == self.source, columns.run != self.run
        )
        return self.session.execute(statement.order_by(columns.source_id).limit(limit)).all()

    def set_aside(self, item: SetAside) -> None:
        """Keep what could not be taken; an earlier record of the same id stays."""
        row = {
            "run": self.run,
            "source_id": item.source_id and item.source_id[:200],
            "place": item.place[:80],
            "reason": item.reason[:500],
            "excerpt": item.excerpt[:300],
        }
        self.session.execute(insert(SetAsideRow), [row])
        if item.source_id:
            for kind in MODELS:
                self.seen(kind, [item.source_id])

    def sharing(self, kind: str, keys: Iterable[str]) -> list:
        """Return the records, of any source, that have one of these keys, with the key."""
        columns = SourceRecord.__table__.c
        same = and_(
            columns.source == SourceKey.source,
            columns.kind == SourceKey.kind,
            columns.source_id == SourceKey.source_id,
        )
        statement = select(SourceKey.key, *columns).select_from(SourceKey).join(SourceRecord.__table__, same)
        wanted = [key[:300] for key in keys]
        return self.session.execute(statement.where(SourceKey.kind == kind, SourceKey.key.in_(wanted))).all()

    def alike(self, kind: str, ground: tuple[str, str, str | None]) -> list:
        """Return the records, of any source, that stand on the same ground."""
        columns, (family, territory, seat) = SourceRecord.__table__.c, ground
        statement = select(*columns).where(
            columns.kind == kind, columns.family == family, columns.territory == territory
        )
        if seat:
            statement = statement.where((columns.seat == seat) | columns.seat.is_(None))
        return self.session.execute(statement).all()

    def under(self, kind: str, slugs: Iterable[str]) -> list:
        """Return what every source gives under these slugs, ordered by slug."""
        columns = SourceRecord.__table__.c
        statement = select(*columns).where(columns.kind == kind, columns.slug.in_(list(slugs)))
        return self.session.execute(statement.order_by(columns.slug, columns.source)).all()

    def move(self, kind: str, old: str, new: str) -> None:
        """Serve what was served under `old` under `new`; what is withdrawn stays so."""
        for table in (SourceRecord, WithdrawalRow):
            same = and_(table.kind == kind, table.slug == old)
            self.session.execute(_quietly(update(table).where(same).values(slug=new)))

    def withdrawn(self, kind: str, slugs: Iterable[str]) -> set[str]:
        """Return which of these slugs are served no more, whatever sources give."""
        out = select(WithdrawalRow.slug).where(
            WithdrawalRow.kind == kind, WithdrawalRow.slug.in_(list(slugs))
        )
        return set(self.session.scalars(out))

    def trace(self, kind: str, traces: dict[str, Iterable[Traced]]) -> None:
        """Keep where the fields of these served records come from, in place of what was known."""
        old = delete(MergeTrace).where(MergeTrace.kind == kind, MergeTrace.slug.in_(list(traces)))
        self.session.execute(_quietly(old))
        rows = [
            {
                "kind": kind,
                "slug": slug,
                "field": each.field,
                "source": each.source,
                "lost": list(each.lost),
            }
            for slug, found in traces.items()
            for each in found
        ]
        if rows:
            self.session.execute(insert(MergeTrace), rows)


def _quietly(statement):
    return statement.execution_options(synchronize_session=False)
