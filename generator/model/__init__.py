"""The field's nouns as frozen dataclasses: standard library only, no input or output."""
