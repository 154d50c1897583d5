"""What a desk sees, may do and is asked before it does: computed once, drawn by the console and the host page."""
