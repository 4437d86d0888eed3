package dev.redistill.loadtest;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say which servers are started, and where. */
final class TargetOptions {
  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of the servers, one at a time (default: ${DEFAULT-VALUE}).")
  private int port = 7379;

  @Option(
      names = "--ours",
      paramLabel = "COMMAND",
      description =
          "How our server is started; PORT is in the environment. Default: ${DEFAULT-VALUE}")
  private String ours = "target/redistill/bin/redistill --port $PORT --save ''";

  @Option(
      names = "--ours-options",
      paramLabel = "OPTIONS",
      description = "Options to add to the command of our server.")
  private String oursOptions = "";

  @Option(
      names = "--redis",
      paramLabel = "COMMAND",
      description = "How Redis is started. Default: ${DEFAULT-VALUE}")
  private String redis = "redis-server --port $PORT --save '' --appendonly no";

  @Option(
      names = "--target",
      paramLabel = "NAME=COMMAND",
      description = "A further server; may be repeated.")
  private List<String> others = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Leave out all servers but these (ours, redis, or the name of a --target).")
  private List<String> only = new ArrayList<>();

  int port() {
    return port;
  }

  /** All servers to measure; Redis, the baseline, comes last. */
  List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    targets.add(ours());
    others.forEach(text -> targets.add(Target.parse(text)));
    targets.add(new Target(Target.REDIS, redis));
    for (String name : only) {
      if (targets.stream().noneMatch(target -> target.name().equals(name))) {
        throw new IllegalArgumentException("there is no server named " + name);
      }
    }
    return targets.stream()
        .filter(target -> only.isEmpty() || only.contains(target.name()))
        .toList();
  }

  private Target ours() {
    return new Target(Target.OURS, (ours + " " + oursOptions).strip());
  }
}
