"""The host page: the console's acts as plain accessible HTML."""
