"""The public site: what is published, for anybody, without signing in."""
