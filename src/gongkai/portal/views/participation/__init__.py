"""What the public reads and sends beside applications: questions, drafts for comment, suggestions, corrections."""
