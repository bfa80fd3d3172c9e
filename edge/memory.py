"""Memory that is free within the process, given back to the machine."""

import asyncio
import ctypes
import gc

from anyio.to_thread import run_sync

# Seconds between two looks for free pages; one takes some milliseconds of a thread that holds up nobody.
PAUSE = 60.0


def give_back() -> None:
    """Give free pages back; does nothing where the C library has no way to.

    Modules and tables are read through much that is thrown away at once, and the C library keeps those pages for
    later: a tenth of what a process that has just started holds.
    """
    gc.collect()
    _trim()


async def give_back_for_ever(pause: float = PAUSE) -> None:
    """Give free pages back from time to time: after a crowd the C library keeps what it needed."""
    while True:
        await asyncio.sleep(pause)
        await run_sync(_trim)


def _trim() -> None:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc only
    if trim is not None:
        trim(0)
