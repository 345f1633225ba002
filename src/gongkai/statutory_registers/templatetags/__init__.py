"""Words of the registers for pages."""
