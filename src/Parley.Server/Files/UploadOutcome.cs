namespace Parley.Server.Files;

/// <summary>What became of an upload; <see cref="Taken"/>: its path has a file already, which came to another node.</summary>
internal enum UploadOutcome { Stored, TooLarge, WrongContent, TooMany, Taken }
