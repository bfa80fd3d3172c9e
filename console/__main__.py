"""``python -m console`` serves the console alone; ``python -m console administrator EMAIL`` makes an account."""

import sys
from pathlib import Path

import typer

from console.accounts.errors import AddressInvalid
from console.accounts.links import INVITATION, RESET
from console.bootstrap import MOUNT, open_console, open_desk, public_address
from console.needs.bootstrap import open_needs
from console.needs.open_data import DATA, DESCRIPTION, OpenData
from console.server import make_server
from console.viewers import Role
from console.wording import load_wording
from conversations.bootstrap import open_record
from edge.logs import configure
from migrating.errors import FormProblem
from settings import Settings, get_settings

cli = typer.Typer(add_completion=False, help=__doc__)


@cli.callback(invoke_without_command=True)
def main(context: typer.Context) -> None:
    """Serve the console alone on CONSOLE_HOST:CONSOLE_PORT, where no command is given."""
    if context.invoked_subcommand is None:
        settings = get_settings()
        configure("console")
        make_server(open_console(settings), settings.console_host, settings.console_port).run()


@cli.command()
def administrator(
    email: str = typer.Argument(help="Address that the administrator signs in with."),
    name: str = typer.Option("", help="How the console names them; the address without it."),
) -> None:
    """Make an administrator's account, or find it again, and print a link that works once to choose its password."""
    settings = get_settings()
    desk = open_desk(settings)
    try:
        account = desk.register.find(email) or desk.register.create(email, name or email, Role.ADMINISTRATOR)
    except AddressInvalid:
        _stop(f"{email} is no e-mail address")
    if account.role is not Role.ADMINISTRATOR or account.disabled_at:
        _stop(
            "this account is no administrator's or is closed: an administrator may change it in the console"
        )
    token = desk.links.make(account.id, INVITATION if account.invited else RESET)
    typer.echo(f"{public_address(settings) or _own_address(settings)}/lien/{token}")


@cli.command("open-data")
def open_data(folder: Path = typer.Argument(help="Folder for the table and its description.")) -> None:
    """Write what owners need as open data: all published months, those that have ended counted first."""
    book = open_needs(open_record(get_settings().sql_url("conversations")))
    book.statistics.publish()
    months, made = book.statistics.months(), OpenData(load_wording(), book.territories)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DATA).write_bytes(made.data(months))
    (folder / DESCRIPTION).write_bytes(made.description())
    typer.echo(f"{len(months)} months, {sum(len(month.counts) for month in months)} numbers")


def _own_address(settings: Settings) -> str:
    if settings.console_mounted:
        return f"http://{settings.portal_host}:{settings.portal_port}{MOUNT}"
    return f"http://{settings.console_host}:{settings.console_port}"


def _stop(why: str) -> None:
    typer.echo(why, err=True)
    raise typer.Exit(1)


def run() -> None:
    """Run a command; a database that does not fit this program is said in a line."""
    try:
        cli()
    except FormProblem as error:
        sys.exit(str(error))


if __name__ == "__main__":
    run()
