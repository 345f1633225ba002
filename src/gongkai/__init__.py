"""gongkai (公开): the information-disclosure work of a Chinese government office."""

__version__ = "0.1.0"
