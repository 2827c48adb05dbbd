"""English for datapoint codes: what the glued, abbreviated, misspelt and Chinese words in them mean."""

from .names import called, is_plain, readable

__all__ = ["called", "is_plain", "readable"]
