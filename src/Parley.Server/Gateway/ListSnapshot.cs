using Parley.Journal;
using Parley.Server.Lists;

namespace Parley.Server.Gateway;

/// <summary>Begins a list: it is registered first and read afterwards, so that no change falls between.</summary>
internal static class ListSnapshot
{
    /// <summary>Sends the answer and the list, or what changed of it; the request is answered in any case.</summary>
    public static void Send(in Request request, GatewayServices services, ListSubscription subscription, byte[] answer)
    {
        var (connection, lists) = (request.Connection, services.Lists);
        lists.Add(subscription);
        try
        {
            var names = services.Names;
            var records = services.Journal.Query(subscription.Match.Query(subscription.Limit)).Select(c => new RecordFrames(names, c)).ToList();
            foreach (var record in records) subscription.Encoded(record);
            if (subscription.Former is { } former) lists.Remove(former);
            subscription.SendSnapshot(request.Slot, answer, records, names, services.Journal.Load);
            connection.Lists = [.. connection.Lists.Where(list => list.Id != subscription.Id), subscription];
        }
        catch (JournalUnavailableException)
        {
            lists.Remove(subscription);
            if (subscription.Former is null) connection.Lists = [.. connection.Lists.Where(list => list.Id != subscription.Id)];
            request.Defer().GiveUnavailable();
        }
    }
}
