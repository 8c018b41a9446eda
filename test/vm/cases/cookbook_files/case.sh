# The cookbook's policies about files.
recipes
