namespace Parley.Server.Tests.Ownership.Support;

/// <summary>The requests that tests send, by name.</summary>
internal static class Talk
{
    public static async Task<string> OpenAsync(this TestSocket consumer, string? eventId = null)
    {
        var answer = await consumer.AskAsync("cm.ConsumerRequestConversation", eventId is null ? new { } : new { eventId });
        Assert.Equal(200, answer.Code);
        return answer.Body.GetProperty("conversationId").GetString()!;
    }

    /// <summary>Sends a text; its id.</summary>
    public static string Say(this TestSocket socket, string dialogId, string message, string? eventId = null, bool isPrivate = false) =>
        socket.Send("ms.PublishEvent", new
        {
            dialogId,
            eventId,
            messageAudience = isPrivate ? "AGENTS_AND_MANAGERS" : "ALL",
            @event = new { type = "ContentEvent", contentType = "text/plain", message },
        });

    public static string Receipt(this TestSocket socket, string dialogId, params long[] sequenceList) =>
        socket.Send("ms.PublishEvent", new { dialogId, @event = new { type = "AcceptStatusEvent", status = "READ", sequenceList } });

    public static string ChatState(this TestSocket socket, string dialogId, string chatState) =>
        socket.Send("ms.PublishEvent", new { dialogId, @event = new { type = "ChatStateEvent", chatState } });

    public static string Subscribe(this TestSocket socket, string dialogId, long fromSeq) =>
        socket.Send("ms.SubscribeMessagingEvents", new { dialogId, fromSeq });

    public static string Close(this TestSocket socket, string conversationId, string? eventId = null) =>
        socket.Send("cm.UpdateConversationField", new
        {
            conversationId,
            eventId,
            conversationField = new[] { new { field = "ConversationStateField", conversationState = "CLOSE" } },
        });

    /// <summary>The number that a publish was answered with.</summary>
    public static long Number(this Received answer)
    {
        Assert.Equal(200, answer.Code);
        return answer.Body.GetProperty("sequence").GetInt64();
    }

    public static async Task<long> SayAsync(this TestSocket socket, string dialogId, string message, string? eventId = null, bool isPrivate = false) =>
        (await socket.AnswerAsync(socket.Say(dialogId, message, eventId, isPrivate))).Number();

    /// <summary>Subscribes to a conversation list.</summary>
    /// <returns>The subscription's id and the position of its snapshot.</returns>
    public static async Task<(string Id, Received Snapshot)> ListAsync(this TestSocket socket, object? filter = null)
    {
        var answer = await socket.AskAsync("cqm.SubscribeExConversations", filter);
        Assert.Equal(200, answer.Code);
        var id = answer.Body.GetProperty("subscriptionId").GetString()!;
        return (id, await socket.WaitForAsync(r => r.IsOfList(id)));
    }
}
