"""Words of hand-over for pages."""
