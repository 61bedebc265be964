"""What the law says, as data: who may set which power, time limits, steps that must be there.

Facts stand in the CSV files beside this module, each with its law and article; the
modules here read them and put citations into words. Rules stand a folder above.
"""
