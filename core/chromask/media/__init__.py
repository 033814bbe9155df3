"""Decoding of images, masks and videos: every decode of the program goes through here."""
