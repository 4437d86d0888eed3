package dev.redistill.commands;

import dev.redistill.command.HotKey;
import dev.redistill.command.LargeKey;
import dev.redistill.command.PrefixFigures;
import dev.redistill.command.Services;
import dev.redistill.resp.Printable;
import java.util.List;

/** The sections of INFO about keys, which only those get who name them. */
final class InfoKeys {

  private static final int MOST = 16;
  private static final int MOST_PREFIXES = 64;

  private InfoKeys() {}

  /** A line for each prefix, the one most in use first; the rest together. */
  static void prefixes(InfoText text, Services services) {
    text.section("Prefixes");
    if (!services.keyFigures().hasPrefixes()) {
      return;
    }
    List<PrefixFigures> prefixes = services.keyFigures().prefixes(MOST_PREFIXES);
    for (int i = 0; i < prefixes.size(); i++) {
      PrefixFigures figures = prefixes.get(i);
      boolean rest = i == prefixes.size() - 1;
      String begin = rest ? "" : "prefix=\"" + Printable.ascii(figures.name()) + "\",";
      text.add(
          rest ? "prefix_other" : "prefix" + i,
          begin
              + "hits=%d,misses=%d,writes=%d,evictions=%d,keys=%d,bytes=%d"
                  .formatted(
                      figures.hits(),
                      figures.misses(),
                      figures.writes(),
                      figures.evictions(),
                      figures.keys(),
                      figures.bytes()));
    }
  }

  /** A line for each key in demand. */
  static void hotKeys(InfoText text, Services services) {
    text.section("Hotkeys");
    List<HotKey> keys = services.keyFigures().hotKeys(MOST);
    for (int i = 0; i < keys.size(); i++) {
      HotKey key = keys.get(i);
      String rate = InfoText.fixed(key.perSecond(), 2);
      text.add(
          "hotkey" + i,
          "db=%d,key=\"%s\",per_second=%s"
              .formatted(key.database(), Printable.ascii(key.name()), rate));
    }
  }

  /** A line for each of the largest keys. */
  static void largeKeys(InfoText text, Services services) {
    text.section("Bigkeys");
    long now = services.clock().millis();
    List<LargeKey> keys = services.keyFigures().largeKeys(MOST, now);
    for (int i = 0; i < keys.size(); i++) {
      LargeKey key = keys.get(i);
      text.add(
          "bigkey" + i,
          "db=%d,key=\"%s\",bytes=%d"
              .formatted(key.database(), Printable.ascii(key.name()), key.bytes()));
    }
  }
}
