"""The desk's pages of proactive disclosure. Thin: parse, call, render."""
