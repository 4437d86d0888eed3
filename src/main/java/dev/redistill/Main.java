package dev.redistill;

/** The command line of the server. */
public final class Main {

  private Main() {}

  /** Prints the version. */
  public static void main(String[] arguments) {
    String version = Main.class.getPackage().getImplementationVersion();
    System.out.println("redistill " + (version == null ? "unknown" : version));
  }
}
