"""Saved sittings as one documented file: written whole, read back equal bit for bit."""
