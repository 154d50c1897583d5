"""What every page rests on: listeners, security, forms, limits, assets, rendering."""
