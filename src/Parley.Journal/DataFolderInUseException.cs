namespace Parley.Journal;

/// <summary>Somebody else uses the data folder.</summary>
public sealed class DataFolderInUseException(string folder, Exception? inner = null)
    : IOException($"The data folder '{folder}' is in use by another process; its id is in '{DataFolderLock.FileName}' there.", inner);
