using Parley.Journal;
using Parley.Protocol;
using Parley.Protocol.Codes;
using Parley.Protocol.Envelope;
using Parley.Protocol.Requests;
using Parley.Server.Gateway.Frames;
using Parley.Server.Lists;

namespace Parley.Server.Gateway.Handlers;

/// <summary>Subscribes to a conversation list (protocol 8): the answer, then the whole list at once, then its changes.</summary>
internal sealed class SubscribeExConversations(GatewayServices services) : IRequestHandler
{
    private const int MostForAgents = 1000;
    private const int MostForConsumers = 500;

    public void Handle(in Request request)
    {
        var connection = request.Connection;
        var match = new ListMatch(request.Principal, ListFilter.Read(Lenient.Parse(request.Envelope.Body)), services.Agents);
        var subscription = new ListSubscription(connection, Guid.NewGuid().ToString(), match);
        var limit = request.Principal.IsAgent ? MostForAgents : MostForConsumers;
        services.Lists.Add(subscription);
        try
        {
            var records = services.Journal.Query(Query(match, limit))
                .Where(match.Matches).Take(limit)
                .Select(c => new RecordFrames(services.Names, c)).ToList();
            var answer = ServerFrame.Seal(
                Answers.Subscribed(Scratch.Answer, request.Envelope.Id, request.Dialect, Verb.SubscribeExConversations, subscription.Id)).ToArray();
            foreach (var record in records) record.In(connection.Dialect, !request.Principal.IsAgent);
            subscription.SendSnapshot(request.Slot, answer, records, limit, services.Names);
            connection.Lists[subscription.Id] = subscription;
        }
        catch (JournalUnavailableException)
        {
            services.Lists.Remove(subscription);
            request.Defer().GiveUnavailable();
        }
    }

    // Filters that the journal does not know must not be cut short by its limit.
    private static ConversationQuery Query(ListMatch match, int limit) => new(match.AccountId)
    {
        ConsumerId = match.ConsumerId,
        Stage = match.Stage,
        UpdatedFrom = match.UpdatedFrom,
        Limit = match.IsBrand ? int.MaxValue : limit,
    };
}
