"""Records of a source into the store: kept as given, merged with what other sources say, then served.

A few hundred records at a time, one transaction for all: an import that breaks off leaves the store as it
was, and the same file again changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Protocol

from sqlalchemy import update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from knowledge import store
from knowledge.importing import staging as kept
from knowledge.importing.fields import utc_now
from knowledge.importing.mailboxes import excerpt
from knowledge.importing.merging import Given, merge
from knowledge.importing.models import ImportRun
from knowledge.importing.records import Context, Imported, Item, SetAside, Skipped
from knowledge.importing.report import Report
from knowledge.importing.resolving import slug_of
from knowledge.importing.sources import CONTENT, EDITED, known_sources
from knowledge.importing.staging import ADVISOR, SCHEME, Staging, kind_of
from knowledge.schema import Advisor, Scheme

BATCH = 500  # records held at once


class NothingRead(ValueError):
    """Not one record of the file could be read: nothing is withdrawn because of such a file."""


class Target(Protocol):
    """What serves records: `knowledge.store`, or a fake of it."""

    def put(self, session: Session, advisors: Iterable[Advisor], schemes: Iterable[Scheme]) -> None:
        """Serve these records in place of those of the same ids."""

    def remove(self, session: Session, kind: str, ids: Iterable[str]) -> None:
        """Serve these records no more."""


def run(
    engine: Engine,
    items: Iterable[Item],
    context: Context,
    *,
    file_name: str,
    digest: Callable[[], str | None] = lambda: None,
    complete: bool | None = None,
    dry_run: bool = False,
    target: Target = store,
    clock: Callable[[], datetime] = utc_now,
) -> Report:
    """Import `items` in one transaction and return what changed; a dry run does it all and takes it back.

    `complete` says that what the file does not hold is gone; the source's own word without it. `digest` is
    asked once the file was read. Raises `NothingRead`, or what `items` raises: the store then stays as it was.
    """
    with Session(engine, future=True) as session:
        store.lock(session)
        report = stage(
            session,
            items,
            context,
            file_name=file_name,
            digest=digest,
            complete=complete,
            target=target,
            clock=clock,
        )
        report.dry_run = dry_run
        if dry_run:
            session.rollback()
        else:
            session.commit()
    return report


def stage(
    session: Session,
    items: Iterable[Item],
    context: Context,
    *,
    file_name: str,
    digest: Callable[[], str | None] = lambda: None,
    complete: bool | None = None,
    target: Target = store,
    clock: Callable[[], datetime] = utc_now,
) -> Report:
    """Do what `run` does inside the transaction of `session`, which the caller ends."""
    source, report = context.source, Report()
    row = _begin(session, context, file_name, clock())
    work = _Work(Staging(session, source.code, row), context.today, report, target)
    for batch in _batches(work.readable(items)):
        work.take(batch)
    if not report.read:
        raise NothingRead(_nothing(report))
    if source.complete if complete is None else complete:
        work.withdraw()
    ended = {"finished": _naive(clock()), "digest": digest(), "counts": report.counts()}
    session.execute(update(ImportRun).where(ImportRun.id == row).values(**ended))
    return report


def serve(session: Session, kind: str, slugs: set[str], today: date) -> None:
    """Serve anew what all sources say of the records under these slugs, in the transaction of `session`."""
    _Work(Staging(session, EDITED, 0), today, Report(), store).serve(kind, slugs)


def _begin(session: Session, context: Context, file_name: str, now: datetime) -> int:
    row = ImportRun(
        source=context.source.code,
        file_name=file_name[-200:],
        file_date=context.file_date.isoformat() if context.file_date else None,
        started=_naive(now),
    )
    session.add(row)
    session.flush()
    return row.id


def _naive(moment: datetime) -> datetime:
    return moment.replace(tzinfo=None)


def _nothing(report: Report) -> str:
    first = f"; first: {report.refusals[0]}" if report.refusals else ""
    skipped = sum(report.skipped.values())
    return f"no record could be read ({report.refused} refused, {skipped} of no use here{first})"


def _batches(items: Iterable[Imported]) -> Iterator[list[Imported]]:
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch


class _Work:
    """One run: what it reads goes to the staging tables, then to what is served."""

    def __init__(self, staging: Staging, today: date, report: Report, target: Target):
        self._staging, self._today, self._report, self._target = staging, today, report, target

    def readable(self, items: Iterable[Item]) -> Iterator[Imported]:
        """Yield the records; count what is skipped, keep what is set aside."""
        for item in items:
            if isinstance(item, Skipped):
                self._report.skipped[item.type] += 1
            elif isinstance(item, SetAside):
                self._set_aside(item)
            else:
                yield item

    def take(self, batch: list[Imported]) -> None:
        """Keep a batch of records, and serve what it changes."""
        touched, removed = {ADVISOR: set(), SCHEME: set()}, {ADVISOR: set(), SCHEME: set()}
        for kind in touched:
            own = self._once(kind, [item for item in batch if kind_of(item.record) == kind])
            for item, before in own:
                self._keep(item, before, touched[kind], removed[kind])
        for kind in touched:
            self._target.remove(self._staging.session, kind, sorted(removed[kind]))
            self.serve(kind, touched[kind])

    def _once(self, kind: str, items: list[Imported]) -> list[tuple[Imported, object]]:
        """Return each record with what its source gave before; a second one of the same id is set aside."""
        known = self._staging.known(kind, [item.source_id for item in items])
        first: dict[str, tuple[Imported, object]] = {}
        for item in items:
            before = known.get(item.source_id)
            if item.source_id in first or (before and before.run == self._staging.run):
                reason = "the file already gave a record of this id; the first one is kept"
                self._set_aside(SetAside(item.source_id, item.place, reason, excerpt(item.record.json())))
            else:
                first[item.source_id] = (item, before)
        return list(first.values())

    def _keep(self, item: Imported, before, touched: set[str], removed: set[str]) -> None:
        text = kept.text_of_record(item.record)
        if before is None:
            slug, replaced = slug_of(item, self._staging)
            self._add(item, slug, replaced, text, removed)
        elif before.record == text and before.aliases == list(item.keys):
            self._report.unchanged += 1
            self._staging.seen(kind_of(item.record), [item.source_id])
            return
        else:
            slug = before.slug
            self._staging.replace(item, slug, text)
            self._count_change(slug, before, text)
        touched.add(slug)

    def _add(self, item: Imported, slug: str, replaced: str | None, text: str, removed: set[str]) -> None:
        kind = kind_of(item.record)
        if replaced:
            self._staging.move(kind, replaced, slug)
            removed.add(replaced)
        known = self._staging.source == CONTENT and self._staging.alone  # our own ids are never given twice
        self._report.merged += not known and bool(self._staging.under(kind, [slug]))
        self._staging.insert(item, slug, text)
        self._report.add(slug)

    def _count_change(self, slug: str, before, text: str) -> None:
        if kept.digest_of(text) == before.digest:
            self._report.unchanged += 1
        else:
            self._report.change(slug, kept.changed_fields(before.record, text))

    def serve(self, kind: str, slugs: set[str]) -> None:
        """Merge what all sources say of these slugs, and serve it; what is withdrawn is not."""
        given = defaultdict(list)
        kept_back = self._staging.withdrawn(kind, slugs)
        for row in self._staging.under(kind, slugs - kept_back):
            record = kept.MODELS[kind].parse_raw(row.record)
            precedence = known_sources()[row.source].precedence
            given[row.slug].append(Given(row.source, precedence, row.source_id, record))
        merged = {slug: merge(several, slug, self._today) for slug, several in sorted(given.items())}
        self._staging.trace(kind, {slug: merged[slug].trace if slug in merged else () for slug in slugs})
        records = [each.record for each in merged.values()]
        advisors, schemes = (records, []) if kind == ADVISOR else ([], records)
        self._target.put(self._staging.session, advisors, schemes)
        self._target.remove(self._staging.session, kind, sorted(slugs - set(merged)))

    def withdraw(self) -> None:
        """Drop what the source no longer gives; what another source gives stays, merged again."""
        while gone := self._staging.unseen(BATCH):
            for kind in (ADVISOR, SCHEME):
                own = [row for row in gone if row.kind == kind]
                self._staging.forget(kind, [row.source_id for row in own])
                for row in own:
                    self._report.leave(row.slug)
                self.serve(kind, {row.slug for row in own})

    def _set_aside(self, item: SetAside) -> None:
        self._report.refuse(item.place, item.source_id, item.reason)
        self._staging.set_aside(item)
