"""What residents may see: the verification of a paper, and totals of the fund."""
