"""What only those who work on the product need."""
