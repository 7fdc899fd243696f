"""Reading a draft without an account: links that expire and can be revoked, and comments."""
