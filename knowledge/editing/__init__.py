"""Records changed by the people they are about: proposed, checked, published, their history, and files to take home."""
