package dev.redistill.loadtest;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the load generator. */
@Command(
    name = "loadtest/run",
    mixinStandardHelpOptions = true,
    description = "Measures a Redis-compatible server, alone or beside Redis.",
    subcommands = {
      CompareCommand.class,
      MeasureCommand.class,
      MemoryCommand.class,
      StartupCommand.class,
      IdleCommand.class,
      AllocationCommand.class,
      StormCommand.class,
      HitRatioCommand.class,
      LoginsCommand.class,
      SnapshotCommand.class,
      FloodCommand.class,
      EvictingCommand.class,
      ExpiryCommand.class,
      AccuracyCommand.class,
      CollisionsCommand.class
    })
final class Main {
  private static final int FAILED = 1;

  private Main() {}

  /** Runs one subcommand; the status is 0 when it went well and every reply was right. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::report);
  }

  private static int report(Exception problem, CommandLine line, CommandLine.ParseResult result)
      throws Exception {
    if (problem instanceof IOException || problem instanceof IllegalArgumentException) {
      line.getErr().println(problem.getMessage());
      return FAILED;
    }
    throw problem;
  }
}
