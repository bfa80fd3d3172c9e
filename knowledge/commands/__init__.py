"""The commands of `python -m knowledge`, one subject a module; each only reads words and prints."""
