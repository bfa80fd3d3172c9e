"""One module a format; each has `read(stream, context)`, a `Reader`."""
