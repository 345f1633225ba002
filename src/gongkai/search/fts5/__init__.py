"""Search in SQLite's own full-text index, with our tokens."""
