"""Programme codes per year and the plan items that works point to."""
