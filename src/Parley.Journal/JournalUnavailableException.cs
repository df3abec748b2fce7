namespace Parley.Journal;

/// <summary>The store cannot be read or written now; the caller answers 503 and may try again.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
