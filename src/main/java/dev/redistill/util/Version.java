package dev.redistill.util;

/** Which version of the program this is, and which version of Redis it passes for. */
public final class Version {

  /** The version of Redis that clients choose their ways by. */
  public static final String REDIS = "7.4.0";

  private Version() {}

  /** Returns the number that the build wrote into the jar. */
  public static String number() {
    String number = Version.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }

  /** Returns the line that {@code --version} prints, in the form of redis-server's. */
  public static String line() {
    return "Redistill server v=%s java=%s bits=64"
        .formatted(number(), Runtime.version().toString());
  }
}
