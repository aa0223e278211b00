"""Run `python -m csplan`."""

from csplan.cli import main

if __name__ == "__main__":
    main()
