#!/usr/bin/env python3
"""Writes src/packaging/compose/grafana/redistill.json, the Grafana dashboard: the panels below, in rows of three."""

import json
import pathlib

TARGET = pathlib.Path(__file__).resolve().parents[1] / "packaging/compose/grafana/redistill.json"
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH, HEIGHT = 8, 7
OWN = '{instance=~"$instance"}'


def rate(metric, labels=""):
    return f'rate({metric}{{instance=~"$instance"{labels}}}[$__rate_interval])'


# Title, unit, and the queries with their legends.
PANELS = [
    ("Commands per second", "ops", [(rate("redis_commands_processed_total"), "all")]),
    ("Hit ratio", "percentunit", [(
        f'{rate("redis_keyspace_hits_total")} / ({rate("redis_keyspace_hits_total")}'
        f' + {rate("redis_keyspace_misses_total")})', "hits of all reads")]),
    ("Commands by name", "ops", [(f'topk(8, {rate("redis_commands_total")})', "{{cmd}}")]),
    ("p99 by command", "s", [(
        "topk(8, histogram_quantile(0.99, sum by (cmd, le) ("
        + rate("redistill_command_duration_seconds_bucket") + ")))", "{{cmd}}")]),
    ("p50 by command", "s", [(
        "topk(8, histogram_quantile(0.5, sum by (cmd, le) ("
        + rate("redistill_command_duration_seconds_bucket") + ")))", "{{cmd}}")]),
    ("Errors", "ops", [(rate("redis_errors_total"), "{{err}}"),
                       (rate("redis_rejected_connections_total"), "clients turned away")]),
    ("Memory", "bytes", [(f"redis_memory_used_bytes{OWN}", "used"),
                         (f"redistill_memory_limit_bytes{OWN}", "limit"),
                         (f"redis_memory_used_rss_bytes{OWN}", "process")]),
    ("Part of the limit in use", "percentunit", [(f"redistill_memory_budget_ratio{OWN}", "used")]),
    ("Keys", "short", [(f"redis_db_keys{OWN}", "{{db}}"),
                       (f"redis_db_keys_expiring{OWN}", "{{db}} with an expiry")]),
    ("Evicted and expired", "ops", [(rate("redis_evicted_keys_total"), "evicted"),
                                    (rate("redis_expired_keys_total"), "expired")]),
    ("Clients", "short", [(f"redis_connected_clients{OWN}", "connected"),
                          (f"redis_blocked_clients{OWN}", "waiting"),
                          (f"redistill_client_threads{OWN}", "virtual threads")]),
    ("Network", "Bps", [(rate("redis_net_input_bytes_total"), "in"),
                        (rate("redis_net_output_bytes_total"), "out")]),
    ("Processor", "percentunit", [(rate("redis_cpu_user_seconds_total"), "program"),
                                  (rate("redis_cpu_sys_seconds_total"), "kernel")]),
    ("Time in the collector", "percentunit", [(rate("jvm_gc_collection_seconds_sum"), "{{gc}}")]),
    ("Lookups by prefix", "ops", [(f'topk(8, {rate("redistill_prefix_hits_total")})', "{{prefix}} found"),
                                  (f'topk(8, {rate("redistill_prefix_misses_total")})', "{{prefix}} missed")]),
    ("Memory by prefix", "bytes", [(f"topk(8, redistill_prefix_bytes{OWN})", "{{prefix}}")]),
    ("Hot keys", "ops", [(f"redistill_hot_key_uses_per_second{OWN}", "rank {{rank}}")]),
    ("Hit ratio with other limits", "percentunit", [(f"redistill_hit_ratio{OWN}", "{{memory}} of the memory")]),
    ("Snapshots", "short", [(f"redistill_snapshot_failed{OWN}", "last one failed"),
                            (f"redis_rdb_changes_since_last_save{OWN}", "changes not saved"),
                            (f"redistill_snapshot_duration_seconds{OWN}", "seconds of the last")]),
]


def panel(number, title, unit, queries):
    return {
        "id": number + 1,
        "title": title,
        "type": "timeseries",
        "datasource": SOURCE,
        "gridPos": {"x": number % 3 * WIDTH, "y": number // 3 * HEIGHT, "w": WIDTH, "h": HEIGHT},
        "fieldConfig": {"defaults": {"unit": unit, "min": 0, "custom": {"fillOpacity": 8}}, "overrides": []},
        "options": {"legend": {"displayMode": "list", "placement": "bottom"}, "tooltip": {"mode": "multi"}},
        "targets": [
            {"refId": chr(ord("A") + i), "datasource": SOURCE, "expr": expression, "legendFormat": legend}
            for i, (expression, legend) in enumerate(queries)
        ],
    }


DASHBOARD = {
    "uid": "redistill",
    "title": "Redistill",
    "tags": ["redistill"],
    "schemaVersion": 39,
    "version": 1,
    "editable": True,
    "refresh": "10s",
    "time": {"from": "now-1h", "to": "now"},
    "templating": {"list": [
        {"name": "datasource", "label": "Data source", "type": "datasource", "query": "prometheus"},
        {"name": "instance", "label": "Server", "type": "query", "datasource": SOURCE,
         "query": "label_values(redis_up, instance)", "refresh": 2, "includeAll": True, "multi": True},
    ]},
    "panels": [panel(i, *line) for i, line in enumerate(PANELS)],
}

TARGET.write_text(json.dumps(DASHBOARD, indent=2) + "\n")
