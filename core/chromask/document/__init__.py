"""The open frame and every edit on it: transactions, undo steps, painting."""
