package dev.redistill.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** The two servers that every black-box test must pass against. */
enum Target {
  REDIS,
  REDISTILL;

  /** A server of this kind; skips the test where Redis is not installed. */
  ServerProcess start(String... arguments) throws IOException {
    if (this == REDISTILL) {
      return ServerProcess.redistill(arguments);
    }
    assumeTrue(ServerProcess.hasRedis(), "no " + ServerProcess.REDIS);
    return ServerProcess.redis(arguments);
  }
}
