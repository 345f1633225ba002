"""Search with tantivy, with the same tokens: for very large sites and those whose readers want relevance first."""
