"""What kind of device has these codes, for where the cloud's category is missing, wrong or says little."""

from collections.abc import Iterable, Iterator

from ..codes import fold
from ..datapoint import Datapoint
from ..index import Index
from .rule import Rule
from .rules import RULES

VAGUE = frozenset({"", "qt", "kg", "tdq", "cz", "pc", "dgnzk", "wg2"})
"""Categories under which makers list whatever has a relay or fits nowhere: sure codes say more."""
_RULES = Index(RULES, lambda rule: rule.needed)


def infer(datapoints: Iterable[Datapoint]) -> str:
    """Return the category that the codes tell, "" where they tell none."""
    rule = _rule(datapoints)
    return rule.category if rule else ""


def candidates(given: str, datapoints: Iterable[Datapoint]) -> Iterator[str]:
    """Yield the categories that a device may be, the likeliest first: the cloud's, unless the codes know better."""
    if given not in VAGUE:
        yield given
        yield from {infer(datapoints)} - {given, ""}
        return
    rule = _rule(datapoints)
    inferred = rule.category if rule else ""
    order = (inferred, given) if rule and rule.sure else (given, inferred)
    yield from filter(None, dict.fromkeys(order))


def _rule(datapoints: Iterable[Datapoint]) -> Rule | None:
    by_code = {fold(datapoint.code): datapoint for datapoint in datapoints}
    return next((rule for rule in _RULES.among(by_code.keys()) if rule.fits(by_code)), None)
