"""The advisors' application: requests, conversation logs, review, knowledge and what owners need."""
