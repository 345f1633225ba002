"""Proactive disclosure: from the draft to the portal and its history."""
