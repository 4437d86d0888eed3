#!/usr/bin/env python3
"""Writes src/docs/architecture.svg from the text below: boxes by row and column, arrows between them."""

import pathlib
from xml.sax.saxutils import escape

TARGET = pathlib.Path(__file__).resolve().parents[1] / "docs/architecture.svg"

# name; column, row, columns; title; what it does
BOXES = """
client;   0, 0, 1; Clients;                 redis-cli, Jedis, Lettuce, redis-py ...
watcher;  2, 0, 1; Prometheus, a browser;   /metrics, /readyz, console
net;      0, 1, 2; net;                     carriers: one virtual thread for each connection, TLS, deadlines
http;     2, 1, 1; http;                    reads what is counted anyway
resp;     0, 2, 1; resp;                    requests as slices, replies in RESP2 and RESP3
outbox;   1, 2, 1; pubsub, tracking;        messages that wait for a client
command;  0, 3, 2; command: Dispatcher;     guards, users (auth), locks by key spec, transactions
config;   2, 3, 1; config;                  table of settings
commands; 0, 4, 2; commands;                one line in a table and one method for each command
store;    0, 5, 2; store;                   keyspace, database, shards, entries: reads take no locks
expiry;   2, 5, 1; expiry, eviction;        what is due, what has to make room
snapshot; 0, 6, 1; snapshot;                one moment, without a fork, in Redis' format
disk;     1, 6, 1; dump.rdb;                what was there before: dump.rdb.prev
"""

# from, to, and what goes there
ARROWS = """
client net bytes
net resp
outbox net
resp command a request
command commands a call
commands store under the locks
command outbox messages
expiry store
snapshot store
snapshot disk
watcher http
config command
"""

COLUMN, ROW, HEIGHT, GAP, MARGIN = 250, 88, 56, 20, 16


def boxes():
    for line in BOXES.strip().splitlines():
        name, place, title, text = (part.strip() for part in line.split(";"))
        column, row, columns = (int(part) for part in place.split(","))
        yield name, (MARGIN + column * COLUMN, MARGIN + row * ROW, columns * COLUMN - GAP), title, text


def draw(x, y, width, title, text):
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width // 7:
            lines.append(line)
            line = ""
        line = (line + " " + word).strip()
    lines.append(line)
    parts = [f'<rect x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="6"/>',
             f'<text class="title" x="{x + 10}" y="{y + 18}">{escape(title)}</text>']
    parts += [f'<text x="{x + 10}" y="{y + 34 + 14 * i}">{escape(each)}</text>' for i, each in enumerate(lines)]
    return parts


def arrow(start, end, label):
    (x1, y1, w1), (x2, y2, w2) = start, end
    if y1 == y2:
        right = x2 > x1
        a, b = (x1 + w1 if right else x1, y1 + HEIGHT / 2), (x2 if right else x2 + w2, y2 + HEIGHT / 2)
    else:
        middle = (max(x1, x2) + min(x1 + w1, x2 + w2)) / 2
        if max(x1, x2) >= min(x1 + w1, x2 + w2):
            a = (x1 if x2 < x1 else x1 + w1, y1 + HEIGHT / 2)
            b = (x2 + w2 if x2 < x1 else x2, y2 + HEIGHT / 2)
        else:
            down = y2 > y1
            a, b = (middle, y1 + HEIGHT if down else y1), (middle, y2 if down else y2 + HEIGHT)
    parts = [f'<line x1="{a[0]:g}" y1="{a[1]:g}" x2="{b[0]:g}" y2="{b[1]:g}" marker-end="url(#tip)"/>']
    if label:
        parts.append(f'<text x="{(a[0] + b[0]) / 2 + 8:g}" y="{(a[1] + b[1]) / 2 + 4:g}">{escape(label)}</text>')
    return parts


def main():
    places, parts = {}, []
    for name, place, title, text in boxes():
        places[name] = place
        parts += draw(*place, title, text)
    for line in ARROWS.strip().splitlines():
        start, end, *label = line.split(maxsplit=2)
        parts += arrow(places[start], places[end], label[0] if label else "")
    width = max(x + w for x, _, w in places.values()) + MARGIN
    height = max(y for _, y, _ in places.values()) + HEIGHT + MARGIN
    head = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">
<!-- Made by src/build/diagram.py. -->
<style>
text {{ font: 12px sans-serif; fill: #333 }} .title {{ font-weight: bold; font-size: 14px; fill: #111 }}
rect {{ fill: #eef3fa; stroke: #5b7ba8 }} line {{ stroke: #5b7ba8; stroke-width: 1.5 }} #tip path {{ fill: #5b7ba8 }}
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">\
<path d="M0 0L8 4L0 8z"/></marker></defs>
<rect width="100%" height="100%" style="fill:#fff;stroke:none"/>"""
    TARGET.write_text("\n".join([head, *parts, "</svg>"]) + "\n")


main()
