"""What can be wrong with a value or a schema."""


class ModelError(Exception):
    """Anything that the model refuses."""


class ValueRejected(ModelError):  # noqa: N818 - named for what happened
    """A value that we are asked to send does not fit the datapoint."""

    def __init__(self, code: str, value: object, allowed: str) -> None:
        """Keep the parts, so that the caller can translate them."""
        super().__init__(f"{code} does not take {value!r}; it takes {allowed}")
        self.code = code
        self.value = value
        self.allowed = allowed


class Unreported(ValueRejected):
    """A part of a datapoint cannot be changed, for the device has not said the rest of it."""

    def __init__(self, code: str, value: object) -> None:
        """Say what is missing."""
        super().__init__(code, value, "a change of what the device has reported; it has not")


class SchemaError(ModelError):
    """A datapoint's definition makes no sense; the datapoint is skipped."""
