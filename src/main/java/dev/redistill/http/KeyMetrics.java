package dev.redistill.http;

import dev.redistill.command.HotKey;
import dev.redistill.command.KeyFigures;
import dev.redistill.command.LargeKey;
import dev.redistill.command.PrefixFigures;
import dev.redistill.command.Services;
import dev.redistill.resp.Printable;
import io.prometheus.client.Collector.MetricFamilySamples;
import java.util.List;

/**
 * What is seen of keys. The labels have bounds: prefixes are those most in use, and keys have no
 * names here but ranks.
 */
final class KeyMetrics {

  private static final int MOST_PREFIXES = 64;
  private static final int MOST_KEYS = 10;

  private final Metric hits = prefixed("hits_total", "Lookups that found their key, by prefix.");
  private final Metric misses = prefixed("misses_total", "Lookups that did not, by prefix.");
  private final Metric writes = prefixed("writes_total", "Runs of commands that change a key.");
  private final Metric evictions = prefixed("evictions_total", "Keys that went to make room.");
  private final Metric keys =
      Metric.gauge("redistill_prefix_keys", "About how many keys there are.", "prefix");
  private final Metric bytes =
      Metric.gauge("redistill_prefix_bytes", "About how much memory they take.", "prefix");
  private final Metric hot =
      Metric.gauge("redistill_hot_key_uses_per_second", "How often a key is used.", "rank");
  private final Metric large =
      Metric.gauge("redistill_big_key_bytes", "What the largest known keys take.", "rank");

  private static Metric prefixed(String name, String help) {
    return Metric.counter("redistill_prefix_" + name, help, "prefix");
  }

  List<MetricFamilySamples> of(Services services) {
    KeyFigures figures = services.keyFigures();
    if (figures.hasPrefixes()) {
      addPrefixes(figures.prefixes(MOST_PREFIXES), figures.delimiter());
    }
    int rank = 1;
    for (HotKey key : figures.hotKeys(MOST_KEYS)) {
      hot.add(key.perSecond(), Integer.toString(rank++));
    }
    rank = 1;
    for (LargeKey key : figures.largeKeys(MOST_KEYS, services.clock().millis())) {
      large.add(key.bytes(), Integer.toString(rank++));
    }
    return List.of(
        hits.family(),
        misses.family(),
        writes.family(),
        evictions.family(),
        keys.family(),
        bytes.family(),
        hot.family(),
        large.family());
  }

  private void addPrefixes(List<PrefixFigures> prefixes, String delimiter) {
    for (PrefixFigures prefix : prefixes.subList(0, prefixes.size() - 1)) {
      add(prefix, name(prefix, delimiter));
    }
    add(prefixes.getLast(), "(other)");
  }

  /** A prefix as it is shown, with the delimiter that ends it. */
  static String name(PrefixFigures prefix, String delimiter) {
    return prefix.name().length == 0 ? "(none)" : Printable.text(prefix.name()) + delimiter;
  }

  private void add(PrefixFigures prefix, String name) {
    hits.add(prefix.hits(), name);
    misses.add(prefix.misses(), name);
    writes.add(prefix.writes(), name);
    evictions.add(prefix.evictions(), name);
    keys.add(prefix.keys(), name);
    bytes.add(prefix.bytes(), name);
  }
}
