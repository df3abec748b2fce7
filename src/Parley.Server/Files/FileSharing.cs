using Parley.Conversations;
using Parley.Journal;
using Parley.Protocol.Requests;
using Parley.Server.Gateway;
using Parley.Server.Ownership;

namespace Parley.Server.Files;

/// <summary>
/// Who may have a file: whoever uploaded it, managers of its account, and whoever may read a message that shares it
/// (protocol ch. 11).
/// </summary>
internal sealed class FileSharing(FileCatalog catalog, LiveConversations conversations, ConsumerPresence presence, IJournal journal)
{
    private const int EventsPerRead = 100;
    private const int BytesPerRead = 1 << 20;

    /// <summary>The file if the principal may have it; to others it does not exist.</summary>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    public async Task<StoredFile?> FindAsync(Principal principal, string? relativePath)
    {
        if (!FilePath.TryParse(relativePath, out var path) || path.AccountId != principal.AccountId) return null;
        if (await catalog.FindAsync(path) is not { } file) return null;
        if (file.UploaderId == principal.UserId || principal.SeesEverything) return file;
        foreach (var share in await catalog.SharesAsync(path))
        {
            if (await MaySeeAsync(principal, path, share)) return file;
        }

        return null;
    }

    /// <summary>Records that the principal is about to publish a file to a dialog.</summary>
    /// <returns>The record's number, for when he does not; null when he may not share this file.</returns>
    /// <exception cref="JournalUnavailableException">The store cannot be read now.</exception>
    public async Task<long?> ShareAsync(Principal principal, string relativePath, string conversationId, string dialogId, Audience audience)
    {
        if (await FindAsync(principal, relativePath) is not { } file) return null;
        var conversation = await conversations.LookAsync(conversationId, principal.AccountId);
        var first = conversation?.FindDialog(dialogId)?.NextSequence ?? 0;
        return await catalog.ShareAsync(file.Path, new SharedIn(conversationId, dialogId, audience, first));
    }

    /// <summary>He did not publish it.</summary>
    public Task WithdrawAsync(string relativePath, long share) =>
        FilePath.TryParse(relativePath, out var path) ? catalog.WithdrawAsync(path, share) : Task.CompletedTask;

    private async Task<bool> MaySeeAsync(Principal principal, FilePath path, SharedIn share)
    {
        if (!principal.IsAgent && share.Audience != Audience.All) return false;
        var conversation = await conversations.LookAsync(share.ConversationId, principal.AccountId);
        return Visibility.Refuse(conversation, principal, share.DialogId, presence) is null && await Task.Run(() => IsPublished(path, share));
    }

    // The message is the first one, or comes soon after; when it was refused or lost there is none.
    private bool IsPublished(FilePath path, SharedIn share)
    {
        var relativePath = path.ToString();
        for (var next = share.FirstSequence; ;)
        {
            var events = journal.Read(share.DialogId, next, EventsPerRead, BytesPerRead);
            if (events.Count == 0) return false;
            if (events.Any(e => e.Audience == share.Audience && HostedFile.PathOf(e.Body) == relativePath)) return true;
            next = events[^1].Sequence + 1;
        }
    }
}
