"""How well candidates are found: texts with what is to be found in them, and the count of what is missed."""
