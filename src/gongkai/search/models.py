"""Search over what is published: five methods, two-character tokens."""
