"""The control listener: who may use it, and what a console may ask."""
