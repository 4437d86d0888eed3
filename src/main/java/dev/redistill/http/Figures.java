package dev.redistill.http;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redistill.command.Command;
import dev.redistill.command.CommandStatistics;
import dev.redistill.command.HotKey;
import dev.redistill.command.KeyFigures;
import dev.redistill.command.LargeKey;
import dev.redistill.command.LogKind;
import dev.redistill.command.PrefixFigures;
import dev.redistill.command.Services;
import dev.redistill.command.Statistics;
import dev.redistill.command.Traffic;
import dev.redistill.config.Settings;
import dev.redistill.metrics.CommandLog;
import dev.redistill.resp.Ascii;
import dev.redistill.resp.Printable;
import dev.redistill.snapshot.Snapshots;
import dev.redistill.util.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the console shows, as JSON. Totals only grow: the page makes rates of them. */
final class Figures {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST_COMMANDS = 12;
  private static final int MOST_SLOW = 10;
  private static final int MOST_KEYS = 12;
  private static final int LONGEST_TEXT = 120;

  private final Services services;
  private final ObjectNode figures = MAPPER.createObjectNode();

  private Figures(Services services) {
    this.services = services;
  }

  static String json(Services services, Readiness readiness) {
    Figures made = new Figures(services);
    made.addServer(readiness);
    made.addTraffic();
    made.addMemory();
    made.addSnapshots();
    made.addCommands();
    made.addSlowRuns();
    made.addKeys();
    made.addPrefixes();
    return made.figures.toString();
  }

  private void addServer(Readiness readiness) {
    long now = services.clock().millis();
    figures.put("time", now);
    figures.put("version", Version.number());
    figures.put("uptime", (now - services.lifecycle().startedAt()) / 1000);
    ArrayNode problems = figures.putArray("problems");
    readiness.problems().forEach(problems::add);
    figures.put("keys", services.keyspace().size());
    figures.put("mayDelete", services.config().flag(Settings.CONSOLE_ALLOW_DELETE));
  }

  private void addTraffic() {
    Statistics statistics = services.statistics();
    Traffic traffic = services.sessions().traffic();
    figures.put("clients", services.sessions().count());
    figures.put("maxClients", services.config().number(Settings.MAXCLIENTS));
    figures.put("commands", traffic.commands());
    figures.put("perSecond", Math.round(statistics.commandRate().perSecond()));
    figures.put("hits", traffic.hits());
    figures.put("misses", traffic.misses());
    figures.put("bytesIn", traffic.bytesIn());
    figures.put("bytesOut", traffic.bytesOut());
    figures.put("errors", statistics.errors());
    figures.put("expired", statistics.expiredOf(services.keyspace().expired()));
    figures.put("evicted", statistics.evictedOf(services.keyspace().evicted()));
  }

  private void addMemory() {
    figures.put("used", services.memory().used());
    figures.put("limit", services.memory().limit());
    figures.put("policy", services.config().text(Settings.MAXMEMORY_POLICY));
  }

  private void addSnapshots() {
    Snapshots snapshots = services.snapshots();
    ObjectNode state = figures.putObject("snapshot");
    state.put("saving", snapshots.isSaving());
    state.put("failed", snapshots.failed());
    state.put("savedAt", snapshots.savedAt());
    state.put("made", snapshots.count());
    state.put("changes", snapshots.changes());
    state.put("wanted", !services.config().saveRules().isEmpty());
  }

  private void addCommands() {
    List<Command> ran = new ArrayList<>();
    for (Command command : services.commands().all()) {
      ran.add(command);
      ran.addAll(command.subcommands());
    }
    ran.removeIf(command -> command.statistics().calls() == 0);
    ran.sort(Comparator.comparingLong((Command each) -> -each.statistics().calls()));
    ArrayNode list = figures.putArray("perCommand");
    for (Command command : ran.subList(0, Math.min(ran.size(), MOST_COMMANDS))) {
      CommandStatistics statistics = command.statistics();
      ObjectNode item = list.addObject();
      item.put("name", command.name());
      item.put("calls", statistics.calls());
      item.put("failed", statistics.failed() + statistics.rejected());
      item.put("p50", statistics.latencies().percentile(50) / 1000.0);
      item.put("p99", statistics.latencies().percentile(99) / 1000.0);
    }
  }

  private void addSlowRuns() {
    ArrayNode list = figures.putArray("slow");
    for (CommandLog.Item slow : services.statistics().log(LogKind.SLOW).latest(MOST_SLOW)) {
      ObjectNode item = list.addObject();
      item.put("id", slow.id());
      item.put("time", slow.run().second());
      item.put("micros", slow.run().cost());
      item.put("address", slow.run().address());
      item.put("text", text(slow.run().arguments()));
    }
  }

  private void addKeys() {
    ArrayNode hot = figures.putArray("hotKeys");
    for (HotKey key : services.keyFigures().hotKeys(MOST_KEYS)) {
      addKey(hot, key.database(), key.name()).put("perSecond", key.perSecond());
    }
    ArrayNode large = figures.putArray("bigKeys");
    for (LargeKey key : services.keyFigures().largeKeys(MOST_KEYS, services.clock().millis())) {
      addKey(large, key.database(), key.name()).put("bytes", key.bytes());
    }
  }

  private static ObjectNode addKey(ArrayNode list, int database, byte[] name) {
    return list.addObject().put("db", database).put("key", Printable.text(name));
  }

  private void addPrefixes() {
    ArrayNode list = figures.putArray("prefixes");
    KeyFigures keys = services.keyFigures();
    if (!keys.hasPrefixes()) {
      return;
    }
    List<PrefixFigures> prefixes = keys.prefixes(MOST_KEYS);
    for (PrefixFigures prefix : prefixes) {
      boolean rest = list.size() == prefixes.size() - 1;
      list.addObject()
          .put("prefix", rest ? "(other)" : KeyMetrics.name(prefix, keys.delimiter()))
          .put("hits", prefix.hits())
          .put("misses", prefix.misses())
          .put("writes", prefix.writes())
          .put("evictions", prefix.evictions())
          .put("keys", prefix.keys())
          .put("bytes", prefix.bytes());
    }
  }

  private static String text(List<byte[]> arguments) {
    StringBuilder text = new StringBuilder();
    for (byte[] argument : arguments) {
      text.append(text.isEmpty() ? "" : " ").append(Ascii.text(argument, 0, argument.length));
      if (text.length() > LONGEST_TEXT) {
        return text.substring(0, LONGEST_TEXT) + "...";
      }
    }
    return text.toString();
  }
}
