"""Options scored one by one."""
