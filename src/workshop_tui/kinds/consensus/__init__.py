"""How far a proposal carries everybody."""
