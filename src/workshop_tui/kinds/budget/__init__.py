"""Spending a sum on projects."""
