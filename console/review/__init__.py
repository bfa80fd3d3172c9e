"""The review: what owners said and how it was understood, corrected by one person, taught once another agrees."""
