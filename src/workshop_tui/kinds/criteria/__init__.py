"""Options judged by weighted criteria."""
