"""Demo data: fictitious people in real places, three years of a board's life.

Built through the services with fixed seeds, so that it obeys every rule of the house.
"""
