"""Server-rendered pages: phones, screen, host page, and the control routes of the console."""
