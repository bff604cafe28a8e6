"""The pages of drafts of documents, one view per action."""
