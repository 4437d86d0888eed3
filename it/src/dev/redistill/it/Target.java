package dev.redistill.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The servers that every black-box test must pass against. */
enum Target {
  REDIS,
  REDISTILL,

  /** Connections that really run at the same time, also on a machine of few cores. */
  REDISTILL_ON_FOUR_CARRIERS,

  REDISTILL_ON_THE_SCHEDULER_OF_THE_JDK;

  /** A server of this kind; skips the test where Redis is not installed. */
  ServerProcess start(String... arguments) throws IOException {
    return switch (this) {
      case REDIS -> redis(arguments);
      case REDISTILL -> ServerProcess.redistill(arguments);
      case REDISTILL_ON_FOUR_CARRIERS ->
          redistill(arguments, "--carrier-scheduler", "own", "--io-threads", "4");
      case REDISTILL_ON_THE_SCHEDULER_OF_THE_JDK ->
          redistill(arguments, "--carrier-scheduler", "jdk", "--io-threads", "4");
    };
  }

  private static ServerProcess redistill(String[] arguments, String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return ServerProcess.redistill(all.toArray(new String[0]));
  }

  private static ServerProcess redis(String... arguments) throws IOException {
    assumeTrue(ServerProcess.hasRedis(), "no " + ServerProcess.REDIS);
    return ServerProcess.redis(arguments);
  }
}
