"""Plans of public support for rural industry (khuyến công): read, reconciled, analysed, drawn."""

import lazy_loader

# Modules load when first used: reading and checking a document needs no matplotlib.
__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
