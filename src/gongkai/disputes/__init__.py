"""Reconsideration (行政复议) and litigation (行政诉讼) over applications and publications."""
