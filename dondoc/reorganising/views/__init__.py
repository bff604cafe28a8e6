"""The pages of reorganisations: the list, a decision, a draft with its preview."""
