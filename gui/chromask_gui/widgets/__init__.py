"""Small widgets and input helpers that any panel may use."""
