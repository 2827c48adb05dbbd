"""Layouts of binary datapoints, as rows: what bytes mean, and which bytes a meaning is. Nonsense is None."""

from dataclasses import KW_ONLY, dataclass

from .field import Field
from .misfit import Misfit, Structure
from .storage import Storage

__all__ = ["Field", "Layout", "Misfit", "Storage", "Structure"]


@dataclass(frozen=True, slots=True)
class Layout:
    """The shapes that a datapoint may have, the likeliest first: versions, lengths, vendors' variants."""

    shapes: tuple[Field, ...]
    _: KW_ONLY
    stored: Storage = Storage.BASE64
    """How the bytes are written where the datapoint is a string; a raw one is base64."""

    def decode(self, blob: bytes) -> Structure:
        """Return what the bytes mean, None where no shape takes all of them and would write the same ones."""
        found = self._shape_of(blob)
        return None if found is None else found[1]

    def encode(self, structure: object, like: bytes = b"") -> bytes:
        """Return the bytes that mean this, in the shape of `like` if they fit one; raise Misfit."""
        found = self._shape_of(like) if like else None
        reason = Misfit("no shape")
        for shape in self.shapes if found is None else (found[0],):
            try:
                return shape.write(structure)
            except Misfit as misfit:
                reason = misfit
        raise reason

    def _shape_of(self, blob: bytes) -> tuple[Field, Structure] | None:
        for shape in self.shapes:
            try:
                structure, rest = shape.read(blob)
                if not rest and shape.write(structure) == blob:
                    return shape, structure
            except Misfit:
                continue
        return None
