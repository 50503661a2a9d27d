#!/usr/bin/env python3
"""Rebuilds src/ExecutionDashboard.Fleet/Secrets/pipeline-fields.txt from the field lists of the Benthos family.

eng/pipeline-fields.py BENTO CONNECT > src/ExecutionDashboard.Fleet/Secrets/pipeline-fields.txt

BENTO and CONNECT are git repositories (bare ones will do) of warpstreamlabs/bento and redpanda-data/connect. Only the names of fields, their
types and the mark that a field is sensitive are read, from the documentation that both generate from their schemas.
"""
import re
import subprocess
import sys

# A name with one of these, or below one of these, sounds as if it held a secret.
SOUNDS_SECRET = re.compile(
    r"key|token|secret|pass|pw|auth|cred|cert|jwt|sasl|sign|seed|salt|cipher|licen|login|identity|vault|hook|session|cookie|account|api|\bca\b|private|kube|hmac|phrase")

# Schemas mark fields of these names here and there, or in one of the projects; a value there is never for reading.
NEVER_READABLE = re.compile(
    r"(^|_)(password|secret|api_key|token|credentials_json|storage_access_key|connection_string|dsn|cert|webhook|password_hash|salt)$")
READABLE_ALL_THE_SAME = {"offset_token", "fencing_token"}

SOURCES = (("website/docs/components/", ".md", "warning Secret"), ("docs/modules/components/pages/", ".adoc", "sensitive information that usually"))
SECTIONS = {"redpanda", "http", "logger"}
KINDS = {"inputs", "outputs", "processors", "caches", "rate_limits", "buffers", "metrics", "tracers", "scanners"} | SECTIONS


def git(repository, *arguments):
    return subprocess.run(["git", "-C", repository, *arguments], capture_output=True, text=True, check=True).stdout


def fields(repository, folder, extension, mark):
    """(path with its component first, type, whether it is marked as sensitive) of each field."""
    for file in git(repository, "ls-tree", "-r", "--name-only", "HEAD", folder).split():
        parts = file[len(folder):].split("/")
        if not file.endswith(extension) or len(parts) != 2 or parts[0] not in KINDS:
            continue
        component = parts[0] if parts[0] in SECTIONS else parts[1][:-len(extension)]
        text = git(repository, "show", "HEAD:" + file)
        for field in re.finditer(r"^(?:###|===) `([^`]+)`\n(.*?)(?=^(?:###|===) |\Z)", text, re.S | re.M):
            kind = re.search(r"Type\*?\*?: `(\w+)`", field[2])
            if kind:
                yield (component, *field[1].replace("[]", "").split(".")), kind[1], mark in field[2]


def main(bento, connect):
    marked, types = {}, {}
    for repository, source in zip((bento, connect), SOURCES):
        for path, kind, secret in fields(repository, *source):
            marked[path] = marked.get(path, False) or secret
            types[path] = kind
    open_paths = {path for path, secret in marked.items() if not secret and (path[-1] in READABLE_ALL_THE_SAME or not NEVER_READABLE.search(path[-1]))}
    secret_paths = {path for path, secret in marked.items() if secret}

    def tails(paths, others, least):
        """The shortest ends of paths, of at least so many names, that no path of the others has."""
        ends = {path[-n:] for path in others for n in range(1, len(path) + 1)}
        for path in paths:
            yield next(path[-n:] for n in range(min(least, len(path)), len(path) + 1) if path[-n:] not in ends)

    readable = {path for path in open_paths if types[path] != "object" and any(SOUNDS_SECRET.search(name) for name in path[1:])}
    versions = [git(r, "log", "-1", "--format=%h %as").split() for r in (bento, connect)]
    print("# Which fields of pipelines hold a secret, and which sound like it and do not. Field names only; rebuilt by eng/pipeline-fields.py.")
    for name, (commit, day) in zip(("warpstreamlabs/bento", "redpanda-data/connect"), versions):
        print(f"# version: {name} {commit[:7]} of {day}")
    print("# The end of a field's path: the shortest that tells it from fields of the other kind. Lists have no part of their own in it.")
    for kind, found in (("secret", tails(secret_paths, open_paths, 1)), ("readable", tails(readable, secret_paths, 2))):
        for tail in sorted({".".join(t) for t in found}):
            print(f"{kind} {tail}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
