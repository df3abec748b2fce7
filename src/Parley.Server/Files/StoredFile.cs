namespace Parley.Server.Files;

/// <summary>A file that was uploaded whole.</summary>
internal sealed record StoredFile(FilePath Path, string UploaderId, long Bytes);
