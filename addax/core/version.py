"""Versions: of the Keras API that Addax follows, in code and files, and of Addax itself."""

KERAS = "3.15.1"
OWN = "0.1.0"
