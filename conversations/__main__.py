"""Operators' commands on the record: ``python -m conversations send``."""

import logging
import time

import typer
from sqlalchemy.exc import SQLAlchemyError

from conversations.bootstrap import open_mailer, open_postman, open_record
from conversations.errors import RecordUnreachable
from conversations.postman import Postman
from settings import get_settings

logger = logging.getLogger(__name__)
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
    mailer = open_mailer(settings)
    if not mailer.enabled:
        typer.echo("no mail server is set (SMTP_HOST): nothing is sent")
        return
    try:
        postman = open_postman(open_record(settings.sql_url("conversations")), mailer)
    except SQLAlchemyError as error:
        typer.echo(f"the record cannot be opened ({type(error).__name__})", err=True)
        raise typer.Exit(1) from None
    if every:
        _for_ever(postman, every)
    typer.echo(f"{postman.round()} sent")


def _for_ever(postman: Postman, pause: float) -> None:
    while True:
        try:
            postman.round()
        except RecordUnreachable as error:
            logger.error("the record does not answer (%s); next round in %s s", error, pause)
        time.sleep(pause)


if __name__ == "__main__":
    cli()
