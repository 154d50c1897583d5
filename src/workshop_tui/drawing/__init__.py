"""Pure renderers: blocks to HTML and SVG, and QR squares."""
