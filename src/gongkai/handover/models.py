"""Batches of published documents for archives and libraries (Art. 25)."""
