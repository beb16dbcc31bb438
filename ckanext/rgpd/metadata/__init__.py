"""The dataset's own fields, and what is made of them: forms, exports, inventory."""
