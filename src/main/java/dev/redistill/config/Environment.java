package dev.redistill.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads settings from environment variables.
 *
 * <p>{@code REDISTILL_MAXMEMORY_POLICY} stands for the directive {@code maxmemory-policy}, and so
 * on; an unknown name is an error. The names of the Rust Redistill work, too, but give way. A
 * password may stand in a file that a variable ending in {@code _FILE} names. An address that
 * Kubernetes puts into the environment for a service of our name is left alone.
 */
final class Environment {

  private static final String PREFIX = "REDISTILL_";

  /** Variables that are for the launcher and for finding the configuration file. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("REDISTILL_CONFIG", "REDISTILL_HEAP", "REDISTILL_HOME", "REDISTILL_JAVA_OPTS");

  /** Directives by the variables of the Rust Redistill that mean just the same. */
  private static final Map<String, String> RUST_NAMES =
      new TreeMap<>(
          Map.of(
              "REDIS_BIND", "bind",
              "REDIS_PORT", "port",
              "REDIS_PASSWORD", "requirepass",
              "REDIS_MAX_MEMORY", "maxmemory",
              "REDIS_EVICTION_POLICY", "maxmemory-policy",
              "REDIS_MAX_CONNECTIONS", "maxclients",
              "REDIS_NUM_SHARDS", "shards",
              "REDIS_CONNECTION_TIMEOUT", "timeout",
              "REDIS_TCP_KEEPALIVE", "tcp-keepalive"));

  private static final List<String> RUST_NAMES_WITHOUT_EFFECT =
      List.of(
          "REDIS_BATCH_SIZE",
          "REDIS_BUFFER_SIZE",
          "REDIS_BUFFER_POOL_SIZE",
          "REDIS_HEALTH_CHECK_PORT",
          "REDIS_TCP_NODELAY");

  private final Map<String, String> variables;
  private final ConfigLoader loader;

  Environment(Map<String, String> variables, ConfigLoader loader) {
    this.variables = new TreeMap<>(variables);
    this.loader = loader;
  }

  void read() {
    RUST_NAMES.forEach(this::readRustName);
    readFromFile("REDIS_PASSWORD_FILE", "REDIS_PASSWORD");
    readRustSnapshots();
    for (String name : RUST_NAMES_WITHOUT_EFFECT) {
      if (variables.containsKey(name)) {
        loader.withoutEffect(name, "it tunes the inside of the Rust Redistill");
      }
    }
    variables.forEach(this::readOurName);
  }

  private void readRustName(String variable, String directive) {
    String value = variables.getOrDefault(variable, "");
    if (!value.isEmpty() && !isServiceAddress(value)) {
      take(variable, value, directive, value);
    }
  }

  /** Snapshots: on or off, how often, where, and whether to write one at the end. */
  private void readRustSnapshots() {
    String enabled = variables.getOrDefault("REDIS_PERSISTENCE_ENABLED", "");
    if (!enabled.isEmpty()) {
      String interval = variables.getOrDefault("REDIS_SNAPSHOT_INTERVAL", "300");
      boolean never = !isTrue(enabled) || interval.equals("0");
      take("REDIS_SNAPSHOT_INTERVAL", interval, "save", never ? "" : interval + " 1");
    }
    String path = variables.getOrDefault("REDIS_SNAPSHOT_PATH", "");
    if (!path.isEmpty()) {
      int slash = path.lastIndexOf('/');
      if (slash >= 0) {
        take("REDIS_SNAPSHOT_PATH", path, "dir", path.substring(0, slash + 1));
      }
      take("REDIS_SNAPSHOT_PATH", path, "dbfilename", path.substring(slash + 1));
    }
    String atEnd = variables.getOrDefault("REDIS_SAVE_ON_SHUTDOWN", "");
    if (!atEnd.isEmpty()) {
      String action = isTrue(atEnd) ? "default" : "nosave";
      take("REDIS_SAVE_ON_SHUTDOWN", atEnd, "shutdown-on-sigterm", action);
      take("REDIS_SAVE_ON_SHUTDOWN", atEnd, "shutdown-on-sigint", action);
    }
  }

  private static boolean isTrue(String value) {
    return Set.of("true", "yes", "1", "on").contains(value.toLowerCase(Locale.ROOT));
  }

  private void readOurName(String variable, String value) {
    boolean ours = variable.startsWith(PREFIX) && !NOT_SETTINGS.contains(variable);
    if (!ours || isServiceVariable(variable) || isServiceAddress(value)) {
      return;
    }
    switch (variable) {
      case "REDISTILL_PASSWORD" -> take(variable, value, "requirepass", value);
      case "REDISTILL_PASSWORD_FILE" -> readFromFile(variable, "REDISTILL_PASSWORD");
      case "REDISTILL_REQUIREPASS_FILE" -> readFromFile(variable, "REDISTILL_REQUIREPASS");
      default -> readDirective(variable, value);
    }
  }

  private void readDirective(String variable, String value) {
    String underscored = variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    String dashed = underscored.replace('_', '-');
    if (Settings.table().find(dashed) != null) {
      take(variable, value, dashed, value);
    } else if (Settings.table().find(underscored) != null) {
      take(variable, value, underscored, value);
    } else {
      loader.complain(origin(variable), value, "there is no setting of this name");
    }
  }

  private void readFromFile(String variable, String plainVariable) {
    String path = variables.getOrDefault(variable, "");
    if (path.isEmpty()) {
      return;
    }
    if (!variables.getOrDefault(plainVariable, "").isEmpty()) {
      loader.complain(origin(variable), path, plainVariable + " is set as well");
      return;
    }
    try {
      String content = new String(Files.readAllBytes(Path.of(path)), UTF_8);
      String password = content.replaceFirst("\\R\\z", "");
      take(variable, path, "requirepass", password);
    } catch (IOException e) {
      loader.complain(origin(variable), path, ConfigFile.reason(e));
    }
  }

  private void take(String variable, String text, String directive, String value) {
    loader.take(origin(variable), text, List.of(directive, value));
  }

  private static Origin origin(String variable) {
    return new Origin.Outside("environment variable " + variable);
  }

  private static boolean isServiceVariable(String variable) {
    return variable.startsWith("REDISTILL_SERVICE_")
        || variable.matches("REDISTILL_PORT_[0-9]+_(TCP|UDP).*");
  }

  private static boolean isServiceAddress(String value) {
    return value.startsWith("tcp://") || value.startsWith("udp://");
  }
}
