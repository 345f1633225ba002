"""Grids → cells of the statutory forms, by the path of their labels and never by their position alone."""

from gongkai.core.report.locate.locate import Located, locate

__all__ = ["Located", "locate"]
