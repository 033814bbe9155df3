"""The side panels. They never import each other."""
