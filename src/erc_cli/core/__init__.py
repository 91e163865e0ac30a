"""Pure functions and values: no disk, no clock, no environment, no printing."""
