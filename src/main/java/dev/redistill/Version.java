package dev.redistill;

/** Which version of the program this is. */
final class Version {

  private Version() {}

  /** Returns the number that the build wrote into the jar. */
  static String number() {
    String number = Version.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }

  /** Returns the line that {@code --version} prints, in the form of redis-server's. */
  static String line() {
    return "Redistill server v=%s java=%s bits=64"
        .formatted(number(), Runtime.version().toString());
  }
}
