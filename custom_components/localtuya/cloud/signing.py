"""The signature of a request, as projects made since July 2021 must compute it."""

from collections.abc import Mapping
from hashlib import sha256
import hmac


def text_to_sign(
    method: str, path: str, query: Mapping[str, str], *, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> str:
    """Return what stands for the request in the message: its method, its body's digest, signed headers, its address.

    The query is decoded and sorted by key, wherever it stands on the wire; `headers` are those named in the header
    `Signature-Headers`, in that order.
    """
    signed = "".join(f"{name}:{value}\n" for name, value in (headers or {}).items())
    pairs = "&".join(f"{key}={query[key]}" for key in sorted(query))
    address = f"{path}?{pairs}" if pairs else path
    return "\n".join((method.upper(), sha256(body).hexdigest(), signed, address))


def signature(secret: str, *, client_id: str, time_ms: int, text: str, access_token: str = "", nonce: str = "") -> str:
    """Return the 64 capital hex digits of the header `sign`; token calls leave `access_token` out."""
    message = f"{client_id}{access_token}{time_ms}{nonce}{text}"
    return hmac.new(secret.encode(), message.encode(), sha256).hexdigest().upper()
