"""How large a procedure may be and still be drawn and read; the gate and the charts go by it."""

MOST_STEPS = 200
MOST_MOVES = 300
"""Far beyond any real procedure; a chart of more could be neither laid out nor read."""

MOST_SIGNS = 160
"""Characters of one text in a chart: a step's name, post or document, a move's condition."""
