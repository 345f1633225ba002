"""Working days that the office has learnt since the program was made: new years, local holidays, closures."""
