"""Two builds -> the appups that lead from the one to the other, and back."""
