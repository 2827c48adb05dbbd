"""The benchmark: how fast, cheap and steady the integration is, beside its peers and what is possible at all."""
