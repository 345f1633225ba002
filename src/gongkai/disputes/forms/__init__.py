"""What people state about a case. Importing this fills the book of acts."""

from gongkai.disputes.forms import amending, deciding, handling, rehandling
from gongkai.disputes.forms.base import BY_ACT, ActForm

__all__ = ["BY_ACT", "ActForm", "amending", "deciding", "handling", "rehandling"]
