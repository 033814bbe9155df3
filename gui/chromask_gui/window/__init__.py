"""The main window and what surrounds its panels: bars, toasts, the welcome page."""
