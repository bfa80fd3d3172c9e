"""Conversations that nobody had, for demonstrations and measures: the same for the same seed."""
