"""What the assistant can tell beside whom to ask and what pays: look-ups over the guidance records."""
