# The cookbook's policies about the kernel, containers and the policies themselves.
recipes
