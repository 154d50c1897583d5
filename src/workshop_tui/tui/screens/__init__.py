"""What fills the console, one file each, with its style sheet beside it."""
