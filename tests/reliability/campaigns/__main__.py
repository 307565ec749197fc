"""Run a campaign, such as flips: ``python -m reliability.campaigns flips``."""

import importlib
import sys


def main():
    name = f"reliability.campaigns.{sys.argv.pop(1)}"
    from kits import durability

    # processes are forked from one that has it imported; this module, which each imports, is light
    durability._PRELOADED.append(name)
    importlib.import_module(name).main()


if __name__ == "__main__":
    main()
