"""Commands on the knowledge base: check the content, load it, look at what an owner would be shown."""

import typer

from knowledge.commands import content, finding

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False)
app.command()(content.check)
app.command()(content.load)
app.command()(finding.show)

if __name__ == "__main__":
    app()
