"""The command `yiwang`: every act of an operator, one module each."""


def main() -> None:
    """Entry point."""
