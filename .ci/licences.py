"""Checks the licence of every crate in Cargo.lock against deny.toml.

    cargo metadata --format-version 1 --locked | python3 .ci/licences.py deny.toml
"""

import json
import re
import sys
import tomllib


def accepted(expression, allowed):
    """Whether an SPDX expression can be met with the allowed licences alone."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def either():
        value = both()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            other = both()
            value = value or other
        return value

    def both():
        value = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            other = one()
            value = value and other
        return value

    def one():
        token = tokens.pop(0)
        if token == "(":
            value = either()
            tokens.pop(0)
            return value
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            token = f"{token} WITH {tokens.pop(0)}"
        return token in allowed

    return either() and not tokens


def main():
    with open(sys.argv[1], "rb") as file:
        rules = tomllib.load(file)["licenses"]
    allowed = set(rules["allow"])
    exceptions = {entry["crate"]: set(entry["allow"]) for entry in rules["exceptions"]}
    packages = json.load(sys.stdin)["packages"]
    faults = []
    for package in packages:
        licence = package["license"]
        here = allowed | exceptions.get(package["name"], set())
        if not licence or not accepted(licence, here):
            faults.append(f"{package['name']} {package['version']}: {licence or 'no licence named'}")
    for fault in faults:
        print(fault)
    if faults:
        sys.exit("Use another crate, or allow the licence in deny.toml with a reason.")
    print(f"{len(packages)} crates, all under allowed licences")


main()
