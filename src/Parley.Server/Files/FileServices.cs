using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.Server.Files;

/// <summary>Files on their way in, in the store, and out again when nobody shared them.</summary>
internal sealed class FileServices : IDisposable
{
    /// <summary>A file that was uploaded and not shared is deleted after this time.</summary>
    public static readonly TimeSpan UnsharedLifetime = TimeSpan.FromDays(1);

    /// <summary>So many files one user may have uploaded and not shared: nobody fills the disk unseen.</summary>
    public const int MostUnshared = 50;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<FilePath, Announcement> _announcements = new();
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _forgetting;
    private readonly ITimer _deleting;

    public FileServices(FileCatalog catalog, IFileStore store, byte[] key, TimeProvider time, ILogger<FileServices> log)
    {
        (Catalog, Store, Addresses, _time, _log) = (catalog, store, new AddressSigner(key, time), time, log);
        _forgetting = time.CreateTimer(_ => ForgetAnnouncements(), null, AddressSigner.Lifetime, AddressSigner.Lifetime);
        _deleting = time.CreateTimer(_ => _ = DeleteUnsharedAsync(), null, Hour, Hour);
    }

    public FileCatalog Catalog { get; }
    public IFileStore Store { get; }
    public AddressSigner Addresses { get; }

    /// <summary>Somebody will send a file.</summary>
    /// <returns>The address that takes it, on any node: where there are several it tells them of whom and how much.</returns>
    public SignedAddress Announce(string accountId, string uploaderId, FileType type, long bytes)
    {
        var note = Catalog.IsShared ? string.Create(CultureInfo.InvariantCulture, $"{bytes} {uploaderId}") : null;
        var address = Addresses.Sign(HttpMethods.Put, FilePath.New(accountId, type), note);
        _announcements[address.Path] = new Announcement(address.Path, uploaderId, type, bytes, DateTimeOffset.FromUnixTimeSeconds(address.Expires));
        return address;
    }

    /// <summary>What was announced for a path; null when nothing was since the server started, unless its address tells.</summary>
    /// <param name="path">The path.</param>
    /// <param name="note">What the address told, signed.</param>
    public Announcement? FindAnnounced(FilePath path, string? note = null)
    {
        if (_announcements.TryGetValue(path, out var announced)) return announced;
        if (note?.Split(' ', 2) is not [var bytes, var uploaderId] || FileType.Find(path.Type) is not { } type) return null;
        return _announcements.GetOrAdd(path, new Announcement(path, uploaderId, type, long.Parse(bytes, CultureInfo.InvariantCulture), _time.GetUtcNow() + AddressSigner.Lifetime));
    }

    /// <summary>Takes an announced file in. Unless it is whole, within its size and what it claims to be, nothing is kept.</summary>
    /// <exception cref="IOException">The sender went away, or the storage has trouble.</exception>
    public async Task<UploadOutcome> ReceiveAsync(Announcement announced, PipeReader content, CancellationToken cancellationToken)
    {
        var head = await content.ReadAtLeastAsync(FileType.LongestBeginning, cancellationToken);
        var isOfType = announced.Type.Matches(head.Buffer);
        content.AdvanceTo(head.Buffer.Start);
        if (!isOfType) return UploadOutcome.WrongContent;

        if (!await Catalog.TryAddAsync(announced.Path, announced.UploaderId, MostUnshared, _time.GetUtcNow())) return await Catalog.FindAsync(announced.Path) is null ? UploadOutcome.TooMany : UploadOutcome.Taken;
        long? bytes = null;
        try
        {
            bytes = await Store.PutAsync(announced.Path, content.AsStream(leaveOpen: true), announced.Bytes, cancellationToken);
        }
        finally
        {
            if (bytes is null) await Catalog.ForgetAsync(announced.Path);
        }

        if (bytes is not { } size) return UploadOutcome.TooLarge;
        await Catalog.CompleteAsync(announced.Path, size);
        return UploadOutcome.Stored;
    }

    public void Dispose()
    {
        _forgetting.Dispose();
        _deleting.Dispose();
    }

    private void ForgetAnnouncements()
    {
        var now = _time.GetUtcNow();
        foreach (var announced in _announcements.Values)
        {
            if (announced.Until < now) _announcements.TryRemove(announced.Path, out _);
        }
    }

    private async Task DeleteUnsharedAsync()
    {
        try
        {
            var files = await Catalog.CondemnAsync(_time.GetUtcNow() - UnsharedLifetime);
            foreach (var file in files)
            {
                await Store.DeleteAsync(file.Path, CancellationToken.None);
                await Catalog.ForgetAsync(file.Path, file.Bytes);
            }

            if (files.Count > 0) LogMessages.UnsharedDeleted(_log, files.Count);
        }
        catch (ObjectDisposedException)
        {
            // The server stops; what is left is deleted by the next one.
        }
        catch (Exception e) // nobody awaits this; the next hour tries again
        {
            LogMessages.DeletingFailed(_log, e);
        }
    }
}
