"""Settings, root urls, navigation: wires all rooms of the house together."""
