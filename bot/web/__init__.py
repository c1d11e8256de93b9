"""HTTP: what a watcher asks of the process. It is handed what it tells; it looks nothing up by itself."""
