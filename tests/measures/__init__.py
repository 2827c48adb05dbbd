"""What the catalogue makes of thousands of real products, in figures; `scripts/measure_catalogue` prints them."""
