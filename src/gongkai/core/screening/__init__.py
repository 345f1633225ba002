"""What must not be published: personal data, secrecy marks, hidden content."""
