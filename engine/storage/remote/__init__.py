"""Sources of bytes over HTTP and fsspec: requests, retries, timeouts, checks of responses."""
