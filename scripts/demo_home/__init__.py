"""The demonstration: a simulated home, a real Home Assistant, and somebody who tries everything."""
