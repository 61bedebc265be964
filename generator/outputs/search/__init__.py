"""Search: Pagefind over the city's record pages, and a layer of our own that answers first."""

from generator.outputs.search.indexer import Indexer, doubts, find

__all__ = ["Indexer", "doubts", "find"]
