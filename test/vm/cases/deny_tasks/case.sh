# Denials of signals and of tracing.
calls tasks
