"""The bodies and the schemes one by one, and in lists that no need narrows: what a directory shows."""

from knowledge.directory.directory import Directory
from knowledge.directory.sheets import BodySheet, SchemeSheet
from knowledge.directory.survey import Survey

__all__ = ["BodySheet", "Directory", "SchemeSheet", "Survey"]
