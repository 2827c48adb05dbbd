"""Rows of infrared hubs."""
# ruff: noqa: N802 - a row reads like the entity that it describes

from collections.abc import Iterator
from typing import Unpack

from ..convert import infrared
from ..convert.numbers import number
from ..convert.plain import content
from . import LookWords, Spec
from .roles import both, read, row

_DIALECTS = (
    ({"send": both("ir_send", infrared.order)}, "ir_study_code", ("send",)),
    (
        {
            "control": both("control", infrared.control),
            "code": both("key_study", infrared.code),
            "head": both("ir_code", content),
            "key": both("key_code", content),
            "code_type": both("type", number),
            "delay": both("delay_time", number),
        },
        "study_code",
        ("control", "code"),
    ),
)


def Blaster(**look: Unpack[LookWords]) -> Iterator[Spec]:
    """Yield the rows of what sends and learns infrared codes, in either dialect: a remote, an emitter, a receiver."""
    for roles, receive, needs in _DIALECTS:
        heard = {"receive": read(receive, infrared.code)}
        yield row("remote", {**roles, **heard}, look, needs=needs)
        yield row("infrared", roles, {"name": "infrared_emitter"}, needs=needs, part="emitter")
        yield row("infrared", heard, {"name": "infrared_receiver"}, part="receiver")
