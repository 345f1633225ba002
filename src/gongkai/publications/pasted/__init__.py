"""What comes from Word and WPS through the clipboard."""
