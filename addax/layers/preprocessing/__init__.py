"""Layers that prepare raw data."""
