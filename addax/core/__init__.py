"""What a layer is made of. Imports nothing from the rest of the package."""
