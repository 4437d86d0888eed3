package dev.redistill.resp;

/** The replies that wait for a client no longer fit into one array; the connection has to end. */
public final class OutputTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  OutputTooLargeException() {
    super("replies of more than 2 GiB wait to be read", null, false, false);
  }
}
