"""The demonstration county: invented agencies and reports, taken through the real actions.

Nothing here writes a row of its own: what the demonstration shows is what the platform does.
"""
