"""One sort of fact a module, each with ``extract``."""
