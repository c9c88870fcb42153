"""Which crossfoot this is."""

VERSION = "0.1.0"
"""As in pyproject.toml, and in every manifest."""
