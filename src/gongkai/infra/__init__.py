"""Engine differences, background tasks, locks, health: what the domains need from below."""
