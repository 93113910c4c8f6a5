"""The same actor in several sources: proposals for people, and merges as they decided."""
