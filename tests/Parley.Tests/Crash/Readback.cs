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

    /// <summary>All pages of a dialog below a number, asked for from the newest back.</summary>
    public static async Task<IReadOnlyList<Stored>> QueryAsync(ParleyClient reader, string dialogId, long? olderThan = null)
    {
        Stack<IReadOnlyList<MessageEvent>> pages = [];
        while (await reader.QueryMessagesAsync(dialogId, olderThan: olderThan, limit: 5_000) is { Count: > 0 } page)
        {
            pages.Push(page);
            olderThan = page[0].Sequence;
        }
        return [.. pages.SelectMany(page => page.Select(Stored.Read))];
    }

    /// <summary>Every publish was answered in the end: what is stored is exactly what was acknowledged.</summary>
    public static void AssertKept(IReadOnlyList<Stored> acknowledged, IReadOnlyList<Stored> stored)
    {
        Assert.Equal(Enumerable.Range(0, stored.Count).Select(i => (long)i), stored.Select(m => m.Sequence));
        Assert.Equal(acknowledged.OrderBy(m => m.Sequence), stored);
    }
}
