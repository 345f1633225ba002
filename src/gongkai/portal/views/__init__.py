"""Pages of the public site, one file a subject."""
