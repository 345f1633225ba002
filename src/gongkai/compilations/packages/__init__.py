"""The published package: the tables, the records behind them without anything that names somebody, and how to count
again. `making.package` writes one, `verify.verify` counts one again; neither knows Django or a database.

What suffices to recompute every cell is the applicant's kind, whether it was new or carried in, the row of the outcome
and whether it was carried out: nothing else is published. Dates, numbers and agencies would tell people apart.
"""
