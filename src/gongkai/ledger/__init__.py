"""The chained record of everything that was done."""
