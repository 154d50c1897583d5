"""One pure file for each kind of poll or gathering, and the registry that lists them."""
