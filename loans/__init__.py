"""The revolving fund: who borrowed what, what was paid back, how the fund stands."""
