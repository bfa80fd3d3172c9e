"""How far the knowledge base can be trusted today: what to verify, dead links, who is reached, and a report."""
