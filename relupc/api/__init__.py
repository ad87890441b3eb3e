"""What other tools call: files named by users -> results. The only place where the verbs meet."""
