"""How commands end when they cannot go on."""

from typing import NoReturn

import typer

from knowledge.errors import InvalidContent


def refuse(message: str) -> NoReturn:
    """Print one line on standard error and end with exit code 1."""
    typer.echo(message, err=True)
    raise typer.Exit(1)


def fail(error: InvalidContent) -> NoReturn:
    """Print every error of the content, a line each, and end with exit code 1."""
    for found in error.errors:
        typer.echo(str(found), err=True)
    refuse(f"{len(error.errors)} error{'s' if len(error.errors) > 1 else ''}; nothing was loaded")
