"""The catalogue: what datapoint codes mean (words), what categories add (cards), which codes are the same (aliases)."""
