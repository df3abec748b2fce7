namespace Parley.Server.Tests.Support;

/// <summary>A consumer and the agent who has accepted his conversation.</summary>
internal sealed record Talk(WireClient Consumer, WireClient Agent, string ConversationId) : IAsyncDisposable
{
    public static async Task<string> OpenConversationAsync(WireClient consumer, string body = "{}") =>
        (string)(await consumer.DoAsync("cm.ConsumerRequestConversation", body)).Body!["conversationId"]!;

    public async ValueTask DisposeAsync()
    {
        await Consumer.DisposeAsync();
        await Agent.DisposeAsync();
    }
}
