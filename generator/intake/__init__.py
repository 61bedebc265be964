"""A department's list on its way in: the workbook it fills, and every form in which a list comes back.

A source becomes a `Submission` (rows in our words, those refused, what was noticed);
`merge` sets it beside the working tables; nothing is written unless all of it can be.
"""
