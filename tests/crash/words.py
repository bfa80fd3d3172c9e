"""What owners say while processes are killed: the conversations of tests/conversations/played."""

import random
import re

from settings import ROOT
from yaml_files import read_yaml

FOLDER = ROOT / "tests" / "conversations" / "played"
# Who erases a conversation leaves nothing to count, and who begins anew loses what rasa remembers.
_ENDS = re.compile(r"effac|supprim|recommenc|oublie|désinscri|restart|/", re.IGNORECASE)
MOST_CHARACTERS = 300
FEWEST, MOST = 3, 9


def scripts() -> list[list[str]]:
    """Return the owner's side of each conversation that can be counted: several messages, none said twice."""
    found = []
    for path in sorted(FOLDER.glob("*.yml")):
        said = [turn["owner"] for turn in read_yaml(path)["turns"]]
        plain = not any(_ENDS.search(words) or len(words) > MOST_CHARACTERS for words in said)
        # The same words said again are answered once (docs/decisions/0008-late-answers.md).
        if plain and FEWEST <= len(said) <= MOST and len({words.strip() for words in said}) == len(said):
            found.append(said)
    return found


def drawn(draw: random.Random, count: int) -> list[list[str]]:
    """Return `count` conversations, all different as long as there are enough."""
    known = scripts()
    draw.shuffle(known)
    return [known[number % len(known)] for number in range(count)]
