"""The only writes to what the public sends."""
