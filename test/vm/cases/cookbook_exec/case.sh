# The cookbook's policies about what is executed.
recipes
