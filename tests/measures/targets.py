"""What the figures must be: the goals of the catalogue over all real products."""

from collections.abc import Mapping
from dataclasses import dataclass

from .building import Buildings
from .figures import Figures
from .strictness import Strictness

RAISING = "products on which planning or building entities raises"
USEFUL = "products with an enabled, useful entity"
USEFUL_OF_ALL = "the same, with products that say nothing"
KNOWN = "datapoints known by word, card or quirk"
EXACT = "the same, without phrases"
REACHED = "datapoints reachable, or ignored for a reason"
SETTABLE = "writable datapoints that can be set"
BY_ENTITY = "the same, by an entity alone"
OUTSIDE = "values written outside the schema"
FAILING = "calls that fail otherwise than by being rejected"
MEDIAN = "entities enabled by default per product, median"
P95 = "entities enabled by default per product, 95 %"
SPEED = "planning time per device, median in ms"


@dataclass(frozen=True, slots=True)
class Target:
    """One figure and its bound."""

    name: str
    limit: float
    at_least: bool = False
    share: bool = False

    @property
    def bound(self) -> str:
        """The bound in words."""
        return f"{'>=' if self.at_least else '<='} {self.shown(self.limit)}"

    def met(self, figure: float | None) -> bool:
        """Tell whether the figure keeps the bound; one that was not measured does."""
        return figure is None or (figure >= self.limit if self.at_least else figure <= self.limit)

    def shown(self, figure: float | None) -> str:
        """Return the figure as it is printed."""
        if figure is None:
            return "-"
        if self.share:
            return f"{figure:.2%}" if round(figure, 3) != figure else f"{figure:.1%}"
        return f"{figure:g}" if figure == int(figure) else f"{figure:.2f}"


TARGETS = (
    Target(RAISING, 0),
    Target(USEFUL, 0.995, at_least=True, share=True),
    Target(USEFUL_OF_ALL, 0.985, at_least=True, share=True),
    Target(KNOWN, 0.85, at_least=True, share=True),
    Target(EXACT, 0.85, at_least=True, share=True),
    Target(REACHED, 1, at_least=True, share=True),
    Target(SETTABLE, 1, at_least=True, share=True),
    Target(BY_ENTITY, 0.995, at_least=True, share=True),
    Target(OUTSIDE, 0),
    Target(FAILING, 0),
    Target(MEDIAN, 8),
    Target(P95, 25),
    Target(SPEED, 0.3),
)


def figures_of(
    measured: Figures,
    built: Buildings | None = None,
    *results: Strictness | None,
) -> Mapping[str, float]:
    """Return the figures by name, those that were measured."""
    figures: dict[str, float] = {
        RAISING: len(measured.raised) + (len(built.complaints) if built else 0),
        USEFUL: measured.useful_share,
        USEFUL_OF_ALL: measured.useful_share_of_all,
        KNOWN: measured.known / measured.datapoints,
        EXACT: (measured.known - measured.guessed) / measured.datapoints,
        REACHED: measured.reached / measured.datapoints,
        SETTABLE: measured.settable / max(measured.writable, 1),
        BY_ENTITY: measured.by_entity / max(measured.writable, 1),
        MEDIAN: measured.median_enabled,
        P95: measured.p95_enabled,
        SPEED: measured.median_seconds * 1000,
    }
    tried = [result for result in results if result is not None]
    if tried:
        figures[OUTSIDE] = sum(len(result.violations) for result in tried)
        figures[FAILING] = sum(len(result.failures) for result in tried)
    return figures
