"""Rebuild the territory tables from the official geographic code.

`python -m knowledge.territories.rebuild FOLDER` where FOLDER is the unpacked npm package
`@etalab/decoupage-administratif` (it holds `package.json` and `data/`). The same package
gives the same bytes.
"""

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

from knowledge.territories.tables import CONTENT

_ARTICLES = {2: "le", 3: "la", 4: "les", 5: "l'", 6: "aux", 7: "las", 8: "los"}
Row = tuple[object, ...]


def _read(folder: Path, stem: str) -> list[dict]:
    return json.loads((folder / "data" / f"{stem}.json").read_text(encoding="utf-8"))


def _write(target: Path, header: str, rows: Iterable[Row]) -> None:
    lines = [header.replace(" ", "\t")]
    lines += [
        "\t".join(str(cell) for cell in row)
        for row in sorted(rows, key=lambda row: [str(cell) for cell in row])
    ]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


def commune_rows(communes: list[dict], epcis: list[dict]) -> list[Row]:
    """Return one row a present commune; postcodes are separated by spaces, the EPCI may be empty."""
    owner = {member["code"]: epci["code"] for epci in epcis for member in epci["membres"]}
    return [
        (c["code"], c["nom"], c["departement"], " ".join(sorted(c.get("codesPostaux", []))),
         c.get("population", 0), owner.get(c["code"], ""))
        for c in communes
        if c["type"] == "commune-actuelle"
    ]  # fmt: skip


def former_rows(communes: list[dict]) -> list[Row]:
    """Return the merged communes and municipal arrondissements, each with its present commune."""
    present = {c["code"]: c for c in communes if c["type"] == "commune-actuelle"}
    rows = []
    for c in communes:
        target = c.get("chefLieu") or c.get("commune")
        if c["type"] == "commune-actuelle" or target not in present or present[target]["nom"] == c["nom"]:
            continue
        rows.append((c["code"], c["nom"], target))
    return rows


def area_rows(areas: list[dict]) -> list[Row]:
    """Return départements or régions with their région, chef-lieu, article and zone (metro, drom or com)."""
    return [
        (a["code"], a["nom"], a.get("region", a["code"]), a["chefLieu"], _ARTICLES.get(a["typeLiaison"], ""),
         a["zone"])
        for a in areas
    ]  # fmt: skip


def epci_rows(epcis: list[dict], communes: list[dict]) -> list[Row]:
    """Return the EPCI (and the EPT of Greater Paris) with population and most populous commune."""
    population = {c["code"]: c.get("population", 0) for c in communes if c["type"] == "commune-actuelle"}
    rows = []
    for epci in epcis:
        members = sorted(
            (member["code"] for member in epci["membres"]), key=lambda c: (-population.get(c, 0), c)
        )
        total = sum(population.get(code, 0) for code in members)
        rows.append((epci["code"], epci["nom"].replace("''", '"'), epci["type"], total, members[0]))
    return rows


def rebuild(folder: Path, target: Path = CONTENT) -> None:
    """Write every table of `target` from the package in `folder`; `OSError` where a file is missing."""
    communes, epcis = _read(folder, "communes"), _read(folder, "epci")
    _write(
        target / "communes.tsv",
        "code name departement postcodes population epci",
        commune_rows(communes, epcis),
    )
    _write(target / "former_communes.tsv", "code name present", former_rows(communes))
    areas = "code name region seat article zone"
    _write(target / "departements.tsv", areas, area_rows(_read(folder, "departements")))
    _write(target / "regions.tsv", areas, area_rows(_read(folder, "regions")))
    _write(
        target / "epci.tsv",
        "code name kind population main",
        epci_rows(epcis + _read(folder, "ept"), communes),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Rebuild the territory tables from the official code.")
    parser.add_argument("folder", type=Path, help="the unpacked npm package @etalab/decoupage-administratif")
    rebuild(parser.parse_args().folder)
