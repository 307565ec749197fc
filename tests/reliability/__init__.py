"""Long runs that try to break what docs/reliability.md promises; `make reliability` starts them."""
