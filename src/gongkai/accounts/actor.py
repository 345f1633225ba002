"""Who acts: a frozen picture of a person and the posts held on a day."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.accounts.roles import BY_KEY


@dataclass(frozen=True, slots=True)
class Holding:
    """One post as it counts for decisions: where and as what; `section_id` for who works in one section (科室)."""

    agency_id: int
    agency_path: str
    agency_name: str
    role: str
    section_id: int | None = None

    def covers(self, path: str) -> bool:
        """Whether an agency at `path` lies within this post's reach."""
        return path.startswith(self.agency_path) if BY_KEY[self.role].subtree else path == self.agency_path


@dataclass(frozen=True, slots=True)
class Actor:
    """The public (nobody signed in), a person, or the program itself (`machine`, which may do what tasks need)."""

    user_id: int | None
    name: str
    holdings: tuple[Holding, ...] = ()
    machine: bool = False

    @property
    def is_public(self) -> bool:
        """Nobody signed in: sees what is published and nothing else."""
        return self.user_id is None and not self.machine


PUBLIC = Actor(None, "公众")


def machine(name: str) -> Actor:
    """The program acting on its own, named in the ledger for what it does."""
    return Actor(None, name, machine=True)
