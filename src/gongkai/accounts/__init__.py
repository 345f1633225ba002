"""Who works here, in which post, and what that allows."""
