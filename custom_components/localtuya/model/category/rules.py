"""Rules that tell the kind of a device from its codes; the first that fits wins. Facts: schemas of 10,003 products."""

from . import common, special
from .rule import Rule

RULES: tuple[Rule, ...] = (*special.RULES, *common.RULES)
