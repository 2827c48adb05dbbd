"""How bytes are written in a string datapoint."""

from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from enum import StrEnum


class Storage(StrEnum):
    """The ways in which a string stands for bytes."""

    BASE64 = "base64"
    HEX = "hex"

    def unpack(self, text: str) -> bytes | None:
        """Return the bytes of the text, None where it is not written this way."""
        try:
            return bytes.fromhex(text) if self is Storage.HEX else b64decode(text, validate=True)
        except Base64Error, ValueError:
            return None

    def pack(self, blob: bytes) -> str:
        """Return the text of the bytes."""
        return blob.hex() if self is Storage.HEX else b64encode(blob).decode()
