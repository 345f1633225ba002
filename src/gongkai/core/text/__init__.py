"""Chinese text: folding of variants, numerals, dates."""
