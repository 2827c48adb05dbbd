"""How a device page looks to its owner: the main things on top, settings and diagnoses below, noise disabled."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from .choices import Choice, UserChoices
from .codes import fold
from .datapoint import Bool, Enum, Int
from .spec import Feature, Source

_MAIN_PLATFORMS = frozenset({"switch", "light", "cover", "valve"})
_THERMAL = frozenset({"climate", "water_heater"})
_ACTING = frozenset({"fan", "humidifier", "lawn_mower", "lock", "vacuum", "valve"})
_WORDS = frozenset({None, "duration", "enum"})
_NO_CHOICE = Choice()


def presented(
    features: list[Feature], spare: frozenset[str], user: UserChoices, labels: Mapping[str, str]
) -> tuple[Feature, ...]:
    """Return the features as their owner shall see them; `spare` are folded codes that few owners want to see."""
    shown = _unnumbered(features)
    shown = _audible([_quieter(feature, spare) for feature in shown] if spare else shown)
    main = headline(shown)
    placed = [_beside(feature, main.platform) for feature in shown] if main else shown
    named = [_renamed(feature, user, labels) for feature in placed] if user.choices or labels else placed
    return tuple(named)


def headline(features: Iterable[Feature]) -> Feature | None:
    """Return what the device is: the first shown that neither sets nor diagnoses; None without any."""
    shown = [feature for feature in features if feature.look.enabled]
    telling = (feature for feature in shown if not feature.look.category and feature.source is not Source.USER)
    return next(telling, next(iter(shown), None))


def _beside(feature: Feature, main: str) -> Feature:
    """Put what a sensor tells of a machine under diagnoses, beside the one entity that the machine is."""
    look = feature.look
    if feature.platform != "sensor" or look.category or feature.source in {Source.USER, Source.CARD}:
        return feature
    if main in _THERMAL or (main in _ACTING and look.device_class in _WORDS):
        return replace(feature, look=replace(look, category="diagnostic"))
    return feature


def _unnumbered(features: list[Feature]) -> list[Feature]:
    """Take the number off what there is only one of; if its card says that it is the device, it takes its name."""
    if all(feature.look.number is None for feature in features):
        return features
    series = Counter((feature.platform, feature.look.name) for feature in features)

    def alone(feature: Feature) -> Feature:
        look = feature.look
        if look.number is None or series[feature.platform, look.name] > 1:
            return feature
        name = "" if feature.source is Source.CARD and feature.platform in _MAIN_PLATFORMS else look.name
        return replace(feature, look=replace(look, number=None, name=name))

    return [alone(feature) for feature in features]


def _quieter(feature: Feature, spare: frozenset[str]) -> Feature:
    """Disable what few owners of such a device want to see."""
    if feature.source is Source.CARD or fold(feature.code) not in spare:
        return feature
    return replace(feature, look=replace(feature.look, enabled=False))


def _audible(features: list[Feature]) -> list[Feature]:
    """Enable what tells something where a device would otherwise be silent."""
    if any(feature.look.enabled for feature in features):
        return features
    return [replace(feature, look=replace(feature.look, enabled=_tells(feature))) for feature in features]


def _tells(feature: Feature) -> bool:
    kinds = (Bool, Enum, Int)
    return feature.platform != "button" and any(isinstance(point.datapoint, kinds) for point in feature.points.values())


def _renamed(feature: Feature, user: UserChoices, labels: Mapping[str, str]) -> Feature:
    """Give a feature the user's name: that of his choice, else that of the app."""
    choice = user.choices.get(feature.dp, _NO_CHOICE)
    look = feature.look
    label = choice.name if choice.name is not None or feature.part else labels.get(feature.dp)
    if label is not None:
        look = replace(look, label=label)
    if choice.enabled is not None:
        look = replace(look, enabled=choice.enabled)
    return feature if look is feature.look else replace(feature, look=look)
