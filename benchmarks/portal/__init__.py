"""What the portal costs: time added to a turn, memory of idle streams, the page on a slow connection."""
