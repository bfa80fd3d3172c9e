"""Operators' commands on the record: ``python -m conversations send``, ``… bounce < notice``, ``… purge --dry-run``."""

import logging
import sys
import time
from datetime import timedelta
from pathlib import Path

import httpx
import typer
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from conversations import purge_lines
from conversations.bootstrap import (
    open_digests,
    open_handover,
    open_mailer,
    open_outbox,
    open_postman,
    open_record,
    open_strangers,
    utc_now,
)
from conversations.bounces import read_bounce
from conversations.errors import RecordUnreachable
from conversations.handover import fits
from conversations.postman import Postman
from conversations.privacy_bootstrap import open_purge
from conversations.review_bootstrap import open_candidates, open_exports
from conversations.review_exports import FILES
from conversations.review_files import preview, write_files
from conversations.review_views import APPROVED, Who
from conversations.training_lines import read_training
from migrating.errors import FormProblem
from settings import ROOT, Settings, get_settings

logger = logging.getLogger(__name__)
# What tells a mail server to hand the message over again later (sysexits.h).
TRY_AGAIN = 75
# Who works on the machine itself; pages name them.
OPERATOR = Who("operator", "")
cli = typer.Typer(add_completion=False, help=__doc__)


@cli.callback()
def main() -> None:
    """Commands on the record of conversations."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")


@cli.command()
def send(
    every: float = typer.Option(
        0.0, min=0.0, help="Seconds between rounds; without it, one round and the end."
    ),
) -> None:
    """Send the e-mails that wait, and the reminders that are due. Without a mail server nothing is done."""
    settings = get_settings()
    mailer, handover = open_mailer(settings), open_handover(settings)
    if not mailer.enabled and not handover:
        logger.info("no mail server is set (SMTP_HOST): nothing is sent")
        return
    page = settings.portal_url.rstrip("/")
    postman = open_postman(_record(settings, failure=1), mailer, page=page, handover=handover)
    if every:
        _for_ever(postman, every)
    typer.echo(f"{postman.round()} sent")


@cli.command()
def bounce(
    notices: list[Path] = typer.Argument(
        None, exists=True, dir_okay=False, help="Files; without any, stdin."
    ),
) -> None:
    """Read what a mail server sent back (RFC 3464) and note which mail of ours did not arrive.

    For a pipe of the mail server, or `fetchmail --mda`. Any other message is passed over. Ends with 75 where the record
    does not answer: the server then tries again.
    """
    outbox = open_outbox(_record(get_settings(), failure=TRY_AGAIN))
    for raw in [each.read_bytes() for each in notices or []] or [sys.stdin.buffer.read()]:
        found = read_bounce(raw)
        try:
            known = found is not None and outbox.bounced(found.mail_id, found.why)
        except RecordUnreachable as error:
            typer.echo(f"the record does not answer ({error})", err=True)
            raise typer.Exit(TRY_AGAIN) from None
        typer.echo(f"mail {found.mail_id} did not arrive" if known else "no mail of ours failed")


@cli.command()
def digests() -> None:
    """Make the digests that lists are made from anew, from the record itself."""
    engine = _record(get_settings(), failure=1)
    typer.echo(f"{open_digests(engine).make_all()} digests")


@cli.command()
def synthetic(
    days: int = typer.Option(30, min=1, max=400, help="How many days, of which yesterday is the last."),
    conversations: int = typer.Option(1200, min=1, max=100_000, help="How many conversations."),
    seed: int = typer.Option(7, help="The same seed draws the same conversations."),
) -> None:
    """Fill an empty record with conversations that nobody had, to look at the console."""
    from conversations.synthetic.month import Month, RecordNotEmpty  # tables that no other command needs

    try:
        made = Month(_record(get_settings(), failure=1), seed).write(
            conversations, days, utc_now().date() - timedelta(days=1)
        )
    except RecordNotEmpty:
        typer.echo("the record holds conversations: made-up ones are not mixed with them", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"{made} conversations")


@cli.command()
def teach(
    folder: Path = typer.Argument(ROOT / "data" / "nlu", file_okay=False, help="Where training files stand."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would change, and write nothing."),
) -> None:
    """Write the messages approved in the console as training files, in place of the folder `owners`."""
    engine = _record(get_settings(), failure=1)
    approved = [each.reading for each in open_candidates(engine).listed(APPROVED)]
    found = preview(approved, read_training(folder))
    for label, count in found.added.items():
        typer.echo(f"{label}: {found.present.get(label, 0)} +{count}")
    for each in found.conflicts:
        typer.echo(f"left out, {each.label} here and {each.present_label} in {each.file}.yml: {each.text}")
    typer.echo(f"{found.lines} added, {found.removed} removed, {len(found.repeated)} known already")
    if not dry_run:
        open_exports(engine).make(FILES, OPERATOR)
        write_files(folder, found.files)


@cli.command()
def subjects() -> None:
    """List the subjects that Conseillers-Entreprises gives us, for CONSEILLERS_SUBJECTS."""
    handover = open_handover(get_settings())
    if handover is None:
        typer.echo("no service is set (CONSEILLERS_URL)")
        return
    try:
        for each in handover.subjects():
            typer.echo(
                f"{each['id']}\t{each['title']}" + ("" if fits(each) else "\t(asks more than we know)")
            )
    except httpx.HTTPError as error:
        typer.echo(f"the service does not answer ({type(error).__name__})", err=True)
        raise typer.Exit(1) from None


@cli.command()
def purge(
    dry_run: bool = typer.Option(False, "--dry-run", help="Say what would go, and delete nothing."),
    reports: int = typer.Option(0, min=0, help="Show that many of the last reports, and delete nothing."),
) -> None:
    """Delete what is older than the settings allow, and keep a report; the portal does so once a day."""
    settings = get_settings()
    purge = open_purge(_record(settings, failure=1), settings)
    try:
        if dry_run:
            typer.echo(purge_lines.standing(purge.standing()))
        elif reports:
            typer.echo("\n\n".join(map(purge_lines.report, purge.reports(reports))) or "no report yet")
        else:
            typer.echo(purge_lines.report(purge.round(open_strangers(settings).forget)))
    except RecordUnreachable as error:
        typer.echo(f"the record does not answer ({error})", err=True)
        raise typer.Exit(1) from None


def _record(settings: Settings, failure: int) -> Engine:
    """Open the record, or end the command with the code `failure`."""
    try:
        return open_record(settings.sql_url("conversations"))
    except SQLAlchemyError as error:
        typer.echo(f"the record cannot be opened ({type(error).__name__})", err=True)
    except FormProblem as error:
        typer.echo(str(error), err=True)
    raise typer.Exit(failure)


def _for_ever(postman: Postman, pause: float) -> None:
    while True:
        try:
            postman.round()
        except RecordUnreachable as error:
            logger.error("the record does not answer (%s); next round in %s s", error, pause)
        time.sleep(pause)


if __name__ == "__main__":
    cli()
