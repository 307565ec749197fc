"""The dialog and menu that offer missing Python packages."""
