"""The build beyond one machine: the same readers and the same encoder, mapped by Apache Spark over the pieces of the sources.

The output is a folder of N-Quads shards with a manifest, for the bulk loader of a SPARQL engine; its quads are those that a
build on one machine makes of the same sources. `docs/scale.md` says when that is worth it, and docs/decisions/0019-spark.md how it is done.
"""

from graph_build.spark.build import ClusterReport, build
from graph_build.spark.session import session

__all__ = ["ClusterReport", "build", "session"]
