"""Open data read into the knowledge store: readers of formats, merging, one transaction a file."""
