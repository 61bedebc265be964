"""Build a folder of files from a plan, only what changed and all at once; knows no field."""
