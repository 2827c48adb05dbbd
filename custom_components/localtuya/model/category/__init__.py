"""What kind of device has these codes, for where the cloud's category is missing or wrong."""

from collections.abc import Iterable

from ..codes import fold
from ..datapoint import Datapoint
from .rules import RULES


def infer(datapoints: Iterable[Datapoint]) -> str:
    """Return the category that the codes tell, "" where they tell none."""
    by_code = {fold(datapoint.code): datapoint for datapoint in datapoints}
    return next((rule.category for rule in RULES if rule.fits(by_code)), "")
