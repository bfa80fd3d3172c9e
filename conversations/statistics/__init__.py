"""What owners need, counted: exact for those who may read the conversations, without small counts for all others."""
