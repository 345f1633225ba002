"""Pure decisions, each with its article. Nothing here imports Django or asks what day it is."""
