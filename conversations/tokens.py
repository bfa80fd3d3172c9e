"""Secrets of the record: what the owner holds, and what we keep of it."""

import hashlib
import secrets


def new_token() -> str:
    """Return a fresh opaque token (256 random bits, URL-safe) for the owner to hold."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return the SHA-256 of `token` in hexadecimal: the only thing kept of it.

    The token is random and long, so a plain hash cannot be guessed back.
    """
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_id(text: str) -> bool:
    """Tell whether `text` has the form of an identifier of ours; whatever else comes is asked of no database."""
    return len(text) == 32 and set(text) <= set("0123456789abcdef")


def new_id() -> str:
    """Return a random identifier (128 bits, hexadecimal) that says nothing about the owner."""
    return secrets.token_hex(16)
