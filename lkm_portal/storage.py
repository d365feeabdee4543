"""Static files under hashed names, our JavaScript modules among them."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStatic(CompressedManifestStaticFilesStorage):
    """Rewrite `import … from "./x.js"` too, so that modules are cached for good."""

    support_js_module_import_aggregation = True
