"""Policy questions, consultations on drafts, suggestions (Art. 44) and corrections about oneself (Art. 41)."""
