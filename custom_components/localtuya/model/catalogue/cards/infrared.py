"""Hubs that learn and send the codes of infrared remotes."""

from ...spec.infrared import Blaster
from .card import Card

CARDS = (Card(("wnykq",), tuple(Blaster(name=""))),)
