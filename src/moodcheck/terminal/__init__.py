"""The person: streams, keys, pages, and an Asker for whoever sits there."""
