"""The directory of bodies and schemes, and the map: pages that need no script."""
