using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Journal;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>An anonymous consumer has signed in: what he has goes with him (protocol 4.6).</summary>
internal static class StepUps
{
    /// <summary>Takes all conversations of the anonymous consumer over; those that went before are no longer his and are not found.</summary>
    public static void Follow(GatewayServices services, string accountId, string anonymousId, string consumerId) => _ = Task.Run(() =>
    {
        try
        {
            TakeOver(services, accountId, anonymousId, consumerId);
        }
        catch (JournalUnavailableException)
        {
            // The next connection with the token of the step tries again.
        }
    });

    private static void TakeOver(GatewayServices services, string accountId, string anonymousId, string consumerId)
    {
        var actor = new Actor(anonymousId, ActorKind.Consumer);
        foreach (var conversation in services.Journal.Query(new ConversationQuery(accountId) { ConsumerId = anonymousId, Limit = int.MaxValue }))
            services.Conversations.Execute(conversation.Id, accountId, new ChangeConversation(actor, [new StepUp(consumerId)]), NoReply.Instance);
    }
}
