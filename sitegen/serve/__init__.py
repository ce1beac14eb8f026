"""``sitegen serve``: write, save, see.

    watch ─change▶ settle ─▶ builder ─Outcome▶ hub ─State▶ browser
                             (a process)              (server-sent events)

Any event of the file system only starts a look at the whole site; what has really changed, the
build finds by digest. The site is built into a folder of its own, drafts included, by a process
of its own: the server answers while it works, and what goes wrong there cannot take it along.
"""

from sitegen.serve.model import Ask, Outcome, Problem, Voice
from sitegen.serve.server import serve

__all__ = ["Ask", "Outcome", "Problem", "Voice", "serve"]
