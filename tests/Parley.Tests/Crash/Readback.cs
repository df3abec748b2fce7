using Parley.Client;

namespace Parley.Tests.Crash;

/// <summary>The ways to find out what a server has kept, and what it has to have kept.</summary>
internal static class Readback
{
    /// <summary>What a client that knows nothing is told when it subscribes from 0.</summary>
    public static async Task<IReadOnlyList<Stored>> ReplayAsync(ParleyClient reader, string dialogId, int count)
    {
        List<Stored> replayed = [];
        await foreach (MessageEvent message in reader.SubscribeMessagesAsync(dialogId))
        {
            replayed.Add(Stored.Read(message));
            if (replayed.Count == count) break;
        }
        return replayed;
    }

    /// <summary>All pages of a dialog, asked for from the newest back.</summary>
    public static async Task<IReadOnlyList<Stored>> QueryAsync(ParleyClient reader, string dialogId)
    {
        List<Stored> stored = [];
        IReadOnlyList<MessageEvent> page = await reader.QueryMessagesAsync(dialogId);
        while (page.Count > 0)
        {
            stored.InsertRange(0, page.Select(Stored.Read));
            page = await reader.QueryMessagesAsync(dialogId, olderThan: page[0].Sequence);
        }
        return stored;
    }

    /// <summary>Every publish was answered in the end: what is stored is exactly what was acknowledged.</summary>
    public static void AssertKept(IReadOnlyList<Stored> acknowledged, IReadOnlyList<Stored> stored)
    {
        Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => (long)i), stored.Select(m => m.Sequence));
        Assert.Equal(acknowledged.OrderBy(m => m.Sequence), stored);
    }
}
