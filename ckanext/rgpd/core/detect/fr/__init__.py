"""One identifier, one module: what it is, who issues it, its shape, what it is mistaken for."""
