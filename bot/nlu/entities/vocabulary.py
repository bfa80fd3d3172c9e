"""The vocabularies on disk, hand-kept YAML under `knowledge/content/vocabularies/`."""

from pathlib import Path

import yaml

import knowledge

FOLDER = Path(knowledge.__file__).resolve().parent / "content" / "vocabularies"


def read(stem: str, folder: Path = FOLDER) -> dict:
    """Return one vocabulary as written; raises `OSError` or `yaml.YAMLError`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((folder / f"{stem}.yml").read_text(encoding="utf-8"), Loader=loader)
