using Parley.Conversations;
using Parley.Server.Gateway;

namespace Parley.Server.Ownership;

/// <summary>Takes an event of a dialog to whoever hears it at this moment (protocol 10.6, 10.9).</summary>
internal static class MessageFanOut
{
    /// <summary>Sends an event to a conversation's live subscriptions and to the sockets of its agents. Under the conversation's lock if there are subscriptions.</summary>
    public static void Send(
        Connections connections, ReadOnlySpan<MessageSubscription> subscriptions, Conversation conversation, Dialog dialog, ref MessageFrames frames,
        Audience audience, MessageKind kind, Connection? except, long? sequence = null)
    {
        foreach (var subscription in subscriptions)
        {
            if (subscription.DialogId != dialog.Id || subscription.Connection == except) continue;
            if (!subscription.Shows(audience, kind)) continue;
            if (subscription.Takes(sequence)) subscription.Connection.Notify(frames.In(subscription.Connection.Dialect, subscription.IsConsumer));
        }

        for (var i = 0; i < dialog.Participants.Count; i++)
        {
            var participant = dialog.Participants[i];
            if (participant.Role == Role.Consumer || participant.State != ParticipantState.Active) continue;
            foreach (var connection in connections.OfAgent(conversation.AccountId, participant.UserId).Open)
            {
                if (connection != except && !HasSubscription(subscriptions, connection, dialog.Id)) connection.Notify(frames.In(connection.Dialect));
            }
        }
    }

    // An explicit subscription of an agent's socket takes the place of the distribution, so that nothing comes twice.
    private static bool HasSubscription(ReadOnlySpan<MessageSubscription> subscriptions, Connection connection, string dialogId)
    {
        foreach (var subscription in subscriptions)
        {
            if (subscription.Connection == connection && subscription.DialogId == dialogId) return true;
        }

        return false;
    }
}
