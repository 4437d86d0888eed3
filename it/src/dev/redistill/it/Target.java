package dev.redistill.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The servers that every black-box test must pass against. */
enum Target {
  REDIS,
  REDISTILL,
  REDISTILL_ON_THE_SCHEDULER_OF_THE_JDK;

  /** A server of this kind; skips the test where Redis is not installed. */
  ServerProcess start(String... arguments) throws IOException {
    return switch (this) {
      case REDIS -> redis(arguments);
      case REDISTILL -> ServerProcess.redistill(arguments);
      case REDISTILL_ON_THE_SCHEDULER_OF_THE_JDK -> {
        List<String> more = new ArrayList<>(List.of(arguments));
        more.addAll(List.of("--carrier-scheduler", "jdk"));
        yield ServerProcess.redistill(more.toArray(new String[0]));
      }
    };
  }

  private static ServerProcess redis(String... arguments) throws IOException {
    assumeTrue(ServerProcess.hasRedis(), "no " + ServerProcess.REDIS);
    return ServerProcess.redis(arguments);
  }
}
