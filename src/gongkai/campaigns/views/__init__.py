"""The room's pages on the desk."""
