"""What a structure is, and what does not fit one."""

type Structure = bool | int | float | str | list[Structure] | dict[str, Structure] | None
"""What a datapoint's bytes mean: plain JSON."""


class Misfit(Exception):  # noqa: N818 - named for what happened
    """Bytes that a field cannot be, or a value that it cannot hold; says what it would hold."""
