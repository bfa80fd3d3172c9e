"""Commands on the knowledge base: what it holds, what owners are shown, what comes in and goes out."""

import typer

from knowledge.commands import content, exporting, finding, freshness, importing

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

if __name__ == "__main__":
    app()
