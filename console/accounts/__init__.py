"""Accounts of advisors, reviewers and administrators: who may sign in, how, and what each may see."""
