"""The conversation logs: lists with filters, search, and a conversation as a person reads it."""
