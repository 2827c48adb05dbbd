"""Fields together: one after the other, and the same again and again."""

from dataclasses import KW_ONLY, dataclass

from .field import Field
from .misfit import Misfit, Structure


@dataclass(frozen=True, slots=True)
class Record:
    """Fields one after the other: a table of their values."""

    fields: tuple[Field, ...]
    name: str = ""

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the table."""
        table: dict[str, Structure] = {}
        rest = blob
        for field in self.fields:
            value, rest = field.read(rest)
            if field.name:
                table[field.name] = value
            elif isinstance(value, dict):
                table |= value
        return table, rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the table; every field must be told, and nothing else."""
        if not isinstance(value, dict):
            raise Misfit(f"{self.name or 'it'} is a table")
        if strange := value.keys() - self.keys():
            raise Misfit(f"{', '.join(self.keys())}, but no {', '.join(sorted(map(str, strange)))}")
        return b"".join(field.write(value if not field.name else _of(value, field.name)) for field in self.fields)

    def keys(self) -> tuple[str, ...]:
        """Return what the table tells."""
        keys: list[str] = []
        for field in self.fields:
            keys += [field.name] if field.name else [part.name for part in getattr(field, "parts", ())]
        return tuple(keys)


@dataclass(frozen=True, slots=True)
class Many:
    """The same field again and again: to the end, or as often as the byte before says if `counted`."""

    field: Field
    name: str = ""
    _: KW_ONLY
    most: int = 64
    exactly: int | None = None
    counted: bool = False

    def read(self, blob: bytes) -> tuple[Structure, bytes]:
        """Return the list."""
        if self.counted and not blob:
            raise Misfit("too short")
        due, rest = (blob[0], blob[1:]) if self.counted else (self.exactly, blob)
        values: list[Structure] = []
        while len(values) < due if due is not None else rest:
            value, rest = self.field.read(rest)
            values.append(value)
            if len(values) > self.most:
                raise Misfit("too many")
        return values, rest

    def write(self, value: object) -> bytes:
        """Return the bytes of the list."""
        if not isinstance(value, list):
            raise Misfit(f"{self.name or 'it'} is a list")
        if len(value) > self.most or self.exactly not in {None, len(value)}:
            raise Misfit(f"{self.name or 'the list'} has {self.exactly or f'at most {self.most}'} entries")
        body = b"".join(map(self.field.write, value))
        return bytes((len(value),)) + body if self.counted else body


def _of(table: dict[str, object], name: str) -> object:
    if name not in table:
        raise Misfit(f"{name} is missing")
    return table[name]
