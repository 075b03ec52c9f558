"""The terminal app: app ▸ screens ▸ widgets. The only Textual."""
