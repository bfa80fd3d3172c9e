"""A dump of the directory of any size, made while it is read: no real body, no real person."""

import io
import json
from collections.abc import Iterator

TYPES = ["mairie", "sdis", "gendarmerie", "sie", "msap", "mairie", "tribunal", "mairie", "ccas", "cpam"]
FILLER = "Texte de présentation du service, avec ses missions. " * 100


def service(number: int, insee: str, sort: str) -> dict:
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "nom": f"Service {number} de la commune {insee}",
        "ancien_code_pivot": f"{sort}-{insee}-{number:05}",
        "pivot": [{"type_service_local": sort, "code_insee_commune": [insee]}],
        "telephone": [{"valeur": "02 98 98 29 29", "description": ""}],
        "adresse_courriel": [f"contact{number}@service.example.fr"],
        "adresse": [{"type_adresse": "Adresse", "code_postal": "", "nom_commune": ""}],
        "code_insee_commune": insee,
        "date_modification": "18/12/2025 17:42:39",
        "mission": FILLER,
    }


def pieces(size: int, communes: list[str]) -> Iterator[bytes]:
    """Yield a dump of about `size` bytes, a record a piece."""
    yield b'{"service":['
    written, number = 0, 0
    while written < size:
        insee = communes[number * 7919 % len(communes)]
        sort = TYPES[number % len(TYPES)]
        piece = json.dumps(service(number, insee, sort), ensure_ascii=False).encode()
        yield (b"," if number else b"") + piece
        written, number = written + len(piece), number + 1
    yield b"]}"


class Made(io.RawIOBase):
    """A file whose bytes are made while they are read."""

    def __init__(self, made: Iterator[bytes]):
        self._made, self._rest = made, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        self._rest = self._rest or next(self._made, b"")
        piece, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)
