"""The meaning: datapoints, schemas, the catalogue of entities. Knows neither Home Assistant nor the wire."""
