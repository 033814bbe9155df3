"""URI <-> bytes: where a URI leads, and the one atomic write."""
