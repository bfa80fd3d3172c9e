"""Reads the free answers of a request for advice: a name, a way to be reached, a moment, a summary."""

from __future__ import annotations

import re

import phonenumbers
from rapidfuzz.distance import OSA

from actions.email_check import email_fault, read_email, typed_address
from actions.form import says_any
from actions.services import Services
from actions.turn import Turn
from knowledge.guidance.words import plain

# From this confidence on, a message is what its intent says, and no free answer.
CERTAIN = 0.8
# What names, moments and summaries are taken for by an understanding that never saw them.
FREE = {"inform", "correct", "talk_to_human"}
# A bare name is like nothing that owners ask for: unless it is very sure, « out of scope » may be one.
NAMELESS, SURELY_NONSENSE = "out_of_scope", 0.97
COURTESIES = {
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "help",
    "bot_challenge",
    "privacy",
    "delete_data",
}
ACTS = COURTESIES | {
    "restart",
    "more_results",
    "ask_why",
    "request_status",
    "out_of_scope",
    "feedback_negative",
}
LONGEST_NAME, MOST_WORDS = 60, 5
LONGEST_MOMENT = 80
LEAST_WORDS, LONGEST_SUMMARY = 4, 1000
_NAME = re.compile(r"[^\W\d_][^\W\d_.'\u2019 -]*(?:[.'\u2019 -]+[^\W\d_]+)*\.?")
_DIGITS = re.compile(r"\d")
_WRITTEN_PHONE = re.compile(r"\+?\d[\d .\-/()\u00a0]{3,}\d")
_LEAST_DIGITS = 6


def read_name(services: Services, turn: Turn) -> str | None:
    """Return the name of the message; None where it holds none, or is surely something else."""
    text, led = without_lead(turn.text.strip(" .,;!"), services.wording.requests["name_leads"])
    words = text.split()
    if not words or len(words) > MOST_WORDS or len(text) > LONGEST_NAME or not _NAME.fullmatch(text):
        return None
    if not led and not _written_as_name(words) and (_no_name(turn) or leaves(services, turn)):
        return None
    return text


def _no_name(turn: Turn) -> bool:
    return (
        turn.confidence >= (SURELY_NONSENSE if turn.intent == NAMELESS else CERTAIN)
        and turn.intent not in FREE
    )


def _written_as_name(words: list[str]) -> bool:
    """Tell whether two words or more all begin with a capital, but for « de » and the like."""
    return len(words) > 1 and all(word[0].isupper() for word in words if len(word) > 2)


def read_phone(turn: Turn) -> str | None:
    """Return the telephone number of the message in E.164 form; None where none could be rung."""
    named = turn.last("phone")
    if not named:
        return None
    return named["value"] if _rings(named["value"]) else None


def usable(contact: dict[str, str]) -> dict[str, str]:
    """Return what was told of how to reach the owner, without numbers that could not be rung."""
    return {kind: value for kind, value in contact.items() if kind != "phone" or _rings(value)}


def read_reach(services: Services, turn: Turn, again: bool) -> dict[str, str] | None:
    """Return the e-mail and the telephone of the message; None where it gives neither.

    An address that looks mistyped is taken when it comes `again`.
    """
    email = read_email(turn) if turn.last("email") or "@" in turn.text else None
    if email and not again and near_domain(services, email):
        email = None
    found = {"email": email, "phone": read_phone(turn)}
    return {kind: value for kind, value in found.items() if value} or None


def reach_fault(services: Services, turn: Turn) -> str | None:
    """Return in words what is wrong with a number or an address; None where nothing looks like one."""
    email = read_email(turn) if "@" in turn.text else None
    if email:
        likely = near_domain(services, email)
        return services.wording.render("reach_near.txt.j2", email=email, likely=likely) if likely else None
    if typed_address(turn.text) and "@" in turn.text:
        return email_fault(services, turn)
    typed = _WRITTEN_PHONE.search(turn.text)
    if typed and len(_DIGITS.findall(typed[0])) >= _LEAST_DIGITS:
        return services.wording.render("phone_wrong.txt.j2", typed=typed[0])
    return None


def near_domain(services: Services, email: str) -> str | None:
    """Return the well-known domain that an address misses by one slip; None where there is none."""
    domain = email.rpartition("@")[2]
    known = services.wording.requests["domains"]
    return (
        None if domain in known else next((each for each in known if OSA.distance(domain, each) == 1), None)
    )


def read_moment(services: Services, turn: Turn, sure: bool = False) -> str | None:
    """Return the moment as it was said; None where the message is surely something else and not `sure` to be one."""
    text = " ".join(turn.text.split())
    another = _certain(turn, FREE) and not sure
    if not text or len(text) > LONGEST_MOMENT or another or leaves(services, turn):
        return None
    return text


def read_summary(turn: Turn) -> str | None:
    """Return the summary that the owner writes; None where the message is too short, asks, or is surely
    something else.
    """
    text = " ".join(turn.text.split())
    if text.endswith("?"):  # « Et si personne ne m'appelle ? » is no subject of a request
        return None
    if len(text.split()) < LEAST_WORDS or (turn.intent in ACTS and turn.confidence >= CERTAIN):
        return None
    return text[:LONGEST_SUMMARY]


def _rings(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number))


def _certain(turn: Turn, but: set[str]) -> bool:
    return turn.confidence >= CERTAIN and turn.intent not in but


def leaves(services: Services, turn: Turn) -> bool:
    """Tell whether a message stops the questions or passes one."""
    words = services.wording.form_words
    return says_any(turn.text, words.stop) or says_any(turn.text, words.skip)


def without_lead(text: str, leads: list[str]) -> tuple[str, bool]:
    """Return a text without the words that come before a name, and whether there were any."""
    for lead in sorted(leads, key=len, reverse=True):
        words = text.split()
        for count in range(len(words), 0, -1):
            if plain(" ".join(words[:count])) == plain(lead):
                return " ".join(words[count:]).strip(" :"), True
    return text, False
