"""Papers for the city's own use: proof sheets, status, findings, scorecards; none is published."""
