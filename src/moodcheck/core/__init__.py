"""The rules: pure, frozen, typed; no screen, file, clock or engine."""
