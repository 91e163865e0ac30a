"""Bytes to values. The only part that touches the disk and YAML."""
