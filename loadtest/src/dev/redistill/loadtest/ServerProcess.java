package dev.redistill.loadtest;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A server process of ours, from its start to its end. */
final class ServerProcess implements AutoCloseable {
  /** Where the output of the servers goes. */
  private static final Path LOGS = Path.of("target", "loadtest");

  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final int STOP_SECONDS = 20;
  private static final int LOG_LINES = 5;

  private final Process process;
  private final Target target;
  private final InetSocketAddress address;
  private final Thread endWithUs;
  private long startNanos;

  private ServerProcess(Process process, Target target, InetSocketAddress address) {
    this.process = process;
    this.target = target;
    this.address = address;
    endWithUs = Thread.ofPlatform().unstarted(process::destroy);
    Runtime.getRuntime().addShutdownHook(endWithUs);
  }

  /**
   * Starts a server and waits for its first PONG.
   *
   * @throws IOException when the port is taken, or the server ends or does not answer in 2 minutes
   */
  static ServerProcess start(Target target, int port, LongSupplier ticker)
      throws IOException, InterruptedException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    if (answers(address)) {
      throw new IOException("port " + port + " is in use by another server");
    }
    Files.createDirectories(LOGS);
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec " + target.command());
    builder.environment().put("PORT", Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(log(target));
    builder.redirectInput(new File("/dev/null"));
    long begin = ticker.getAsLong();
    ServerProcess server = new ServerProcess(builder.start(), target, address);
    try {
      server.awaitPong(begin, ticker);
      return server;
    } catch (IOException | InterruptedException e) {
      server.close();
      throw e;
    }
  }

  private void awaitPong(long begin, LongSupplier ticker) throws IOException, InterruptedException {
    while (!answers(address)) {
      if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
        throw new IOException(target.name() + " ended: " + lastLogLines());
      }
      if (ticker.getAsLong() - begin > START_LIMIT.toNanos()) {
        throw new IOException(target.name() + " does not answer: " + lastLogLines());
      }
    }
    startNanos = ticker.getAsLong() - begin;
  }

  private static boolean answers(InetSocketAddress address) throws IOException {
    try (Client client = new Client(address)) {
      return client.ping();
    } catch (ConnectException e) {
      return false;
    } catch (SocketException | SocketTimeoutException e) {
      throw new IOException("something at " + address + " is no server of Redis' kind", e);
    }
  }

  private static File log(Target target) {
    return LOGS.resolve(target.name() + ".log").toFile();
  }

  private String lastLogLines() throws IOException {
    List<String> lines = Files.readAllLines(log(target).toPath());
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
  }

  InetSocketAddress address() {
    return address;
  }

  /** From the start of the process to its first PONG. */
  long startNanos() {
    return startNanos;
  }

  /** The process id of the server itself, also where its launcher is still there. */
  long pid() {
    ProcessHandle handle = process.toHandle();
    Optional<ProcessHandle> child = handle.children().findFirst();
    while (child.isPresent()) {
      handle = child.get();
      child = handle.children().findFirst();
    }
    return handle.pid();
  }

  /** Ends the server and waits for it. */
  @Override
  public void close() throws IOException {
    ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(target.name() + " did not end in " + STOP_SECONDS + " seconds");
      }
      Runtime.getRuntime().removeShutdownHook(endWithUs);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
