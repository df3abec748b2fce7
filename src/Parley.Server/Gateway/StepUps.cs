using Parley.Conversations;
using Parley.Conversations.Changes;
using Parley.Conversations.Commands;
using Parley.Journal;
using Parley.Server.Ownership;

namespace Parley.Server.Gateway;

/// <summary>An anonymous consumer has signed in: what he has goes with him (protocol 4.6).</summary>
internal static class StepUps
{
    /// <summary>
    /// Takes all conversations of the anonymous consumer over; those that went before are no longer his and are not found. Ends when
    /// lists show them, or when the store has trouble.
    /// </summary>
    public static Task FollowAsync(GatewayServices services, string accountId, string anonymousId, string consumerId) => Task.Run(async () =>
    {
        try
        {
            await TakeOverAsync(services, accountId, anonymousId, consumerId);
        }
        catch (JournalUnavailableException)
        {
            // The next connection with the token of the step tries again.
        }
    });

    private static async Task TakeOverAsync(GatewayServices services, string accountId, string anonymousId, string consumerId)
    {
        var actor = new Actor(anonymousId, ActorKind.Consumer);
        var conversations = services.Journal.Query(new ConversationQuery(accountId) { ConsumerId = anonymousId, Limit = int.MaxValue }).Select(conversation => conversation.Id).ToList();
        foreach (var id in conversations)
            services.Conversations.Execute(id, accountId, new ChangeConversation(actor, [new StepUp(consumerId)]), NoReply.Instance);
        foreach (var id in conversations) await services.Conversations.LookAsync(id, accountId);
    }
}
