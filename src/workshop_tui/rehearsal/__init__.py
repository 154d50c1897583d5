"""Simulated participants who use the real pages over real HTTP."""
