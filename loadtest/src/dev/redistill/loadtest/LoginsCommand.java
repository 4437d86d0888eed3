package dev.redistill.loadtest;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Guesses passwords: whether the time of a failure tells anything, and how many guesses a server
 * takes.
 */
@Command(
    name = "logins",
    mixinStandardHelpOptions = true,
    description = {
      "Sends wrong passwords to a running server, which the default user can use without one.",
      "First a few from each of many addresses: t compares the times of passwords that are wrong",
      "in their first byte and in their last (|t| < 4.5: no difference). Then as many as it can",
      "from one address, while another client logs in and asks for a key.",
      "The status is 0 if t is small and the other client was always answered."
    })
final class LoginsCommand implements Callable<Integer> {
  private static final String USER = "loadtest-logins";
  private static final String RIGHT = "0123456789abcdef0123456789abcdef";
  private static final String WRONG_FIRST = "x" + RIGHT.substring(1);
  private static final String WRONG_LAST = RIGHT.substring(0, RIGHT.length() - 1) + "x";
  private static final int PER_ADDRESS = 4;
  private static final int WARM_UP = 2_000;
  private static final double MOST_T = 4.5;
  private static final double MICRO = 1_000.0;
  private static final int GUESSER = 250 << 16;
  private static final int BYSTANDER = 251 << 16;
  private static final int FAILED = 2;

  @Option(names = "--port", required = true, description = "Port of the server.")
  private int port;

  @Option(names = "--attempts", description = "Wrong passwords (default: ${DEFAULT-VALUE}).")
  private int attempts = 100_000;

  @Option(
      names = "--seconds",
      description = "How long to guess from one address (${DEFAULT-VALUE}).")
  private int seconds = 10;

  @Option(names = "--guessers", description = "Connections that guess (default: ${DEFAULT-VALUE}).")
  private int guessers = 16;

  private final AtomicLong offered = new AtomicLong();

  @Override
  public Integer call() throws IOException, InterruptedException {
    InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (Client admin = new Client(server)) {
      String made = admin.ask("ACL", "SETUSER", USER, "on", ">" + RIGHT, "+@all", "~*");
      if (!made.equals("+OK")) {
        throw new IOException("the server does not make a user: " + made);
      }
      double t = timing();
      double[] quiet = bystander(seconds);
      long before = Long.parseLong(admin.info("acl_access_denied_auth"));
      Thread[] threads = startGuessing();
      double[] attacked = bystander(seconds);
      for (Thread thread : threads) {
        thread.join();
      }
      long checked = Long.parseLong(admin.info("acl_access_denied_auth")) - before;
      System.out.printf(
          "guesses from one address in %d s: %d sent, %d of them looked at%n",
          seconds, offered.get(), checked);
      print("another client, quiet", quiet);
      print("another client, meanwhile", attacked);
      String unused = admin.ask("ACL", "DELUSER", USER);
      return Math.abs(t) < MOST_T ? 0 : FAILED;
    }
  }

  private double timing() throws IOException {
    Random chance = new Random(1);
    double[][] times = new double[2][attempts + PER_ADDRESS];
    int[] counts = new int[2];
    for (int i = -WARM_UP; i < attempts; i += PER_ADDRESS) {
      int[] kinds = chance.ints(PER_ADDRESS, 0, 2).toArray();
      double[] took = timesOf(kinds, (i + WARM_UP) / PER_ADDRESS);
      for (int n = 0; n < PER_ADDRESS && i >= 0; n++) {
        times[kinds[n]][counts[kinds[n]]++] = took[n];
      }
    }
    double[] first = Arrays.copyOf(times[0], counts[0]);
    double[] last = Arrays.copyOf(times[1], counts[1]);
    double all = Welch.statistic(first, last);
    double t = Welch.statistic(Welch.trimmed(first), Welch.trimmed(last));
    System.out.printf(
        "wrong first byte: %d, mean %.2f us; wrong last byte: %d, mean %.2f us%n",
        first.length, Welch.mean(first), last.length, Welch.mean(last));
    System.out.printf("t = %.2f, without the slowest 5 %%: t = %.2f%n", all, t);
    return t;
  }

  /** The times of some wrong passwords from one address. */
  private double[] timesOf(int[] kinds, int address) throws IOException {
    double[] times = new double[kinds.length];
    try (LoginConnection connection = new LoginConnection(LoginConnection.address(address), port)) {
      for (int n = 0; n < kinds.length; n++) {
        String line = "AUTH " + USER + " " + (kinds[n] == 0 ? WRONG_FIRST : WRONG_LAST);
        long begin = System.nanoTime();
        expectWrong(connection.ask(line));
        times[n] = (System.nanoTime() - begin) / MICRO;
      }
    }
    return times;
  }

  private static void expectWrong(String reply) throws IOException {
    if (!reply.startsWith("-WRONGPASS")) {
      throw new IOException("a wrong password was answered with: " + reply);
    }
  }

  private Thread[] startGuessing() {
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    Thread[] threads = new Thread[guessers];
    for (int i = 0; i < guessers; i++) {
      threads[i] = Thread.ofPlatform().start(() -> guess(end));
    }
    return threads;
  }

  /** Guesses and connects again whenever the server has enough of it. */
  private void guess(long end) {
    while (System.nanoTime() < end) {
      try (LoginConnection connection =
          new LoginConnection(LoginConnection.address(GUESSER), port)) {
        String reply = "-";
        while (!reply.isEmpty() && System.nanoTime() < end) {
          offered.incrementAndGet();
          reply = connection.ask("AUTH " + USER + " " + WRONG_FIRST);
        }
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  /** The times in which a client of another address connects, logs in and gets a key. */
  private double[] bystander(int duration) throws IOException, InterruptedException {
    long end = System.nanoTime() + duration * 1_000_000_000L;
    double[] times = new double[duration * 1000];
    int count = 0;
    while (System.nanoTime() < end && count < times.length) {
      long begin = System.nanoTime();
      try (LoginConnection connection =
          new LoginConnection(LoginConnection.address(BYSTANDER), port)) {
        boolean in = connection.ask("AUTH " + USER + " " + RIGHT).equals("+OK");
        if (!in || !connection.ask("GET nothing").equals("$-1")) {
          throw new IOException("the other client was not served");
        }
      }
      times[count++] = (System.nanoTime() - begin) / MICRO;
      Thread.sleep(5);
    }
    return Arrays.copyOf(times, count);
  }

  private static void print(String who, double[] times) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%s: %d logins, p50 %.0f us, p99 %.0f us, slowest %.0f us%n",
        who,
        sorted.length,
        sorted[sorted.length / 2],
        sorted[sorted.length * 99 / 100],
        sorted[sorted.length - 1]);
  }
}
