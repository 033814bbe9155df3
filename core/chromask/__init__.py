"""The library under the chromask window: frames, masks, colours and files. No Qt below here."""
