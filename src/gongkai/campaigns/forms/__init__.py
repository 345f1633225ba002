"""What people type about a campaign, parsed. Whether it may be done, the actions decide."""
