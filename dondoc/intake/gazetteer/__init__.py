"""The gazetteer: provinces, districts and communes before and after 1 July 2025. Read only, made by `build.py` when the product is set up."""
