package dev.redistill.command;

/** The connection of a session, as commands of other sessions may reach it. */
public interface Link {

  /** Ends the connection when the commands in hand are answered; safe from any thread. */
  void finish();

  /** Ends the connection; safe from any thread. */
  void close();

  /**
   * Has the connection look into the session's outbox; safe from any thread, and without waiting.
   */
  void wake();

  /** Lets other connections run before the command in hand goes on; called by its thread. */
  void letOthersRun();

  /** Sends what the socket takes of the replies so far; called by the connection's thread. */
  void sendReplies();

  /**
   * Rests for so long, or until {@link #wake}; called by the connection's thread. Answers false if
   * the connection is to end, or its client is known to have gone.
   */
  boolean rest(long nanos);

  /** The client's address, {@code ip:port} or the path of the socket followed by {@code :0}. */
  String address();

  /** The address that the client connected to. */
  String localAddress();

  /** The number of the connection in the operating system's terms, or -1 if it is not known. */
  int descriptor();

  /** Bytes that wait for the rest of their request. */
  int queryBuffer();

  /** Whether the connection waits for its client, and not for us; to other threads a guess. */
  boolean isWaiting();

  /** Whether the connection is not yet as safe as it has to be before anything is said. */
  boolean isShakingHands();

  /** Bytes of replies that wait to be read by the client. */
  long outputBuffer();
}
