"""Musyawarah: agenda, attendance, minutes, decisions and their ratification."""
