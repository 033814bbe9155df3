"""The frames of a folder or a file: finding them, pairing images with masks, files of many frames."""
