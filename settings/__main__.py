"""Print the settings as a Markdown page: ``python -m settings > docs/settings.md``."""

from settings import ROOT, Settings

HEADER = """# Settings

Made by `make docs` from `settings/__init__.py`; every setting is an environment variable.

| variable | default | what it does |
|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    rows = []
    for field in Settings.__fields__.values():
        (name,) = field.field_info.extra["env_names"]
        default = field.default
        shown = "" if default is None else str(default).replace(f"{ROOT}/", "")
        rows.append(
            f"| `{name.upper()}` | {f'`{shown}`' if shown else '–'} | {field.field_info.description} |"
        )
    return HEADER + "\n".join(rows) + "\n"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201  the page is this command's output
