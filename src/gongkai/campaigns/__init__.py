"""A supervisor's yearly campaign (年报工作): notice, members, due dates, board, reminders, explained differences."""
