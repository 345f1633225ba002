"""The office's workbench: the frame, the day's work, and the rooms' pages mounted under one address."""
