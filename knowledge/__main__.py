"""Commands on the knowledge base: what it holds, what owners are shown, what comes in and goes out."""

import sys

import typer

from knowledge.commands import content, exporting, finding, freshness, importing
from knowledge.errors import StoreUnreachable

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
app.command()(content.check)
app.command()(content.load)
app.command("import")(importing.import_)
app.command()(finding.find)
app.command()(finding.why)
app.command()(freshness.stale)
app.command()(freshness.links)
app.command()(freshness.report)
app.command()(exporting.export)


def main() -> None:
    """Run a command; a store that does not answer is said in a line, with exit code 1."""
    try:
        app()
    except StoreUnreachable as error:
        sys.exit(f"the store does not answer: {error}")


if __name__ == "__main__":
    main()
