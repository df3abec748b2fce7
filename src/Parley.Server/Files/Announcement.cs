namespace Parley.Server.Files;

/// <summary>A file that somebody has said he will send.</summary>
/// <param name="Path">Where to.</param>
/// <param name="UploaderId">His public id.</param>
/// <param name="Type">What it must be.</param>
/// <param name="Bytes">How large it may be.</param>
/// <param name="Until">When its address ends.</param>
internal sealed record Announcement(FilePath Path, string UploaderId, FileType Type, long Bytes, DateTimeOffset Until)
{
    private int _isTaken;

    /// <summary>Claims it for one upload: a path takes one file.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    /// <summary>The upload failed; it may be tried again while the address is good.</summary>
    public void GiveBack() => Volatile.Write(ref _isTaken, 0);
}
