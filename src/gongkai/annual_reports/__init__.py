"""Annual reports: taken in, read, confirmed, corrected, published, rolled up."""
