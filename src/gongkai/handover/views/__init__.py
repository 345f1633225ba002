"""The desk's pages of hand-over."""
