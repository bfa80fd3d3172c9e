"""The vocabularies on disk, hand-kept YAML under `knowledge/content/vocabularies/`."""

from pathlib import Path

import knowledge
from yaml_files import read_yaml

FOLDER = Path(knowledge.__file__).resolve().parent / "content" / "vocabularies"


def read(stem: str, folder: Path = FOLDER) -> dict:
    """Return one vocabulary as written; raises `OSError` or `yaml.YAMLError`."""
    return read_yaml(folder / f"{stem}.yml")
