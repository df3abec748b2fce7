namespace Parley.Protocol.Requests;

/// <summary>A query for stored events (protocol 10.8): numbers in [From, Before), at most the newest <paramref name="Limit"/>.</summary>
public readonly record struct QueryMessagesRequest(string DialogId, long From, long Before, int Limit)
{
    /// <summary>The most events one answer carries.</summary>
    public const int MostEvents = 10_000;

    /// <summary>
    /// Reads a body. <c>newerThanSequence</c> is an exclusive bound, except that 0 means everything, number 0 included:
    /// the SDK asks so.
    /// </summary>
    public static bool TryRead(BodyMembers body, out QueryMessagesRequest request, out string error)
    {
        var dialogId = body.Required("dialogId");
        var from = body.Integer("fromSeq") ?? 0;
        if (body.Integer("newerThanSequence") is { } newer and not 0 and < long.MaxValue) from = Math.Max(from, newer + 1);
        var before = body.Integer("olderThanSequence") ?? long.MaxValue;
        var limit = body.Integer("maxQuantity") is { } max and > 0 ? Math.Min(max, MostEvents) : MostEvents;
        request = new(dialogId, Math.Max(0, from), before, (int)limit);
        error = body.Fault ?? "";
        return error.Length == 0;
    }
}
