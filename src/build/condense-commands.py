#!/usr/bin/env python3
"""Adds commands to src/main/resources/dev/redistill/commands/commands.json.

    src/build/condense-commands.py VALKEY/src/commands NAME...

Takes what COMMAND INFO and COMMAND DOCS tell of the named commands and their subcommands out of
the JSON files in Valkey's source and leaves out everything that our own tables say. A name is one
such as `set`, or `client|kill`. Entries that are there already stay as they are: some of them are
ours, for commands that Valkey does not have.
"""
import json
import pathlib
import sys

TARGET = pathlib.Path(__file__).parents[1] / "main/resources/dev/redistill/commands/commands.json"
DOCS = ["summary", "since", "group", "complexity", "deprecated_since", "replaced_by", "history"]
ARGUMENT = ["name", "type", "display", "key_spec_index", "token", "since", "deprecated_since",
            "optional", "multiple", "multiple_token"]
ACCESS = ("RO", "RW", "OW", "RM")


def argument(source):
    result = {key: source[key] for key in ARGUMENT if key in source}
    if "arguments" in source:
        result["arguments"] = [argument(part) for part in source["arguments"]]
    return result


def key_spec(source):
    result = {"notes": source["notes"]} if "notes" in source else {}
    result["flags"] = [flag if flag in ACCESS else flag.lower() for flag in source["flags"]]
    for kind, spec in source["begin_search"].items():
        result["begin"] = [kind, *(spec or {}).values()]
    for kind, spec in source["find_keys"].items():
        result["find"] = [kind, *(spec or {}).values()]
    return result


def entry(source):
    result = {key: source[key] for key in DOCS if key in source}
    if "doc_flags" in source:
        result["doc_flags"] = [flag.lower() for flag in source["doc_flags"]]
    if "acl_categories" in source:
        result["categories"] = source["acl_categories"]
    if "command_tips" in source:
        result["tips"] = [tip.lower() for tip in source["command_tips"]]
    if "key_specs" in source:
        result["key_specs"] = [key_spec(spec) for spec in source["key_specs"]]
    if "arguments" in source:
        result["arguments"] = [argument(part) for part in source["arguments"]]
    return result


def main(directory, names):
    document = json.loads(TARGET.read_text())
    commands = document["commands"]
    for name in names:
        file = pathlib.Path(directory) / (name.replace("|", "-") + ".json")
        (source,) = json.loads(file.read_text()).values()
        commands.setdefault(name, entry(source))
    lines = [f"    {json.dumps(name)}: {json.dumps(commands[name])}" for name in sorted(commands)]
    notice = json.dumps(document["notice"], indent=4).replace("\n]", "\n  ]")
    TARGET.write_text(
        '{\n  "notice": %s,\n  "commands": {\n%s\n  }\n}\n' % (notice, ",\n".join(lines)))


if len(sys.argv) < 3:
    sys.exit(__doc__)
main(sys.argv[1], sys.argv[2:])
