"""Run a campaign: ``python -m campaigns flips``, ``kills``, ``faults``, ``load`` or ``figures``."""

import importlib
import sys


def main():
    name = f"campaigns.{sys.argv.pop(1)}"
    import durability_kit

    # processes are forked from one that has it imported; this module, which each imports, is light
    durability_kit._PRELOADED.append(name)
    importlib.import_module(name).main()


if __name__ == "__main__":
    main()
