"""Requests for advice, conversations taken over, groups of a shared expert, and messages that did not arrive."""
