#!/usr/bin/env python3
"""Let documents of a type pass without a person when every field is above its threshold.

usage: COUNTERSIGN_TOKEN=... python3 seed/turn_on_straight_through.py [--url http://127.0.0.1:8080] [--type receipt]

For the samples, so that a newcomer sees both ways; the page says so. It needs an administrator's token
(`countersign admin create-token --data DIR --role admin`) and leaves the event document_type.straight_through_set.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.request
import uuid

TYPES = "{ documentTypes { id name straightThrough } }"
TURN_ON = """mutation ($input: SetStraightThroughInput!) {
  setStraightThrough(input: $input) { documentType { name straightThrough } }
}"""


def ask(url: str, token: str, query: str, variables: dict | None = None) -> dict:
    body = json.dumps({"query": query, "variables": variables or {}}).encode()
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Accept": "application/graphql-response+json",
    }
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{url}/graphql", body, headers), timeout=60) as response:
            answer = json.load(response)
    except urllib.error.HTTPError as error:
        sys.exit(f"straight-through: {error.code} {error.read().decode(errors='replace')[:200]}")
    except OSError as error:
        sys.exit(f"straight-through: {url} can't be reached: {error}")
    if answer.get("errors"):
        sys.exit(f"straight-through: {answer['errors'][0]['message']}")
    return answer["data"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8080", help="default: %(default)s")
    parser.add_argument("--type", default="receipt", help="the document type (default: %(default)s)")
    args = parser.parse_args()
    token = os.environ.get("COUNTERSIGN_TOKEN") or sys.exit("straight-through: set COUNTERSIGN_TOKEN")
    url = args.url.rstrip("/")
    types = {found["name"]: found for found in ask(url, token, TYPES)["documentTypes"]}
    if args.type not in types:
        sys.exit(f"straight-through: there is no type {args.type}; there are: {', '.join(types)}")
    if types[args.type]["straightThrough"]:
        return
    wanted = {"idempotencyKey": str(uuid.uuid4()), "documentTypeId": types[args.type]["id"], "on": True}
    ask(url, token, TURN_ON, {"input": wanted})
    print(f"  straight-through is on for {args.type}: what is sure in every field passes without a person")


if __name__ == "__main__":
    main()
