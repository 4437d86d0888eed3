package dev.redistill.config;

/** Where a piece of configuration was given. */
sealed interface Origin {

  /** Tells a person what is wrong at this place. */
  String complain(String text, String reason);

  /** A line of a file, counted from 1. */
  record Line(String file, int number) implements Origin {

    @Override
    public String complain(String text, String reason) {
      return "Reading the configuration file, at line %d of %s%n>>> '%s'%n%s"
          .formatted(number, file, text, reason);
    }
  }

  /** An environment variable or an option of the command line. */
  record Outside(String name) implements Origin {

    @Override
    public String complain(String text, String reason) {
      return "redistill: %s '%s': %s".formatted(name, text, reason);
    }
  }
}
