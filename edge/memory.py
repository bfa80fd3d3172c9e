"""Memory that is free within the process, given back to the machine."""

import ctypes
import gc


def give_back() -> None:
    """Give free pages back; does nothing where the C library has no way to.

    Modules and tables are read through much that is thrown away at once, and the C library keeps those pages for
    later: a tenth of what a process that has just started holds.
    """
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc only
    if trim is not None:
        trim(0)
