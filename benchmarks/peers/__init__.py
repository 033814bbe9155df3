"""The peers' side: our scripts that drive their programs, each in an environment of its own."""
