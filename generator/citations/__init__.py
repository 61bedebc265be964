"""Legal bases as departments write them, read into instrument, article, paragraph and subparagraph."""
