"""Handbooks: a department's powers, or a life event, as a tagged PDF to print, bind and hand out.

`facts` say what stands in a book, `look` how it is coloured, `press` sets it with Typst, `plan`
makes artifacts of it. Nothing here is needed for a site: without Typst or a font there are none.
"""
