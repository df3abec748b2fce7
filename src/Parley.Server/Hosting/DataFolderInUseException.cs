namespace Parley.Server.Hosting;

/// <summary>Another process has the data folder.</summary>
public sealed class DataFolderInUseException(string path)
    : IOException($"The data folder {path} is in use by another process.");
