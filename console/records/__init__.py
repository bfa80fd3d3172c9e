"""Records of the knowledge base: looked at, changed, checked and published by those they are about."""
