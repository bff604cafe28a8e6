"""The pages of directives: the completion table, the lists, the assignment and its verbs."""
