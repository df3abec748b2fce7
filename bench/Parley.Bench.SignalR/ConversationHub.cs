using Microsoft.AspNetCore.SignalR;

namespace Parley.Bench.SignalR;

/// <summary>Conversations as groups.</summary>
internal sealed class ConversationHub(MessageStore store) : Hub
{
    public Task Join(string conversation) => Groups.AddToGroupAsync(Context.ConnectionId, conversation);

    /// <summary>Stores a message, then sends it to everybody in the conversation.</summary>
    /// <returns>Its number in the conversation, once it is on disk.</returns>
    public async Task<long> Publish(string conversation, string text)
    {
        var sequence = await store.AppendAsync(conversation, text);
        await Clients.Group(conversation).SendAsync("Message", sequence, text);
        return sequence;
    }
}
