"""What residents may see: today the verification of a paper."""
