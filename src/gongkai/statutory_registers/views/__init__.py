"""The desk's pages of the registers behind table 二."""
